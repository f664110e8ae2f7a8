"""One demo for many tests: made once in memory, stored once for each class that reads it."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from hubs.demo.load import Demo, load_demo, make_demo


@pytest.fixture(scope="session")
def made_on() -> dt.date:
    """Return the day that the demo in memory is made for."""
    return dt.date(2026, 11, 21)


@pytest.fixture(scope="session")
def made(made_on: dt.date) -> Demo:
    """Return the demo in memory: read it, never change it."""
    return make_demo(made_on)


@pytest.fixture(scope="class")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the demo for all tests of a class, and take it out again.

    The class also uses `db`, named after this fixture, whose savepoint undoes what a test changes.
    A live server does not see what was not committed: browser tests have a fixture of their own.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)
