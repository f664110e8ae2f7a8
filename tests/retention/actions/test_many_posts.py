"""A roster's people, posts and weeks, written at once by the rules of one at a time."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from organisations.clock import today
from retention.actions.many_posts import (
    NewWeek,
    add_people,
    add_posts,
    add_weeks,
    change,
    standing_weeks,
)
from retention.models import Person, Post, SessionCell, SessionPattern
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import PersonFactory, PostFactory, SessionPatternFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MONDAY = {(0, "am"): ("clinical", 250)}


def test_people_get_a_subject_each() -> None:
    people = [Person(name=f"Ann {n}", profession="gp") for n in range(3)]
    add_people(people)
    assert len(set(Person.objects.values_list("subject", flat=True))) == 3


@pytest.mark.parametrize("wrong", [{"name": "x" * 121}, {"profession": "wizard"}])
def test_a_wrong_person_is_refused_and_nobody_is_stored(wrong: dict[str, str]) -> None:
    people = [Person(name="Ann", profession="gp"), Person(**{"name": "Bob", **wrong})]
    with pytest.raises(ValidationError):
        add_people(people)
    assert not Person.objects.exists()


def test_a_second_open_post_of_a_role_is_refused() -> None:
    held = PostFactory()
    twice = Post(
        person=held.person, organisation=held.organisation, role=held.role, starts_on=today()
    )
    with pytest.raises(IntegrityError):
        add_posts([twice])


def test_a_post_is_checked_before_it_is_stored() -> None:
    post = Post(person=PersonFactory(), organisation=PracticeFactory(), role="wizard")
    with pytest.raises(ValidationError):
        add_posts([post])


def test_only_the_named_fields_are_written() -> None:
    post = PostFactory(staff_reference="7")
    post.role, post.staff_reference = "salaried", "8"
    change([post], ["role"])
    post.refresh_from_db()
    assert (post.role, post.staff_reference) == ("salaried", "7")


def test_a_changed_field_is_checked() -> None:
    post = PostFactory()
    post.session_minutes = 5
    with pytest.raises(ValidationError):
        change([post], ["session_minutes"])


def test_a_new_week_ends_the_one_before_on_the_day_it_begins() -> None:
    before = SessionPatternFactory(told_at="2026-01-01T00:00Z", starts_on=today() - 9 * DAY)
    (made,) = add_weeks([NewWeek(before.post, MONDAY, today())])
    before.refresh_from_db()
    assert (before.ends_on, made.ends_on, made.told_by_practice) == (today(), None, True)
    assert SessionCell.objects.filter(pattern=made).count() == 1


def test_a_draft_and_a_week_that_is_over_are_in_nobodys_way() -> None:
    over = SessionPatternFactory(
        told_at="2026-01-01T00:00Z", starts_on=today() - 9 * DAY, ends_on=today() - DAY
    )
    SessionPattern.objects.create(post=over.post)
    assert not standing_weeks([NewWeek(over.post, MONDAY, today())]).exists()
    assert not standing_weeks([]).exists()
