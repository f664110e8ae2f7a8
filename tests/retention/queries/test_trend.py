"""A place over all loaded months: oldest first, and a gap stays a gap."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from retention.queries.trend import trend
from tests.factories.organisations import PracticeFactory
from tests.factories.published import JUNE, PublishedProfileFactory, profile_of

pytestmark = pytest.mark.django_db
MAY, JULY = dt.date(2025, 5, 1), dt.date(2025, 7, 1)


def test_months_come_oldest_first_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    practice, other = PracticeFactory(), PracticeFactory()
    for month, heads in ((JULY, {"60to64": 3}), (MAY, {"30to34": 1, "55to59": 1, "unknown": 1})):
        profile_of(practice, heads, month)
    profile_of(other, {"30to34": 9}, JUNE)
    with django_assert_num_queries(1):
        found = trend(practice)
    assert [month.month for month in found] == [MAY, JULY]
    assert [month.people for month in found] == [3, 3]
    assert [month.share_older for month in found] == [0.5, 1.0]
    assert [month.share_oldest for month in found] == [0.0, 1.0]
    assert [month.age_unknown for month in found] == [1, 0]
    assert found[1].sessions == pytest.approx(3 * 0.7 * 9)
    assert (found[0].trainees, found[0].patients) == (2, 9_000)


def test_a_month_that_is_not_known_is_no_zero() -> None:
    practice = PracticeFactory()
    profile_of(practice, None)
    (month,) = trend(practice)
    assert (month.people, month.fte, month.sessions, month.share_older) == (None,) * 4
    assert (month.age_unknown, month.practices_not_known) == (None, 1)


@pytest.mark.parametrize("group", ["nurses", "dpc", "admin"])
def test_every_staff_group_has_its_own_months_and_roles(group: str) -> None:
    practice = PracticeFactory()
    PublishedProfileFactory(
        organisation=practice,
        staff_group=group,
        headcount={"under25": 1, "25to29": 1, "65to69": 2},
        by_role={"oth": [4, 2.5]},
    )
    (month,) = trend(practice, group)
    assert (month.share_oldest, month.by_role) == (0.5, {"oth": (4, 2.5)})
    assert trend(practice) == []
