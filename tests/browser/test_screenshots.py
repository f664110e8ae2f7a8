"""The script of the README's pictures finds its way through the pages as they are today."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from hubs.demo.accounts import PASSWORD
from scripts.screenshots import SHOTS, take


@pytest.mark.slow
def test_every_picture_is_taken(demo: LiveServer, browser: Browser, tmp_path: Path) -> None:
    for shot in SHOTS:
        assert take(shot, browser, demo.url, PASSWORD, tmp_path).stat().st_size > 10_000
