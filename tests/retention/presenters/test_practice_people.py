"""A practice's people in words."""

import datetime as dt

import pytest

from organisations.clock import today
from organisations.models import Organisation
from retention.presenters.practice_people import joint_week, staff_rows
from retention.queries.posts import PracticePost, practice_posts
from tests.factories.accounts import actor
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import (
    AbsenceFactory,
    DraftPatternFactory,
    PostFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Organisation:
    return PracticeFactory()


def people(practice: Organisation) -> list[PracticePost]:
    return practice_posts(actor(), practice, today())


def test_who_is_in_on_wednesday_afternoon(practice: Organisation) -> None:
    for name, kind in (("Dr Ada Birch", "clinical"), ("Dr Bo Elm", "mentoring")):
        pattern = SessionPatternFactory(post__organisation=practice, post__person__name=name)
        SessionCellFactory(pattern=pattern, weekday=2, part="pm", kind=kind)
    PostFactory(organisation=practice, person__name="Dr Not Told")
    days = joint_week(people(practice), today())
    wednesday = days[2]
    assert (wednesday.name, wednesday.parts[1].part) == ("Wednesday", "Afternoon")
    assert wednesday.parts[1].people == (("Dr Ada Birch", "Clinical"), ("Dr Bo Elm", "Other work"))
    assert not any(part.people for day in days for part in day.parts if part.part != "Afternoon")


def test_of_two_weeks_in_turn_the_one_of_the_day_is_shown(practice: Organisation) -> None:
    pattern = SessionPatternFactory(
        post__organisation=practice, starts_on=today(), rhythm="alternate"
    )
    SessionCellFactory(pattern=pattern, weekday=0)
    SessionCellFactory(pattern=pattern, week="b", weekday=1)
    for weeks, day in ((0, 0), (1, 1), (2, 0)):
        days = joint_week(people(practice), today() + dt.timedelta(weeks=weeks))
        assert [bool(each.parts[0].people) for each in days[:2]] == [day == 0, day == 1]


def test_each_half_day_counts_its_kinds_and_leaves_out_who_is_away(practice: Organisation) -> None:
    for kind in ("clinical", "clinical", "cpd"):
        pattern = SessionPatternFactory(post__organisation=practice)
        SessionCellFactory(pattern=pattern, kind=kind)
    away = SessionPatternFactory(post__organisation=practice)
    SessionCellFactory(pattern=away)
    AbsenceFactory(post=away.post)
    [monday, *_] = joint_week(people(practice), today())
    assert monday.parts[0].counts == "2 clinical, 1 other work"
    assert monday.parts[1].counts == ""
    row = next(r for r in staff_rows(practice, people(practice)) if r.absence)
    assert row.absence.startswith("Away since ")
    assert row.absence.endswith("Parental leave")


def test_a_row_says_role_week_and_what_comes(practice: Organisation) -> None:
    post = PostFactory(
        organisation=practice,
        role="salaried",
        person__name="Dr Ada Birch",
        person__registration="GMC 1234567",
        contracted_minutes=1500,
    )
    start = today() + dt.timedelta(days=5)
    SessionCellFactory(pattern=SessionPatternFactory(post=post, ends_on=start), kind="cpd")
    SessionPatternFactory(post=post, starts_on=start)
    [row] = staff_rows(practice, people(practice))
    assert (row.name, row.role, row.since) == ("Dr Ada Birch", "Salaried GP", "Since 1 April 2020")
    assert (row.contract, row.registration) == ("Contract: 25 hours a week", "GMC 1234567")
    assert row.week == "1 session, 4 hours 10 minutes, 0.11 FTE"
    assert row.kinds == "Other work 4 hours 10 minutes"
    assert row.coming[0].startswith(f"From {start.day} {start:%B %Y}: 0 sessions")
    assert (row.confirm_url, bool(row.end_url)) == ("", True)


def test_a_draft_leaves_no_trace(practice: Organisation) -> None:
    post = PostFactory(organisation=practice)
    before = staff_rows(practice, people(practice))
    SessionCellFactory(pattern=DraftPatternFactory(post=post))
    assert staff_rows(practice, people(practice)) == before
    assert before[0].week == "No week told yet"


def test_what_can_be_done_with_a_post(practice: Organisation) -> None:
    SessionPatternFactory(post__organisation=practice, post__confirmed_on=None)
    [waiting] = staff_rows(practice, people(practice))
    assert waiting.confirm_url.endswith("/confirm/")
    ends_on = today() + dt.timedelta(days=30)
    leaving = PostFactory(organisation=practice, ends_on=ends_on, end_reason="moved")
    row = next(r for r in staff_rows(practice, people(practice)) if r.name == leaving.person.name)
    assert row.end_url == ""
    # The manager typed a last day, and reads that day.
    last = ends_on - dt.timedelta(days=1)
    assert f"; last day {last.day} {last:%B %Y} (" in row.since
