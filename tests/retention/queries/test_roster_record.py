"""Whom a practice's rosters know, and by what: its own people alone."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.clock import today
from organisations.models import Organisation
from retention.models import Person, Post, SessionCell
from retention.queries.posts import STAYS_SELECTABLE
from retention.queries.roster_basis import read_basis
from retention.queries.roster_record import PracticeRecord, name_key, record_of
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import (
    PersonFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def practice() -> Organisation:
    return PracticeFactory()


def record(practice: Organisation) -> PracticeRecord:
    return record_of(practice, read_basis(practice, []), today())


def test_people_are_known_by_number_reference_and_name(practice: Organisation) -> None:
    ann = PersonFactory(name="Dr Ann Able", registration="GMC 1234567")
    first = PostFactory(organisation=practice, person=ann, staff_reference="E-1")
    second = PostFactory(organisation=practice, person=ann, role="locum")
    found = record(practice)
    assert found.by_registration == {"GMC 1234567": [ann]}
    assert found.by_reference == {"e-1": ann}
    assert found.by_name == {"ann able": [ann]}
    assert set(found.visible) == {first, second}
    # One object for both posts: a row that changes the person changes both.
    assert found.visible[0].person is found.visible[1].person


def test_records_are_those_of_the_database_field_by_field(practice: Organisation) -> None:
    """The load watches them and writes them back: a field that was lost would be emptied."""
    PostFactory(organisation=practice, contracted_minutes=1500, told_on=today())
    [post] = record(practice).visible
    for read in (post, post.person):
        stored = type(read)._default_manager.get(pk=read.pk)
        for field in read._meta.concrete_fields:
            assert getattr(read, field.attname) == getattr(stored, field.attname), field.name
        assert not read._state.adding


def test_nobody_of_another_practice_is_known(practice: Organisation) -> None:
    PostFactory(person__registration="GMC 1234567", staff_reference="E-1")
    found = record(practice)
    assert (found.by_registration, found.by_reference, found.by_name) == ({}, {}, {})
    assert (found.claimed, found.elsewhere) == ({}, frozenset())


def test_a_claim_is_known_by_its_number_and_nowhere_else(practice: Organisation) -> None:
    zoe = RegisteredPersonFactory(registration="GMC 7777777")
    claim = PostFactory(organisation=practice, person=zoe, confirmed_on=None)
    found = record(practice)
    assert (found.claimed, found.hidden) == ({"GMC 7777777": zoe}, {claim.pk})
    assert (found.by_registration, found.by_name, found.visible) == ({}, {}, [])
    # Told a week, the practice sees the post and knows its person.
    SessionPatternFactory(post=claim)
    assert record(practice).by_registration == {"GMC 7777777": [zoe]}


@pytest.mark.parametrize(("days", "is_named"), [(0, False), (1, True)])
def test_who_left_long_ago_is_known_by_number_alone(
    practice: Organisation, days: int, is_named: bool
) -> None:
    ended = today() - STAYS_SELECTABLE + days * DAY
    PostFactory(
        organisation=practice,
        person=PersonFactory(name="Ann Able", registration="GMC 1234567"),
        starts_on=ended - 9 * DAY,
        ends_on=ended,
        end_reason="left",
    )
    found = record(practice)
    assert "GMC 1234567" in found.by_registration
    assert ("ann able" in found.by_name) is is_named


def test_a_practice_speaks_alone_for_who_has_no_account_and_no_other_post(
    practice: Organisation,
) -> None:
    alone, shared = (PostFactory(organisation=practice).person for _ in range(2))
    own = PostFactory(organisation=practice, person=RegisteredPersonFactory()).person
    PostFactory(person=shared)
    found = record(practice)
    people: tuple[Person, ...] = (alone, shared, own)
    assert [found.keeps_details_of(person) for person in people] == [True, False, False]


def test_of_a_posts_weeks_the_newest_that_held_counts(practice: Organisation) -> None:
    post: Post = PostFactory(organisation=practice)
    start = today() - 30 * DAY
    first = SessionPatternFactory(post=post, starts_on=start, ends_on=today())
    # Replaced before it began.
    SessionPatternFactory(post=post, starts_on=today(), ends_on=today())
    for kind, part in (("clinical", "am"), ("mentoring", "pm")):
        SessionCell.objects.create(pattern=first, weekday=0, part=part, kind=kind, minutes=250)
    told = record(practice).weeks[post.pk]
    assert told.starts_on == start
    # As the practice reads it: mentoring is other work.
    assert told.week[0, "am"] == ("clinical", 250)
    assert told.week[0, "pm"][0] != "mentoring"


def test_the_record_asks_the_database_nothing(practice: Organisation) -> None:
    PostFactory(organisation=practice)
    basis = read_basis(practice, [])
    with CaptureQueriesContext(connection) as queries:
        record_of(practice, basis, today())
    assert len(queries) == 0


@pytest.mark.parametrize("name", ["Dr. Ann  ABLE", "able, ann", "Ann Able, Dr"])
def test_titles_case_and_stops_tell_nobody_apart(name: str) -> None:
    assert sorted(name_key(name).split()) == ["able", "ann"]
