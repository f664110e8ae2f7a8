import pytest

from organisations.models.organisation import Kind
from retention.queries.place_search import search_places
from tests.factories.organisations import (
    HubFactory,
    IcbFactory,
    NetworkFactory,
    OrganisationFactory,
    PracticeFactory,
)

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [place.code for place in search_places(text)]


def test_every_word_must_fit_in_any_case() -> None:
    PracticeFactory(code="Z00001", name="WILLOW LANE SURGERY")
    PracticeFactory(code="Z00002", name="WILLOW HEALTH CENTRE")
    NetworkFactory(code="U00001", name="WILLOW PCN")
    assert found("lane willow") == ["Z00001"]
    assert found("Willow") == ["Z00002", "Z00001", "U00001"]
    assert found("oak") == []


def test_the_place_with_that_code_comes_first() -> None:
    PracticeFactory(code="Z00003", name="A SURGERY NEAR Q77")
    IcbFactory(code="Q77", name="ZEDSHIRE")
    assert found(" q77 ") == ["Q77", "Z00003"]


def test_part_of_a_code_is_not_enough_but_part_of_a_postcode_is() -> None:
    PracticeFactory(code="Z00004", name="A", postcode="ZZ9 9ZZ")
    assert found("Z0000") == []
    assert found("ZZ9") == ["Z00004"]


def test_wildcards_are_letters() -> None:
    PracticeFactory(code="Z00005", name="PLAIN")
    assert found("%") == []
    assert found("_") == []


def test_hubs_have_pages_of_their_own() -> None:
    HubFactory(name="WILLOW HUB")
    assert found("willow") == []


def test_without_a_word_england_and_the_icbs_are_offered() -> None:
    PracticeFactory()
    IcbFactory(code="Q01", name="B")
    IcbFactory(code="Q02", name="A")
    OrganisationFactory(kind=Kind.COUNTRY, code="ENG", name="England")
    assert found("  ") == ["ENG", "Q02", "Q01"]
