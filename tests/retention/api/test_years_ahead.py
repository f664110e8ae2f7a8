"""Ten years ahead through the API: the page's switches, for the readers of the outlook."""

import pytest

from organisations.models import Organisation
from retention.queries.ahead import Assumptions, ahead
from tests.factories.api import caller, queries_of
from tests.factories.organisations import SharingFactory, add_practice, area_of_one_practice
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    """A network of two practices, of which one lets its lead see its outlook."""
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    found["older"] = add_practice(found)
    profile_of(found["older"], OLD)
    SharingFactory(practice=found["older"], recipient=found["network"])
    add_up()
    return found


def path_of(place: Organisation, query: str = "") -> str:
    return f"/api/v1/places/{place.code}/years-ahead{query}"


def test_ten_years_as_the_page_has_them(places: Places) -> None:
    lead = caller("network_lead", places["network"])
    found = lead.get(path_of(places["network"])).json()
    wanted = ahead(places["network"], JUNE)
    assert wanted is not None
    assert found["month"] == JUNE.isoformat()
    assert found["ahead"]["sessions_now"] == pytest.approx(wanted.now)
    years = found["ahead"]["years"]
    assert [year["years"] for year in years] == list(range(1, 11))
    assert years[9]["expected"] == pytest.approx(wanted.without[9].expected)
    assert years[9]["assumed"] is None
    assert years[9]["joiners_low"] <= years[9]["joiners_high"]
    lost = sum(part["expected_loss"] for part in found["ahead"]["drivers"])
    assert lost == pytest.approx(wanted.now - wanted.without[2].expected)


def test_assumptions_stand_beside(places: Places) -> None:
    lead = caller("network_lead", places["network"])
    query = f"?retire=-2&fewer=10&scheme=20&closes={places['older'].code.lower()}&staying=50"
    found = lead.get(path_of(places["network"], query)).json()["ahead"]
    given = Assumptions(-2, 10, 20, places["older"].code, 50)
    wanted = ahead(places["network"], JUNE, given)
    assert wanted is not None
    assert wanted.under is not None
    assert found["years"][4]["assumed"]["expected"] == pytest.approx(wanted.under[4].expected)
    assert found["sessions_at_once"] == pytest.approx(wanted.at_once)
    assert found["scheme_low"] < found["scheme_high"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("retire=1", "retire"),
        ("fewer=11", "fewer"),
        ("scheme=100", "scheme"),
        ("staying=-50", "staying"),
    ],
)
def test_other_assumptions_are_refused(places: Places, query: str, field: str) -> None:
    """Few choices: what is kept for each must stay little."""
    lead = caller("network_lead", places["network"])
    refused = lead.get(path_of(places["network"], f"?{query}"))
    assert refused.status_code == 422
    (problem,) = refused.json()["error"]["fields"]
    assert problem["field"].endswith(field)
    assert problem["message"].startswith("Choose one of 0, ")


def test_only_a_practice_whose_outlook_one_may_see_is_closed_in_thought(places: Places) -> None:
    """With and without it the network's outlook would tell the practice's."""
    lead = caller("network_lead", places["network"])
    network = places["network"]
    can = [one["code"] for one in lead.get(path_of(network)).json()["closable"]]
    assert can == [places["older"].code]
    hidden = f"?closes={places['practice'].code}"
    assert lead.get(path_of(network, hidden)).status_code == 422
    assert lead.get(path_of(places["older"], hidden)).status_code == 422


def test_who_may_not_see_the_outlook_and_what_has_none(places: Places) -> None:
    lead = caller("network_lead", places["network"])
    assert lead.get(path_of(places["practice"])).status_code == 404
    assert caller().get(path_of(places["network"])).status_code == 404
    assert lead.get(path_of(places["region"])).status_code == 404
    few = add_practice(places)
    profile_of(few, {"35to39": 4})
    found = caller("practice_manager", few).get(path_of(few)).json()
    assert (found["month"], found["ahead"]) == (JUNE.isoformat(), None)
    bare = area_of_one_practice()["practice"]
    found = caller("practice_manager", bare).get(path_of(bare)).json()
    assert (found["month"], found["closable"], found["ahead"]) == (None, [], None)


def test_queries_do_not_grow_with_the_practices(places: Places) -> None:
    lead = caller("hub_retention_lead", places["hub"])
    before = queries_of(lead, path_of(places["network"]))
    for _ in range(4):
        profile_of(add_practice(places), SEVEN)
    add_up()
    assert queries_of(lead, path_of(places["network"])) == before
