"""How rural a place's practices are, by their patients."""

import datetime as dt

import pytest

from organisations.models import Organisation
from retention.queries.rurality import ListRurality, list_rurality, rural_practices, year_ended
from tests.factories.organisations import PracticeFactory
from tests.factories.published import PracticeRuralityFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 6, 30)


@pytest.fixture
def practices() -> list[Organisation]:
    """Three practices: a rural one, an urban one, one that is not known."""
    found: list[Organisation] = [PracticeFactory() for _ in range(3)]
    PracticeRuralityFactory(practice=found[0], rural=True)
    PracticeRuralityFactory(practice=found[1], rural=False)
    return found


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (dt.date(2025, 1, 1), 2024),
        (dt.date(2025, 3, 31), 2024),
        (dt.date(2025, 4, 1), 2025),
        (dt.date(2025, 12, 31), 2025),
    ],
)
def test_a_financial_year_is_over_from_april_on(day: dt.date, year: int) -> None:
    assert year_ended(day) == year


def test_the_share_is_by_patients(practices: list[Organisation]) -> None:
    keys = [one.pk for one in practices]
    weights = dict(zip(keys, [3_000, 1_000, 50_000], strict=True))
    assert list_rurality(keys, weights, DAY) == ListRurality(2025, 0.75, 2, 1)


def test_a_practice_needs_no_list(practices: list[Organisation]) -> None:
    assert list_rurality([practices[0].pk], {}, DAY) == ListRurality(2025, 1.0, 1, 0)
    assert list_rurality([practices[1].pk], {}, DAY) == ListRurality(2025, 0.0, 1, 0)


def test_one_known_of_several_without_a_list_is_not_their_mean(
    practices: list[Organisation],
) -> None:
    keys = [practices[0].pk, practices[2].pk]
    assert list_rurality(keys, {}, DAY) is None
    assert list_rurality(keys, {practices[0].pk: 900}, DAY) == ListRurality(2025, 1.0, 1, 1)


def test_nothing_is_known_before_the_first_year_and_the_newest_counts(
    practices: list[Organisation],
) -> None:
    keys = [one.pk for one in practices]
    assert list_rurality(keys, {}, dt.date(2025, 3, 31)) is None
    assert rural_practices(dt.date(2025, 3, 31)) == (None, {})
    PracticeRuralityFactory(practice=practices[2], year=2024, rural=True)
    assert rural_practices(dt.date(2025, 3, 31)) == (2024, {practices[2].pk: True})
    # A year is taken whole: what it does not know is not filled up from an older one.
    assert rural_practices(DAY) == (2025, {practices[0].pk: True, practices[1].pk: False})
