"""Sharing in words."""

import datetime as dt

import pytest

from accounts.presenters.sharing import history_rows, switch_rows
from organisations.models.sharing import SharedThing
from organisations.queries.sharing import Switch, history
from tests.factories.organisations import NetworkFactory, PracticeFactory, SharingFactory

pytestmark = pytest.mark.django_db


def test_switch_says_what_it_means_and_how_it_stands() -> None:
    network = NetworkFactory(name="Moorside Network")
    on, off = switch_rows(
        [
            Switch(network, SharedThing.OUTLOOK, dt.date(2026, 4, 1)),
            Switch(network, SharedThing.PATTERNS, None),
        ]
    )
    assert (on.is_on, on.state) == (True, "On since 1 April 2026")
    assert (off.is_on, off.state) == (False, "Off")
    assert "Moorside Network" in on.means
    assert "Nobody there sees a person" in off.means


def test_history_has_both_dates() -> None:
    practice = PracticeFactory()
    network = NetworkFactory(name="Moorside Network", code="U12345")
    days = {"starts_on": dt.date(2026, 4, 1), "ends_on": dt.date(2026, 5, 2)}
    SharingFactory(practice=practice, recipient=network, **days)
    SharingFactory(practice=practice, recipient=network, starts_on=dt.date(2026, 6, 1))
    assert [row[1:] for row in history_rows(history(practice))] == [
        ("Moorside Network (U12345)", "1 June 2026", "still on"),
        ("Moorside Network (U12345)", "1 April 2026", "2 May 2026"),
    ]
