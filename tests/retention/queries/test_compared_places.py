import datetime as dt

import pytest

from organisations.models import Organisation
from retention.queries.compared_places import MOST_COMPARED, compared_places
from tests.factories.organisations import PracticeFactory, area_of_one_practice

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 7, 1)


@pytest.fixture
def places() -> dict[str, Organisation]:
    return area_of_one_practice()


def test_a_practice_starts_beside_its_network_and_icb(places: dict[str, Organisation]) -> None:
    found = compared_places(places["practice"], None, "", TODAY)
    assert (found.chosen, found.offered) == ((places["network"], places["icb"]), ())
    assert compared_places(places["icb"], None, "", TODAY).all == ()


def test_what_is_unticked_stays_on_offer(places: dict[str, Organisation]) -> None:
    found = compared_places(places["practice"], [places["icb"].code.lower()], "", TODAY)
    assert found.chosen == (places["icb"],)
    assert found.offered == (places["network"],)


def test_the_one_place_that_fits_is_chosen_and_of_several_none(
    places: dict[str, Organisation],
) -> None:
    oak, elm = (PracticeFactory(name=f"Fictional {tree} Surgery") for tree in ("Oak", "Elm"))
    one = compared_places(places["practice"], [], "oak surgery", TODAY)
    assert (one.chosen, one.found) == ((oak,), 1)
    many = compared_places(places["practice"], [], "fictional", TODAY)
    assert (many.chosen, many.found) == ((), 2)
    assert set(many.offered) >= {oak, elm}
    by_code = compared_places(places["practice"], [], elm.code.lower(), TODAY)
    assert by_code.chosen == (elm,)


def test_neither_the_place_itself_nor_england_nor_nonsense_is_compared(
    places: dict[str, Organisation],
) -> None:
    practice = places["practice"]
    codes = [practice.code, "ENG", "NOWHERE", places["icb"].code, places["icb"].code]
    assert compared_places(practice, codes, "", TODAY).chosen == (places["icb"],)
    assert compared_places(practice, [], "england", TODAY).found == 0


def test_there_is_an_end_to_it(places: dict[str, Organisation]) -> None:
    many = [PracticeFactory().code for _ in range(MOST_COMPARED + 3)]
    assert len(compared_places(places["practice"], many, "", TODAY).chosen) == MOST_COMPARED
