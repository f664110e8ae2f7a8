"""Other staff and changes through the API: the figures of the page, unrounded."""

import datetime as dt

import pytest

from models.standard_table import standard_table
from organisations.models import Organisation
from tests.factories.api import caller
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of, staff_of

pytestmark = pytest.mark.django_db
MAY, A_YEAR_BEFORE = dt.date(2025, 5, 1), dt.date(2024, 6, 1)


@pytest.fixture
def places() -> dict[str, Organisation]:
    found = area_of_one_practice()
    for month, heads in ((A_YEAR_BEFORE, SEVEN), (MAY, SEVEN), (JUNE, OLD)):
        profile_of(found["practice"], heads, month=month)
        staff_of(found["practice"], "nurses", {"60to64": 6}, month=month)
        staff_of(found["practice"], "dpc", {"60to64": 4}, month=month)
        add_up(month)
    return found


def test_other_staff_are_told_in_full_time_equivalents(places: dict[str, Organisation]) -> None:
    lead = caller("hub_retention_lead", places["hub"])
    answer = lead.get(f"/api/v1/places/{places['practice'].code}/staff-outlooks").json()
    nurses, dpc = answer["staff"]
    assert answer["place"]["code"] == places["practice"].code
    assert (nurses["staff_group"], nurses["people"], nurses["as_at"]) == (
        "nurses",
        6,
        "2025-06-30",
    )
    assert nurses["table_version"] == standard_table("nurses").version
    assert nurses["fte"] == pytest.approx(6 * 0.7)
    one_year = nurses["horizons"][0]
    assert one_year["fte_expected"] == pytest.approx(one_year["headcount_expected"] * 0.7)
    assert [chance["fte"] for chance in one_year["chances"]] == [1, 2, 3, 4]
    assert (dpc["withheld"], dpc["horizons"], dpc["share_55_and_over"]) == (True, None, None)


def test_changes_are_told_with_their_parts(places: dict[str, Organisation]) -> None:
    lead = caller("hub_retention_lead", places["hub"])
    address = f"/api/v1/places/{places['practice'].code}/outlook-changes"
    answer = lead.get(address).json()
    assert answer["since_last"]["then"]["month"] == "2025-05-01"
    assert answer["since_a_year"]["then"]["month"] == "2024-06-01"
    for change in (answer["since_last"], answer["since_a_year"]):
        parts = [change[f"by_{part}"] for part in ("sessions", "ages", "table", "model")]
        assert sum(parts) == pytest.approx(change["after"] - change["before"], abs=1e-8)
    nurses = lead.get(address, {"staff_group": "nurses"}).json()["since_last"]
    assert nurses["before"] == nurses["after"]


def test_without_earlier_figures_a_change_is_null(places: dict[str, Organisation]) -> None:
    lead = caller("hub_retention_lead", places["hub"])
    address = f"/api/v1/places/{places['practice'].code}/outlook-changes"
    answer = lead.get(address, {"as_at": "2024-06-30"}).json()
    assert (answer["since_last"], answer["since_a_year"]) == (None, None)
    none = lead.get(address, {"staff_group": "dpc"}).json()
    assert none["since_last"] is None
