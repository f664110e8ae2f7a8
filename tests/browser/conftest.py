"""Drives the Chromium of this machine: Playwright's own download is never needed."""

import os
from typing import Any

import pytest

from scripts.chromium import ARGUMENTS, find_chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Return Playwright's launch options, for the Chromium that was found."""
    return {
        **browser_type_launch_args,
        "executable_path": find_chromium(),
        "args": list(ARGUMENTS),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Return Playwright's page options: a British reader who prefers less motion."""
    return {**browser_context_args, "locale": "en-GB", "reduced_motion": "reduce"}


@pytest.fixture(scope="session", autouse=True)
def orm_beside_playwright() -> None:
    """Let a test use the ORM: Playwright's event loop makes Django think it runs in one."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
