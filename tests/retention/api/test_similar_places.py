"""A place among similar ones through the API: the page's ranges, rounded, without a name."""

import pytest

from organisations.models import Organisation
from tests.factories.api import caller, queries_of
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import (
    SEVEN,
    DeprivationFactory,
    PracticeRuralityFactory,
    PublishedProfileFactory,
    add_up,
    all_bands,
)

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    """A practice of 9,000 patients, and eleven more much like it."""
    found = area_of_one_practice()
    for i in range(12):
        place = add_practice(found) if i else found["practice"]
        heads = all_bands(SEVEN)
        PublishedProfileFactory(organisation=place, headcount=heads, patients=9_000 + i)
        DeprivationFactory(practice=place, score=20.04)
    add_up()
    return found


def path_of(place: Organisation) -> str:
    return f"/api/v1/places/{place.code}/similar"


def test_ranges_for_everyone_and_the_loss_for_who_may_see_the_outlook(places: Places) -> None:
    practice = places["practice"]
    for_all = caller("board_viewer", places["hub"]).get(path_of(practice)).json()
    found = for_all["similar"]
    assert (found["places"], found["smallest_list"], found["largest_list"]) == (10, 9_001, 9_010)
    assert (found["lowest_deprivation"], found["highest_deprivation"]) == (20.0, 20.0)
    older = found["share_55_and_over"]
    assert older["here"] == older["low"] == older["median"] == older["high"]
    assert older["lies"] == "within the usual range"
    assert found["patients_per_session"]["here"] == 204
    assert found["lost_within_five_years"] is None
    own = caller("practice_manager", practice).get(path_of(practice)).json()["similar"]
    lost = own.pop("lost_within_five_years")
    assert lost["here_low80"] < lost["here"] < lost["here_high80"]
    assert (lost["here"], lost["lies"]) == (lost["median"], "within the usual range")
    assert {**own, "lost_within_five_years": None} == found


def test_how_rural_they_are_where_it_is_loaded(places: Places) -> None:
    path = path_of(places["practice"])
    found = caller().get(path).json()["similar"]
    assert (found["lowest_rural_share"], found["highest_rural_share"]) == (None, None)
    for one in Organisation.objects.filter(kind="practice"):
        PracticeRuralityFactory(practice=one, rural=one.pk % 2 == 0)
    found = caller().get(path).json()["similar"]
    assert (found["lowest_rural_share"], found["highest_rural_share"]) == (0.0, 1.0)


def test_no_other_place_is_named(places: Places) -> None:
    practice = places["practice"]
    text = caller().get(path_of(practice)).content.decode()
    others = Organisation.objects.filter(kind="practice").exclude(pk=practice.pk)
    assert not [one.code for one in others if one.code in text or one.name in text]


def test_beside_the_few_others_that_are_loaded() -> None:
    found = area_of_one_practice()
    for i in range(6):
        place = add_practice(found) if i else found["practice"]
        heads = all_bands(SEVEN)
        PublishedProfileFactory(organisation=place, headcount=heads, patients=9_000 + 441 * i)
        DeprivationFactory(practice=place, score=20)
    answer = caller("practice_manager", found["practice"]).get(path_of(found["practice"])).json()
    assert answer["similar"] is None
    others = answer["others"]
    assert others["places"] == 5
    ratios = others["patients_per_session"]
    assert (ratios["here"], ratios["lowest"], ratios["median"], ratios["highest"]) == (
        204,
        214,
        234,
        254,
    )


def test_without_figures_there_is_none_and_areas_have_none(places: Places) -> None:
    bare = area_of_one_practice()["practice"]
    answer = caller().get(path_of(bare)).json()
    assert (answer["similar"], answer["others"]) == (None, None)
    assert caller().get(path_of(places["icb"])).status_code == 404


def test_queries_do_not_grow_with_the_places(places: Places) -> None:
    client = caller("practice_manager", places["practice"])
    before = queries_of(client, path_of(places["practice"]))
    for i in range(5):
        place = add_practice(places)
        PublishedProfileFactory(organisation=place, headcount=all_bands(SEVEN), patients=9_100 + i)
        DeprivationFactory(practice=place, score=21)
    assert queries_of(client, path_of(places["practice"])) == before
