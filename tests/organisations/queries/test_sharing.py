"""What a practice can share, and does."""

import datetime as dt

import pytest

from organisations.models.link import LinkKind
from organisations.models.sharing import SharedThing
from organisations.queries.sharing import history, recipients, switches
from tests.factories.organisations import (
    HubFactory,
    LinkFactory,
    PracticeFactory,
    SharingFactory,
    area_of_one_practice,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 1)


def test_recipients_are_the_network_and_every_hub_of_the_area() -> None:
    places = area_of_one_practice()
    second = HubFactory()
    LinkFactory(kind=LinkKind.ICB_HUB, child=places["icb"], parent=second)
    area_of_one_practice()
    assert set(recipients(places["practice"], DAY)) == {places["network"], places["hub"], second}


def test_practice_without_network_or_hub_has_nobody() -> None:
    practice = PracticeFactory()
    assert recipients(practice, DAY) == []
    assert switches(practice, DAY) == []


def test_switch_knows_since_when_and_only_while_it_holds() -> None:
    places = area_of_one_practice()
    SharingFactory(
        practice=places["practice"],
        recipient=places["network"],
        starts_on=DAY,
        ends_on=DAY + dt.timedelta(days=2),
    )

    def since(date: dt.date) -> set[dt.date]:
        return {each.since for each in switches(places["practice"], date) if each.since}

    assert since(DAY - dt.timedelta(days=1)) == set()
    assert since(DAY) == since(DAY + dt.timedelta(days=1)) == {DAY}
    assert since(DAY + dt.timedelta(days=2)) == set()


def test_history_is_the_practices_own_newest_first() -> None:
    practice = PracticeFactory()
    first = SharingFactory(practice=practice, starts_on=DAY)
    second = SharingFactory(
        practice=practice, thing=SharedThing.PATTERNS, starts_on=DAY + dt.timedelta(days=1)
    )
    SharingFactory()
    assert list(history(practice)) == [second, first]
