"""Private outlooks through the API: the figures of the pages, and nulls where withheld."""

import datetime as dt

import pytest

from retention.actions.private_outlooks import make_private_outlooks
from tests.factories.api import caller, queries_of
from tests.factories.private_outlooks import Places, hub_area, practice_with
from tests.factories.published import SEVEN, profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> Places:
    places = hub_area()
    for _ in range(3):
        profile_of(practice_with(places, 4), SEVEN)
    practice_with(places, 3, role="pharmacist")
    return places


def path(area: Places, place: str = "network") -> str:
    return f"/api/v1/places/{area[place].code}/private-outlook"


def test_a_released_cell_comes_with_all_that_is_told_and_a_withheld_one_with_nothing(
    area: Places,
) -> None:
    make_private_outlooks()
    told = caller("network_lead", area["network"]).get(path(area)).json()
    assert told["place"]["code"] == area["network"].code
    cells = {cell["staff_group"]: cell for cell in told["cells"]}
    assert list(cells) == ["gp", "nurses", "dpc", "admin"]
    gps = cells["gp"]["outlook"]
    assert gps["people"] == {"value": 8, "up_to": 15, "withheld": False}
    assert gps["private"]["sessions_now"] == 36
    assert gps["public"]["sessions_now"] == 132
    assert [each["years"] for each in gps["private"]["horizons"]] == [1, 3, 5, 10]
    assert gps["before"] is None
    for group in ("nurses", "dpc", "admin"):
        assert cells[group] == {
            "staff_group": group,
            "withheld": True,
            "outlook": None,
        }


def test_a_day_in_the_past_has_what_stood_then(area: Places) -> None:
    make_private_outlooks()
    client = caller("board_viewer", area["hub"])
    assert client.get(path(area, "hub")).json()["month"] is not None
    then = client.get(path(area, "hub"), {"as_at": "2024-01-01"}).json()
    assert (then["month"], then["cells"]) == (None, [])
    assert client.get(path(area, "hub"), {"as_at": "2900-01-01"}).status_code == 422


def test_places_without_cells_are_not_there(area: Places) -> None:
    client = caller("hub_retention_lead", area["hub"])
    for place in ("practice", "icb", "sub_icb"):
        assert client.get(path(area, place)).status_code == 404
    assert client.get("/api/v1/places/NOWHERE/private-outlook").status_code == 404


def test_a_read_takes_few_queries_whatever_was_let_out(area: Places) -> None:
    client = caller("network_lead", area["network"])
    make_private_outlooks(month=dt.date(2026, 1, 1))
    once = queries_of(client, path(area))
    make_private_outlooks(month=dt.date(2026, 2, 1))
    make_private_outlooks(month=dt.date(2026, 3, 1))
    assert queries_of(client, path(area)) == once
