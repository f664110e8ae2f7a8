"""Drives the Chromium of this machine: Playwright's own download is never needed."""

import functools
import os
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from retention.presenters import charts
from scripts.chromium import ARGUMENTS, find_chromium
from tests.browser.visitor import Visitor

NewVisitor = Callable[..., Visitor]
# The same data draws the same picture, and each test empties the cache behind itself.
_draw_once = functools.cache(charts.draw)


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


@pytest.fixture(autouse=True)
def _pictures_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "draw", _draw_once)


@pytest.fixture(scope="session")
def demo_copy() -> Iterator[sqlite3.Connection]:
    """Keep the loaded demo in memory: each test empties the database behind itself."""
    copy = sqlite3.connect(":memory:")
    yield copy
    copy.close()


@pytest.fixture
def demo(live_server: LiveServer, demo_copy: sqlite3.Connection) -> LiveServer:
    """Return a live server with the demo hub as `make run` loads it."""
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        call_command("load_demo", verbosity=0)
    elif demo_copy.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        demo_copy.backup(connection.connection)
    else:
        call_command("load_demo", verbosity=0)
        connection.connection.backup(demo_copy)
    return live_server


@pytest.fixture
def new_visitor(
    live_server: LiveServer, new_context: Callable[..., BrowserContext]
) -> Iterator[NewVisitor]:
    """Return what opens a browser of its own for a person; at the end none may be in trouble."""
    visitors: list[Visitor] = []

    def open_browser(**options: Any) -> Visitor:
        page = new_context(**options).new_page()
        runs_scripts = options.get("java_script_enabled", True)
        visitor = Visitor(page, live_server.url, runs_scripts=runs_scripts)
        visitors.append(visitor)
        return visitor

    yield open_browser
    assert [trouble for visitor in visitors for trouble in visitor.troubles] == []
