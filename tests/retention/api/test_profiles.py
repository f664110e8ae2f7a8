"""The age profile through the API: the figures of the page."""

import pytest

from organisations.models import Organisation
from tests.factories.api import caller
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Organisation]:
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    add_up()
    return found


def test_a_profile_comes_with_those_beside_it(places: dict[str, Organisation]) -> None:
    path = f"/api/v1/places/{places['practice'].code.lower()}/profile"
    codes = f"{places['icb'].code}, {places['network'].code.lower()},,ENG"
    found = caller().get(path, {"compare": codes, "month": "2025-06-17"}).json()
    assert (found["month"], found["staff_group"]) == ("2025-06-01", "gp")
    assert found["figures"]["share_55_and_over"] == pytest.approx(2 / 7)
    assert found["figures"]["patients_per_fte"] == pytest.approx(9_000 / 4.9)
    assert [band["people"] for band in found["figures"]["bands"]][1] == 1
    compared = [one["code"] for one in found["compared"]]
    assert compared == [places["icb"].code, places["network"].code, "ENG"]
    assert found["trend"][0]["share_60_and_over"] == pytest.approx(1 / 7)


def test_a_group_without_figures_is_null(places: dict[str, Organisation]) -> None:
    path = f"/api/v1/places/{places['practice'].code}/profile"
    found = caller().get(path, {"staff_group": "admin", "compare": places["icb"].code}).json()
    assert (found["figures"], found["month"], found["trend"]) == (None, None, [])
    assert [place["code"] for place in found["missing"]] == [places["icb"].code]
    assert caller().get(path, {"staff_group": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("codes", "problem"),
    [
        ("NOWHERE", "No place has the code NOWHERE."),
        ("A1,B1,C1,D1,E1,F1,G1", "Name 6 places at most."),
    ],
)
def test_what_cannot_be_compared_with_is_told_and_not_left_out(
    places: dict[str, Organisation], codes: str, problem: str
) -> None:
    path = f"/api/v1/places/{places['practice'].code}/profile"
    refused = caller().get(path, {"compare": codes})
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"] == [{"field": "compare", "message": problem}]
