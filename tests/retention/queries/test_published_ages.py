"""Ages of a place as published, of the month that had ended; England's where none are known."""

import datetime as dt

import pytest

from organisations.models import Organisation
from retention.models.published_count import StaffGroup
from retention.queries.age_profile import known_ages
from retention.queries.england import ages_of_england
from retention.queries.published_ages import published_ages
from tests.factories.organisations import PracticeFactory
from tests.factories.published import JUNE, OLD, SEVEN, all_bands, profile_of

pytestmark = pytest.mark.django_db
MAY = dt.date(2025, 5, 1)


@pytest.fixture
def practice() -> Organisation:
    return PracticeFactory()


@pytest.mark.parametrize(
    ("on", "heads"), [(dt.date(2025, 6, 29), OLD), (dt.date(2025, 6, 30), SEVEN)]
)
def test_a_month_tells_of_its_last_day(
    practice: Organisation, on: dt.date, heads: dict[str, int]
) -> None:
    profile_of(practice, OLD, MAY)
    profile_of(practice, SEVEN)
    assert published_ages(practice, "gp", on).tolist() == known_ages(all_bands(heads)).tolist()


@pytest.mark.parametrize("group", StaffGroup.values)
def test_where_nothing_is_published_they_are_englands(practice: Organisation, group: str) -> None:
    found = published_ages(practice, group, JUNE)
    assert found.tolist() == ages_of_england(None, group).tolist()
    assert found.any()


def test_a_month_of_unknown_ages_says_nothing(practice: Organisation) -> None:
    profile_of(practice, {"unknown": 4})
    found = published_ages(practice, "gp", dt.date(2025, 7, 1))
    assert found.tolist() == ages_of_england(JUNE, "gp").tolist()
