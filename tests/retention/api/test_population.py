"""The patients of a place through the API: the figures of its page."""

import pytest

from tests.factories.api import caller
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import (
    SEVEN,
    DeprivationFactory,
    PracticeRuralityFactory,
    RegisteredPatientsFactory,
    add_up,
    profile_of,
)

pytestmark = pytest.mark.django_db


def test_population_of_a_network() -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    RegisteredPatientsFactory(practice=places["practice"], each=10)
    DeprivationFactory(practice=places["practice"], score=33.5)
    PracticeRuralityFactory(practice=places["practice"])
    add_up()
    found = caller().get(f"/api/v1/places/{places['network'].code}/population").json()
    assert found["patients"]["on"] == "2025-06-01"
    assert found["patients"]["total"] == 400
    assert found["patients"]["ages"][0] == {
        "age": "Under 15",
        "women": 30,
        "men": 30,
        "share_in_england": pytest.approx(0.157, abs=0.001),
    }
    assert found["deprivation"]["score"] == 33.5
    assert found["patients"]["england_on"] == "2026-07-01"
    assert found["deprivation"]["fifth"] == 5
    assert found["rurality"] == {
        "year_ended": 2025,
        "share_with_rural_practice": 1.0,
        "practices": 1,
        "practices_not_known": 0,
    }
    assert found["workforce"]["patients"] == 9_000
    assert found["workforce"]["patients_per_session"] == pytest.approx(9_000 / 44.1)


def test_what_is_not_loaded_is_null() -> None:
    practice = area_of_one_practice()["practice"]
    found = caller().get(f"/api/v1/places/{practice.code}/population", {"as_at": "2024-01-01"})
    assert found.json() == {
        "place": {"code": practice.code, "kind": "practice", "name": practice.name},
        "patients": None,
        "deprivation": None,
        "rurality": None,
        "workforce": None,
        "after_expected_loss": None,
    }


def test_after_the_expected_loss_for_who_may_see_the_outlook() -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    add_up()
    path = f"/api/v1/places/{places['network'].code}/population"
    open_to_all = caller().get(path).json()
    assert open_to_all["after_expected_loss"] is None
    own = caller("network_lead", places["network"]).get(path).json()
    assert {**own, "after_expected_loss": None} == open_to_all
    after = own["after_expected_loss"]
    assert [one["years"] for one in after] == [1, 3, 5, 10]
    now = open_to_all["workforce"]["patients_per_session"]
    expected = [one["expected"] for one in after]
    assert [now, *expected] == sorted([now, *expected])
    assert after[0]["low80"] < after[0]["expected"] < after[0]["high80"]
