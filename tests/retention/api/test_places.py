"""Places through the API: published figures for all, outlooks as far as the role reaches."""

import datetime as dt

import pytest

from organisations.models import Link, Organisation, OrganisationName
from tests.factories.api import caller, queries_of
from tests.factories.organisations import PracticeFactory, SharingFactory, add_practice
from tests.factories.organisations import area_of_one_practice as area
from tests.factories.published import SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
FOUR = {"30to34": 2, "55to59": 2}


def published_area() -> dict[str, Organisation]:
    """Make an area whose practice has seven GPs, two of them 55 and over."""
    places = area()
    profile_of(places["practice"], SEVEN)
    add_up()
    return places


def test_anyone_signed_in_finds_places_by_words() -> None:
    PracticeFactory(code="Y00042", name="Fictional Oak Surgery")
    PracticeFactory(name="Fictional Elm Surgery")
    page = caller().get("/api/v1/places", {"search": "oak fictional"}).json()
    assert page == {
        "items": [{"code": "Y00042", "kind": "practice", "name": "Fictional Oak Surgery"}],
        "count": 1,
    }


def test_nul_in_a_search_is_refused() -> None:
    assert caller().get("/api/v1/places", {"search": "a\x00b"}).status_code == 422


def test_published_figures_are_open_to_every_role() -> None:
    places = published_area()
    place = caller().get(f"/api/v1/places/{places['practice'].code.lower()}").json()
    assert place["network"]["code"] == places["network"].code
    assert place["nurses"] is None
    gps = place["gps"]
    assert (gps["people"], gps["month"]) == (7, "2025-06-01")
    assert gps["share_55_and_over"] == pytest.approx(2 / 7)
    assert {band["label"]: band["people"] for band in gps["bands"]}["35 to 39"] == 2


def test_an_unknown_place_is_404() -> None:
    assert caller().get("/api/v1/places/Q99").status_code == 404


def test_an_outlook_is_given_with_its_interval_and_chances() -> None:
    places = published_area()
    lead = caller("hub_retention_lead", places["hub"])
    answer = lead.get(f"/api/v1/places/{places['network'].code}/outlook").json()
    assert answer["withheld"] is False
    assert answer["outlook"]["sessions_now"] == pytest.approx(44.1)
    years = {horizon["years"]: horizon for horizon in answer["outlook"]["horizons"]}
    assert set(years) == {1, 3, 5, 10}
    assert years[3]["low80"] <= years[3]["expected"] <= years[3]["high80"]
    assert [chance["sessions"] for chance in years[3]["chances"]] == [5, 10, 15, 20]
    flag = answer["flag"]
    assert flag["ratio"] == pytest.approx(flag["share"] / flag["england"])
    assert flag["share_low80"] <= flag["share"] <= flag["share_high80"]


def test_an_outlook_that_is_not_yours_is_404() -> None:
    places = published_area()
    viewer = caller("board_viewer", places["hub"])
    assert viewer.get(f"/api/v1/places/{places['network'].code}/outlook").status_code == 200
    assert viewer.get(f"/api/v1/places/{places['practice'].code}/outlook").status_code == 404


def test_the_outlook_of_a_small_practice_is_withheld() -> None:
    places = area()
    profile_of(places["practice"], FOUR)
    add_up()
    manager = caller("practice_manager", places["practice"])
    answer = manager.get(f"/api/v1/places/{places['practice'].code}/outlook").json()
    assert (answer["outlook"], answer["withheld"]) == (None, True)


def test_practices_of_a_network_come_with_the_outlooks_that_they_share() -> None:
    places = published_area()
    shy = add_practice(places)
    profile_of(shy, SEVEN)
    add_up()
    SharingFactory(practice=places["practice"], recipient=places["network"])
    lead = caller("network_lead", places["network"])
    page = lead.get(f"/api/v1/places/{places['network'].code}/within").json()
    found = {item["place"]["code"]: item for item in page["items"]}
    assert page["count"] == 2
    assert found[places["practice"].code]["horizons"][0]["years"] == 1
    assert found[shy.code]["horizons"] is None
    assert found[shy.code]["sessions_now"] is None
    assert (found[shy.code]["may_see"], found[shy.code]["people"]) == (False, 7)


def test_networks_of_an_icb_tell_whether_they_are_flagged() -> None:
    places = published_area()
    lead = caller("hub_retention_lead", places["hub"])
    page = lead.get(f"/api/v1/places/{places['icb'].code}/within").json()
    assert [item["place"]["code"] for item in page["items"]] == [places["network"].code]
    assert page["items"][0]["flagged"] is False


def test_queries_do_not_grow_with_practices() -> None:
    places = published_area()
    lead = caller("hub_retention_lead", places["hub"])
    path = f"/api/v1/places/{places['network'].code}/within"
    few = queries_of(lead, path)
    for _ in range(6):
        profile_of(add_practice(places), SEVEN)
    add_up()
    assert queries_of(lead, path) == few


def test_a_place_can_be_read_as_at_a_day() -> None:
    places = published_area()
    practice, network = places["practice"], places["network"]
    turn = dt.date(2025, 8, 1)
    Link.objects.filter(child=practice, parent=network).update(ends_on=turn)
    OrganisationName.objects.create(
        organisation=practice, name="Old Surgery", starts_on=dt.date(2020, 4, 1), ends_on=turn
    )
    address, lead = f"/api/v1/places/{practice.code}", caller("hub_retention_lead", places["hub"])
    now, then = lead.get(address).json(), lead.get(address, {"as_at": "2025-07-31"}).json()
    assert (now["name"], now["network"]) == (practice.name, None)
    assert (then["name"], then["network"]["code"]) == ("Old Surgery", network.code)
    assert lead.get(address, {"as_at": "2025-06-29"}).json()["gps"] is None
    day = {"as_at": "2025-06-30"}
    assert lead.get(f"{address}/outlook", day).json()["place"]["name"] == "Old Surgery"
    within = lead.get(f"/api/v1/places/{network.code}/within", day).json()
    assert [item["place"]["name"] for item in within["items"]] == ["Old Surgery"]
    for bad in ("31/07/2025", "2999-01-01", "1999-01-01"):
        assert lead.get(address, {"as_at": bad}).status_code == 422
