"""Private outlooks as they are told: read from what is frozen, to those who may, as at a day."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError

from models.disclosure import Band
from organisations.models import Organisation
from retention.models import PrivateCell, PrivateOutlook, PrivateSnapshot
from retention.models.published_count import StaffGroup
from retention.queries.private_outlook import Round, may_see_private, private_outlooks, round_of
from tests.factories.accounts import actor
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST = dt.date(2026, 6, 1), dt.date(2026, 7, 1), dt.date(2026, 8, 1)


@pytest.fixture
def places() -> dict[str, Organisation]:
    return area_of_one_practice()


def figures(sessions: int) -> dict[str, Any]:
    names = ("expected", "low80", "high80", "leavers")
    causes = ("retirement", "retirement_low80", "retirement_high80")
    horizon = {"years": 3, **dict.fromkeys((*names, *causes), 2), "chances": [[5, 0.4]]}
    return {"sessions_now": sessions, "horizons": [horizon], "people": 8, "public": None}


def snapshot(
    month: dt.date, place: Organisation, sessions: int | None = None, **standing: PrivateOutlook
) -> PrivateOutlook | None:
    """Make a month's snapshot with one cell: a new outlook, one that stands, or none."""
    made = PrivateSnapshot.objects.create(month=month)
    outlook = standing.get("standing")
    if sessions is not None:
        outlook = PrivateOutlook.objects.create(
            snapshot=made,
            place=place,
            staff_group=StaffGroup.GP,
            table_version="T",
            model_version="M",
            inputs_digest="0" * 64,
            figures=figures(sessions),
            records=[],
        )
    PrivateCell.objects.create(
        snapshot=made,
        place=place,
        staff_group=StaffGroup.GP,
        standing=outlook,
        withheld="" if outlook else "neighbours",
    )
    return outlook


@pytest.mark.parametrize(
    ("role", "home", "sees"),
    [
        ("clinician", "practice", "network"),
        ("practice_manager", "practice", "network"),
        ("network_lead", "network", "network"),
        ("hub_retention_lead", "hub", "hub"),
        ("board_viewer", "hub", "network"),
    ],
)
def test_who_works_there_or_leads_the_area_sees_and_nobody_of_another(
    places: dict[str, Organisation], role: str, home: str, sees: str
) -> None:
    snapshot(JUNE, places[sees], 120)
    elsewhere = area_of_one_practice()
    assert private_outlooks(actor(role, places[home]), places[sees])
    assert private_outlooks(actor(role, elsewhere[home]), places[sees]) is None
    # A practice has none of its own, whoever asks.
    assert not may_see_private(actor(role, places[home]), places["practice"])


def test_a_day_is_told_what_stood_then(places: dict[str, Organisation]) -> None:
    network = places["network"]
    by = actor("network_lead", network)
    first = snapshot(JUNE, network, 120)
    assert first is not None
    snapshot(JULY, network, standing=first)
    snapshot(AUGUST, network, 90)
    told = {}
    for day in (JUNE, dt.date(2026, 7, 31), AUGUST):
        found = private_outlooks(by, network, day)
        assert found is not None
        told[day] = found.of(StaffGroup.GP)
    released = [cell.released for cell in told.values() if cell and cell.released]
    assert [each.private.sessions_now for each in released] == [120, 120, 90]
    newest = told[AUGUST]
    assert newest is not None
    assert newest.released is not None
    assert newest.released.people == Band(8, 15)
    assert newest.released.before is not None
    assert (newest.released.before.sessions_now, newest.released.before_month) == (120, JUNE)
    assert newest.released.private.within(3).chances == ((5, 0.4),)


def test_before_the_first_month_there_is_no_cell_at_all(places: dict[str, Organisation]) -> None:
    snapshot(JULY, places["network"], 120)
    found = private_outlooks(actor("network_lead", places["network"]), places["network"], JUNE)
    assert found is not None
    assert (found.month, found.cells) == (None, ())


def test_why_a_cell_is_withheld_is_told_to_nobody(places: dict[str, Organisation]) -> None:
    snapshot(JUNE, places["network"])
    found = private_outlooks(actor("network_lead", places["network"]), places["network"], JULY)
    assert found is not None
    # Alike for a cell with a row and for those in which no post may be counted.
    assert {vars(cell)["released"] for cell in found.cells} == {None}
    assert "neighbours" not in repr(found)


def test_a_round_counts_what_was_released_stood_and_was_withheld(
    places: dict[str, Organisation],
) -> None:
    first = snapshot(JUNE, places["network"], 120)
    assert first is not None
    snapshot(JULY, places["network"], standing=first)
    snapshot(AUGUST, places["network"])
    rounds = [round_of(made) for made in PrivateSnapshot.objects.order_by("month")]
    assert rounds == [Round(1, 0, 0), Round(0, 1, 0), Round(0, 0, 1)]


def test_a_cell_stands_or_says_why_and_not_both(places: dict[str, Organisation]) -> None:
    made = PrivateSnapshot.objects.create(month=JUNE)
    with pytest.raises(IntegrityError):
        PrivateCell.objects.create(
            snapshot=made, place=places["network"], staff_group=StaffGroup.GP, withheld=""
        )
