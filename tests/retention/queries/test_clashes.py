"""The same half-day twice: found in told weeks and drafts, told to the person alone."""

import datetime as dt

import pytest
from django.http import Http404

from organisations.clock import today
from retention.models import Person, Post, SessionPattern
from retention.queries.clashes import Clash, Held, clashes_with, find_clashes, own_clashes
from retention.queries.patterns import Shape
from tests.factories.accounts import actor
from tests.factories.retention import (
    DraftPatternFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

MONDAY = {(0, "am"): ("clinical", 250)}
TUESDAY = {(1, "am"): ("clinical", 250)}
A_MONDAY = dt.date(2026, 4, 6)


def held(shape: Shape, weeks_later: int | None = 0) -> Held:
    start = None if weeks_later is None else A_MONDAY + dt.timedelta(weeks=weeks_later)
    return Held(Post(), shape, start)


@pytest.mark.parametrize(
    ("one", "other", "every_week"),
    [
        (Shape(MONDAY), Shape(MONDAY), [True]),
        (Shape(MONDAY), Shape(TUESDAY), []),
        (Shape(MONDAY), Shape(MONDAY, TUESDAY), [False]),
        (Shape(MONDAY, MONDAY), Shape(MONDAY), [True]),
        (Shape(MONDAY, {}), Shape(MONDAY, {}), [False]),
        (Shape(MONDAY, {}), Shape({}, MONDAY), []),
        (Shape(MONDAY), Shape({}), []),
    ],
)
def test_weeks_that_start_together_meet(one: Shape, other: Shape, every_week: list[bool]) -> None:
    found = find_clashes([held(one), held(other)])
    assert [clash.every_week for clash in found] == every_week


@pytest.mark.parametrize(("weeks", "meets"), [(0, True), (1, False), (2, True), (None, True)])
def test_weeks_in_turn_meet_by_when_each_began(weeks: int | None, meets: bool) -> None:
    """A draft has no start yet: its weeks may come together with either of the other's."""
    shape = Shape(MONDAY, {})
    assert bool(find_clashes([held(shape), held(shape, weeks)])) == meets


def test_three_posts_on_a_half_day_are_three_clashes() -> None:
    assert len(find_clashes([held(Shape(MONDAY))] * 3)) == 3


@pytest.fixture
def person(db: None) -> Person:
    return RegisteredPersonFactory()


def told(post: Post, weekday: int = 0, **fields: object) -> SessionPattern:
    pattern: SessionPattern = SessionPatternFactory(post=post, **fields)
    SessionCellFactory(pattern=pattern, weekday=weekday)
    return pattern


def test_a_person_is_told_of_both_posts(person: Person) -> None:
    first, second = (PostFactory(person=person) for _ in range(2))
    told(first)
    told(second)
    assert own_clashes(actor(user=person.user)) == [Clash((0, "am"), first, second, True)]


def test_a_draft_stands_for_its_post_and_a_replaced_week_for_nothing(person: Person) -> None:
    first, second = (PostFactory(person=person) for _ in range(2))
    told(first)
    told(second, weekday=1, ends_on=today())
    told(second, starts_on=today(), ends_on=today())
    told(second, weekday=2, starts_on=today())
    me = actor(user=person.user)
    assert own_clashes(me) == []
    SessionCellFactory(pattern=DraftPatternFactory(post=second, starts_on=None))
    assert [clash.half_day for clash in own_clashes(me)] == [(0, "am")]


def test_a_post_that_ended_and_another_person_clash_with_nobody(person: Person) -> None:
    told(PostFactory(person=person))
    told(PostFactory(person=person, ends_on=today(), end_reason="moved"))
    told(PostFactory())
    assert own_clashes(actor(user=person.user)) == []


def test_who_moves_from_one_post_to_the_next_is_in_one_place_at_a_time(person: Person) -> None:
    """The last day of the one is the day before the first of the other."""
    day = today() + dt.timedelta(days=30)
    old = PostFactory(person=person, ends_on=day)
    new = PostFactory(person=person, starts_on=day)
    me = actor(user=person.user)
    told(old, ends_on=day)
    draft = DraftPatternFactory(post=new, starts_on=None)
    SessionCellFactory(pattern=draft)
    assert own_clashes(me) == []
    assert clashes_with(me, old, Shape(MONDAY)) == clashes_with(me, new, Shape(MONDAY)) == []
    Post.objects.filter(pk=new.pk).update(starts_on=day - dt.timedelta(days=1))
    assert len(own_clashes(me)) == 1


def test_a_week_told_for_after_another_post_ends_meets_it_never(person: Person) -> None:
    day = today() + dt.timedelta(days=30)
    old, staying = PostFactory(person=person, ends_on=day), PostFactory(person=person)
    told(old, ends_on=day)
    told(staying, weekday=1, ends_on=day)
    told(staying, starts_on=day)
    assert own_clashes(actor(user=person.user)) == []


def test_what_is_typed_is_compared_with_the_other_posts_alone(person: Person) -> None:
    mine, other = (PostFactory(person=person) for _ in range(2))
    told(mine, weekday=1)
    told(other)
    me = actor(user=person.user)
    assert clashes_with(me, mine, Shape(TUESDAY)) == []
    [clash] = clashes_with(me, mine, Shape(MONDAY))
    assert (clash.first, clash.second) == (mine, other)


def test_nobody_else_can_ask(person: Person) -> None:
    post = PostFactory(person=person)
    for stranger in (actor(), actor("practice_manager", post.organisation)):
        with pytest.raises(Http404):
            clashes_with(stranger, post, Shape(MONDAY))
