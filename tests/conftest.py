"""What every test shares: real data, quick passwords, a word on skipped browser tests."""

import gc
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from scripts.chromium import NOT_FOUND, find_chromium

ROOT = Path(__file__).resolve().parent.parent
REAL_DATA = ROOT.parent / "shared" / "data"
BROWSER_TESTS = ROOT / "tests" / "browser"

# A time limit for each example fails on a busy machine, whatever the code does.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


# What a test asks for, directly or through another fixture, when it touches the database.
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "django_db_setup"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to run, on a second database, only what that database can change."""
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that touch no database: their answer is the same on every one",
    )


def pytest_configure() -> None:
    """Make passwords quick to check: a suite signs in hundreds of times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave what is loaded and collected, which stays to the end, out of every search for waste."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def _touches_database(item: pytest.Item) -> bool:
    asked = DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(tryfirst=True)  # Before -m chooses by marker.
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the slow first; mark what needs real data or a browser, and skip what cannot have it."""
    no_data = pytest.mark.skip(reason=f"the published files are not at {REAL_DATA}")
    no_browser = pytest.mark.skip(reason=NOT_FOUND)
    chromium = find_chromium()
    # Else one process runs the last of them while the others have nothing left to do.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[i for i in items if not _touches_database(i)])
        items[:] = [item for item in items if _touches_database(item)]
    for item in items:
        if "real_data" in getattr(item, "fixturenames", ()):
            item.add_marker("real_data")
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            # Its hundred examples run again what the tests beside it have covered.
            item.add_marker("no_cover")
        if item.get_closest_marker("real_data") and not REAL_DATA.is_dir():
            item.add_marker(no_data)
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker("browser")
            # They show that pages work; which lines ran the other tests tell, in half the time.
            item.add_marker("no_cover")
            if chromium is None:
                item.add_marker(no_browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end, and not only among the dots, that browser tests did not run."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(1 for report in skipped if "tests/browser/" in report.nodeid)
    if count:
        terminalreporter.section("browser tests did not run", sep="=", yellow=True)
        terminalreporter.line(f"{count} browser tests were skipped: {NOT_FOUND}")


def _emptying_trigger() -> tuple[str, str]:
    """Return what drops, and what makes, the trigger that refuses to empty the log."""
    from accounts.append_only import POSTGRESQL, SQLITE

    if connection.vendor == "sqlite":
        return "DROP TRIGGER audit_event_no_delete", SQLITE[1]
    return "DROP TRIGGER audit_event_no_truncate ON accounts_auditevent", POSTGRESQL[2]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Make the test database, whose audit log may be emptied: that is done after live tests."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(_emptying_trigger()[0])


@pytest.fixture
def audit_log_as_deployed(db: None) -> None:
    """Give the audit log, for one test, the trigger back that the suite lives without."""
    with connection.cursor() as cursor:
        cursor.execute(_emptying_trigger()[1])


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of published files; where it is absent, the test is skipped."""
    return REAL_DATA
