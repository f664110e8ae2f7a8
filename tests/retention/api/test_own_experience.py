"""A hub's own leavers through the API: the page's figures, and nulls where nothing was let out."""

import datetime as dt

import pytest

from tests.factories.api import caller
from tests.factories.private_outlooks import Places, hub_area
from tests.retention.queries.test_own_experience import let_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> Places:
    return hub_area()


def path(area: Places, place: str = "hub") -> str:
    return f"/api/v1/places/{area[place].code}/own-leavers"


def test_bands_and_ranges_are_told_and_a_withheld_group_has_nothing(area: Places) -> None:
    let_out(area, 2026)
    told = caller("hub_administrator", area["hub"]).get(path(area)).json()
    gps, nurses, *_ = told["groups"]
    [stretch] = gps["stretches"]
    assert stretch["leavers"] == {"value": 16, "up_to": 23, "withheld": False}
    assert stretch["unexplained"] == {"value": None, "up_to": None, "withheld": True}
    assert stretch["person_years"] == {"low": 120, "high": 144}
    assert gps["leaving"]["recorded"] == {"low": 16, "high": 23}
    assert gps["leaving"]["weight"]["low"] < gps["leaving"]["weight"]["high"] < 1
    assert gps["retirement"]["k"] == gps["leaving"]["k"] == pytest.approx(44.94, abs=0.01)
    assert (nurses["withheld"], nurses["leaving"], nurses["stretches"]) == (True, None, [])


def test_a_day_in_the_past_has_what_stood_then(area: Places) -> None:
    let_out(area, 2026)
    client = caller("board_viewer", area["hub"])
    then = client.get(path(area), {"as_at": dt.date(2025, 12, 31).isoformat()}).json()
    assert all(group["withheld"] for group in then["groups"])
    assert client.get(path(area), {"as_at": "2900-01-01"}).status_code == 422


def test_a_networks_lead_reads_weights_of_the_network_and_nothing_of_the_hub(area: Places) -> None:
    client = caller("network_lead", area["network"])
    assert client.get(path(area, "network")).status_code == 200
    assert client.get(path(area)).status_code == 404
    assert client.get(path(area, "practice")).status_code == 404
