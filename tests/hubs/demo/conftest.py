"""One demo for many tests: made once in memory, stored once for each class that reads it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from hubs.demo import load
from hubs.demo.load import Demo, load_demo, make_demo
from retention.imports.practice_map import PracticeMapRow
from retention.imports.recognise import read_file


@pytest.fixture(scope="session")
def made_on() -> dt.date:
    """Return the day that the demo in memory is made for."""
    return dt.date(2026, 11, 21)


@pytest.fixture(scope="session")
def made(made_on: dt.date) -> Demo:
    """Return the demo in memory: read it, never change it."""
    return make_demo(made_on)


@pytest.fixture(scope="session")
def real_map(real_data: Path) -> list[PracticeMapRow]:
    """Return the published practices of England, to be unlike."""
    [found] = read_file(real_data / "gp-reg-pat-prac-map-2026-07.zip")
    assert len(found.rows) == 6_139
    return list(found.rows)


@pytest.fixture(scope="class")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the demo for all tests of a class, and take it out again.

    The class also uses `db`, named after this fixture, whose savepoint undoes what a test changes.
    A live server does not see what was not committed: browser tests have a fixture of their own.
    """
    with _loaded(django_db_blocker):
        yield


@pytest.fixture(scope="class")
def demo_without_history(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Load the demo as `demo` does, but for what takes longest: published months and outlooks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "_store_published", lambda demo: None)
        patch.setattr(load, "_make_private_outlooks", lambda on: None)
        with _loaded(django_db_blocker):
            yield


@contextmanager
def _loaded(blocker: DjangoDbBlocker) -> Iterator[None]:
    with blocker.unblock(), transaction.atomic():
        load_demo()
        with blocker.block():
            yield
        transaction.set_rollback(True)
