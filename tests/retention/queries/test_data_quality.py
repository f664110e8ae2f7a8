import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models.data_quality import Doubt, Grade
from organisations.clock import today
from organisations.models import Link, Organisation
from retention.models import PublishedProfile, RosterConfirmation
from retention.models.published_count import StaffGroup
from retention.queries.data_quality import months_between, place_quality, records_confirmed
from tests.factories.organisations import (
    PracticeFactory,
    SharingFactory,
    add_practice,
    area_of_one_practice,
)
from tests.factories.published import JUNE, SEVEN, PublishedProfileFactory, add_up, profile_of

pytestmark = pytest.mark.django_db
MARCH, MAY = dt.date(2025, 3, 1), dt.date(2025, 5, 1)
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    """A good practice, one whose ages are half unknown, one that doubled, and one without."""
    found = area_of_one_practice(PracticeFactory(name="Good"))
    named = {
        name: add_practice(found, PracticeFactory(name=name)) for name in ["Ages", "Jump", "NA"]
    }
    for month in (MAY, JUNE):
        profile_of(found["practice"], SEVEN, month)
        profile_of(named["Ages"], {"30to34": 2, "unknown": 2}, month)
        profile_of(named["NA"], None, month)
    profile_of(named["NA"], SEVEN, MARCH)
    profile_of(named["Jump"], {"30to34": 2}, MAY)
    profile_of(named["Jump"], {"30to34": 4}, JUNE)
    for month in (MARCH, MAY, JUNE):
        add_up(month)
    return found


def test_practices_come_worst_first_with_their_reasons(places: Places) -> None:
    quality = place_quality(places["network"])
    assert (quality.month, quality.months) == (JUNE, (JUNE, MAY, MARCH))
    assert quality.staff_groups == (StaffGroup.GP,)
    found = [
        (one.practice.name, one.grade, [finding.doubt for finding in one.groups[0].findings])
        for one in quality.practices
    ]
    assert found == [
        ("NA", Grade.NONE, [Doubt.NO_FIGURES]),
        ("Ages", Grade.POOR, [Doubt.AGE_UNKNOWN]),
        ("Jump", Grade.CARE, [Doubt.JUMP_PEOPLE, Doubt.JUMP_FTE]),
        ("Good", Grade.GOOD, []),
    ]
    assert quality.practices[0].groups[0].findings[0].value == 3
    assert quality.counts() == dict.fromkeys(Grade, 1)
    assert [one.practice.name for one in quality.to_chase] == ["NA", "Ages", "Jump"]


def test_an_earlier_month_is_graded_as_it_was(places: Places) -> None:
    quality = place_quality(places["icb"], month=MAY)
    grades = {one.practice.name: one.grade for one in quality.practices}
    # In May its figures were two months old, and the other had not jumped yet.
    assert (grades["NA"], grades["Jump"]) == (Grade.POOR, Grade.GOOD)
    assert place_quality(places["icb"], month=dt.date(2001, 1, 1)).month == JUNE


def test_a_practice_that_the_file_lacks_is_found(places: Places) -> None:
    add_practice(places, PracticeFactory(name="Absent"))
    quality = place_quality(places["network"])
    absent = next(one for one in quality.practices if one.practice.name == "Absent")
    assert [finding.doubt for finding in absent.groups[0].findings] == [Doubt.NOT_IN_FILE]


def test_a_staff_group_can_be_looked_at_alone(places: Places) -> None:
    PublishedProfileFactory(
        organisation=places["practice"],
        staff_group="admin",
        headcount={"under25": 1},
        people=1,
        fte=2.0,
    )
    both = place_quality(places["practice"])
    assert both.staff_groups == (StaffGroup.GP, StaffGroup.ADMIN)
    assert both.practices[0].grade == Grade.POOR
    assert place_quality(places["practice"], staff_group=StaffGroup.GP).to_chase == ()


def test_nothing_loaded_is_no_grade(places: Places) -> None:
    PublishedProfile.objects.all().delete()
    quality = place_quality(places["network"])
    assert (quality.month, quality.practices) == (None, ())


def test_queries_do_not_grow_with_practices(places: Places) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            place_quality(places["icb"])
        return len(captured)

    few = queries()
    for _ in range(6):
        profile_of(add_practice(places), None)
    add_up()
    assert queries() == few == 7


def test_a_hub_that_came_later_and_months_before_any_map_have_their_practices(
    places: Places,
) -> None:
    """The profile that is graded counts them: so does the list of its practices."""
    Link.objects.update(starts_on=dt.date(2026, 1, 1))
    add_up()
    for name in ("hub", "icb", "network", "country"):
        assert place_quality(places[name]).counts() == dict.fromkeys(Grade, 1), name


def test_records_are_told_of_those_who_share_with_this_hub_alone(places: Places) -> None:
    hub = places["hub"]
    shy, shares, never = (add_practice(places, PracticeFactory(name=name)) for name in "abc")
    for practice in (shares, never):
        SharingFactory(practice=practice, recipient=hub, thing="patterns")
    SharingFactory(practice=shy, recipient=places["network"], thing="patterns")
    SharingFactory(practice=shy, recipient=hub, thing="outlook")
    for practice in (shy, shares):
        for days in (40, 400):
            RosterConfirmation.objects.create(
                practice=practice, confirmed_on=today() - dt.timedelta(days=days)
            )
    found = records_confirmed(hub, today())
    assert [(one.practice, one.confirmed_on) for one in found] == [
        (never, None),
        (shares, today() - dt.timedelta(days=40)),
    ]


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        (dt.date(2025, 6, 30), dt.date(2025, 6, 30), 0),
        (dt.date(2025, 6, 30), dt.date(2025, 7, 1), 1),
        (dt.date(2024, 12, 31), dt.date(2026, 1, 1), 13),
    ],
)
def test_months_are_those_of_the_calendar(earlier: dt.date, later: dt.date, months: int) -> None:
    assert months_between(earlier, later) == months
