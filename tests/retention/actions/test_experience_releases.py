"""When a hub's own leavers are let out, and that no month is told twice."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from models.standard_table import standard_table
from organisations.models import Organisation, Sharing
from retention.actions import experience_releases
from retention.actions.experience_releases import release_experience
from retention.models import ExperienceRelease, Objection, Post
from retention.models.published_count import StaffGroup
from retention.queries.experience_inputs import Exposure
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import HubFactory
from tests.factories.own_leavers import left, sharing_practices, stayed
from tests.factories.private_outlooks import Places, hub_area

pytestmark = pytest.mark.django_db
QUARTER, TODAY = dt.date(2026, 10, 1), "2026-10-20 12:00 +0000"
SINCE = dt.date(2024, 10, 1)
GONE = dt.date(2026, 5, 14)


@pytest.fixture(autouse=True)
def _in_october() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def area() -> Places:
    return hub_area()


@pytest.fixture
def practices(area: Places) -> list[Organisation]:
    return sharing_practices(area)


def leave(practices: list[Organisation], *numbers: int, reason: str = "retired") -> list[Post]:
    return [
        left(practice, GONE, reason)
        for practice, number in zip(practices, numbers, strict=True)
        for _ in range(number)
    ]


def out(hub: Organisation, group: str = "gp") -> ExperienceRelease:
    return ExperienceRelease.objects.filter(hub=hub, staff_group=group).latest("quarter")


def test_bands_are_let_out_with_what_the_table_says_of_the_age_groups(
    area: Places, practices: list[Organisation]
) -> None:
    leave(practices, 4, 4, 4)
    for number in range(9):
        stayed(practices[number % 3], born=1990)
    stayed(practices[0], born=None)
    assert release_experience() == 1
    release = out(area["hub"])
    assert (release.since, release.quarter) == (SINCE, QUARTER)
    assert release.table_version == standard_table("gp").version
    figures = release.figures
    assert figures is not None
    # Twelve of 64 in 2026 for 20 months are 20 person-years; nine younger ones 18 in two years.
    assert figures["years"] == {"Under 45": 16, "45 to 54": 0, "55 and over": 16}
    assert (figures["leavers"], figures["retired"], figures["unexplained"]) == (8, 8, None)
    assert set(figures["rates"]) == set(figures["years"])
    assert figures["rates"]["55 and over"][0] > figures["rates"]["Under 45"][0]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((4, 4, 4), True),
        ((8, 3, 1), False),  # four are left without the first practice
        ((8, 8, 0), False),  # two practices
        ((3, 2, 2), False),
    ],
)
def test_it_takes_three_practices_and_eight_without_any_one(
    area: Places, practices: list[Organisation], numbers: tuple[int, ...], told: bool
) -> None:
    leave(practices, *numbers)
    assert release_experience() == told
    assert (out(area["hub"]).figures is not None) is told


def test_an_account_that_manages_two_practices_must_be_left_with_eight(
    area: Places, practices: list[Organisation]
) -> None:
    leave(practices, 4, 4, 4)
    manager = UserFactory()
    for practice in practices[:2]:
        RoleGrantFactory(user=manager, role="practice_manager", organisation=practice)
    assert release_experience() == 0


def test_retirement_and_reasons_not_known_are_told_by_the_same_rule(
    area: Places, practices: list[Organisation]
) -> None:
    leave(practices, 3, 2, 2)
    leave(practices, 4, 4, 4, reason="left")
    leave(practices, 5, 5, 5, reason="not_known")
    release_experience()
    figures = out(area["hub"]).figures
    assert figures is not None
    told = {name: figures[name] for name in ("leavers", "retired", "unexplained")}
    assert told == {"leavers": 16, "retired": None, "unexplained": 8}


def test_nothing_changes_for_the_rest_of_the_quarter(
    area: Places, practices: list[Organisation]
) -> None:
    leave(practices, 4, 4, 3)
    assert release_experience() == 0
    left(practices[2], GONE)
    assert release_experience() == 0
    assert ExperienceRelease.objects.count() == 4
    # The next quarter looks again, at a longer stretch.
    with time_machine.travel("2027-01-02 12:00 +0000", tick=False):
        assert release_experience() == 1
    assert out(area["hub"]).since == dt.date(2025, 1, 1)


def test_what_was_told_stands_and_its_months_are_told_once(
    area: Places, practices: list[Organisation], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = leave(practices, 4, 4, 4)
    release_experience()
    first = out(area["hub"])
    Objection.objects.create(person=gone[0].person, starts_on=dt.date(2026, 10, 21))
    Sharing.objects.filter(practice=practices[0]).update(ends_on=dt.date(2026, 10, 21))
    asked: list[tuple[dt.date, dt.date]] = []

    def noted(hub: Organisation, since: dt.date, until: dt.date, *, made_on: dt.date) -> object:
        asked.append((since, until))
        return {group: Exposure() for group in StaffGroup.values}

    monkeypatch.setattr(experience_releases, "exposures", noted)
    for day in ("2027-01-02", "2027-04-02", "2027-07-02", "2027-10-02"):
        with time_machine.travel(f"{day} 12:00 +0000", tick=False):
            release_experience()
    # The stretch after begins where the first one ended, and lasts a year or longer.
    assert (QUARTER, dt.date(2027, 10, 1)) in asked
    assert all(until - since >= dt.timedelta(days=365) for since, until in asked)
    first_again = ExperienceRelease.objects.get(pk=first.pk)
    assert (first_again.since, first_again.figures) == (first.since, first.figures)
    let_out = ExperienceRelease.objects.filter(staff_group="gp", since__isnull=False)
    assert list(let_out) == [first]


@pytest.mark.parametrize(
    ("shared", "since"),
    [
        (dt.date(2025, 7, 1), dt.date(2025, 7, 1)),
        (dt.date(2025, 7, 2), dt.date(2025, 10, 1)),
        (dt.date(2025, 10, 2), None),  # less than a year of whole quarters
    ],
)
def test_a_record_begins_with_the_first_whole_quarter_of_sharing(
    area: Places, practices: list[Organisation], shared: dt.date, since: dt.date | None
) -> None:
    leave(practices, 4, 4, 4)
    Sharing.objects.filter(recipient=area["hub"]).update(starts_on=shared)
    release_experience()
    assert out(area["hub"]).since == since


def test_a_hub_with_whom_nobody_shares_is_looked_at_too() -> None:
    assert release_experience() == 0
    hub = HubFactory()
    assert release_experience() == 0
    assert out(hub).figures is None
