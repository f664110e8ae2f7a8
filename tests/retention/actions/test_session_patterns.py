"""Drafts are private and lose nothing; telling a practice starts a pattern and keeps history."""

import datetime as dt
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404

from accounts.actor import Actor
from accounts.models.audit_event import Act, AuditEvent
from organisations.clock import today
from retention.actions.session_patterns import delete_draft, save_draft, tell_practice
from retention.models import Post, SessionCell, SessionPattern
from retention.queries.patterns import (
    Shape,
    Terms,
    current_pattern,
    draft_of,
    shape_of,
)
from tests.factories.accounts import actor
from tests.factories.retention import (
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
WEEK = {(0, "am"): ("clinical", 250), (2, "pm"): ("mentoring", 120)}
OTHER_WEEK = {(4, "eve"): ("admin", 60)}


@pytest.fixture
def post() -> Post:
    return PostFactory(person=RegisteredPersonFactory())


@pytest.fixture
def me(post: Post) -> Actor:
    return actor(user=post.person.user)


def days_on(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def tell(me: Actor, post: Post, starts_on: dt.date, version: int = 1) -> SessionPattern:
    return tell_practice(
        by=me, post=post, version=version, starts_on=starts_on, shows_mentoring=False
    )


def test_a_draft_is_saved_and_saved_over(post: Post, me: Actor) -> None:
    first = save_draft(by=me, post=post, week=WEEK, version=0)
    assert (first.version, shape_of(draft_of(post)).week) == (1, WEEK)
    second = save_draft(by=me, post=post, week=OTHER_WEEK, version=1)
    assert (second.pk, second.version) == (first.pk, 2)
    assert shape_of(draft_of(post)).week == OTHER_WEEK
    assert AuditEvent.objects.filter(act=Act.SAVED_DRAFT, subject=me.subject_id).count() == 2


@pytest.mark.parametrize("seen", [0, 1, 7])
def test_the_second_of_two_windows_is_told_and_overwrites_nothing(
    post: Post, me: Actor, seen: int
) -> None:
    save_draft(by=me, post=post, week=WEEK, version=0)
    save_draft(by=me, post=post, week=WEEK, version=1)
    with pytest.raises(ValidationError, match="another window"):
        save_draft(by=me, post=post, week=OTHER_WEEK, version=seen)
    assert shape_of(draft_of(post)).week == WEEK


def test_a_window_left_open_cannot_bring_a_told_draft_back(post: Post, me: Actor) -> None:
    save_draft(by=me, post=post, week=WEEK, version=0)
    tell(me, post, today())
    with pytest.raises(ValidationError, match="another window"):
        save_draft(by=me, post=post, week=OTHER_WEEK, version=1)
    assert draft_of(post) is None


def test_killed_between_two_half_days_nothing_is_lost(post: Post, me: Actor) -> None:
    save_draft(by=me, post=post, week=WEEK, version=0)
    with patch.object(SessionCell.objects, "bulk_create", side_effect=KeyboardInterrupt):
        with pytest.raises(KeyboardInterrupt):
            save_draft(by=me, post=post, week=OTHER_WEEK, version=1)
    draft = draft_of(post)
    assert draft is not None
    assert (draft.version, shape_of(draft).week) == (1, WEEK)


@pytest.mark.parametrize(
    "half_day",
    [
        {(6, "am"): ("clinical", 250)},
        {(0, "noon"): ("clinical", 250)},
        {(0, "am"): ("golf", 250)},
        {(0, "am"): ("clinical", -5)},
    ],
)
def test_a_half_day_outside_the_week_is_refused_whatever_the_door(
    post: Post, me: Actor, half_day: dict[tuple[int, str], tuple[str, int]]
) -> None:
    with pytest.raises(ValidationError):
        save_draft(by=me, post=post, week=half_day, version=0)
    assert not SessionPattern.objects.exists()


def test_what_is_not_yours_does_not_exist(post: Post) -> None:
    for stranger in (actor(), actor("practice_manager", post.organisation), Actor.command("x")):
        with pytest.raises(Http404):
            save_draft(by=stranger, post=post, week=WEEK, version=0)
        with pytest.raises(Http404):
            delete_draft(by=stranger, post=post)
        with pytest.raises(Http404):
            tell(stranger, post, today())


def test_an_ended_post_takes_no_week(post: Post, me: Actor) -> None:
    post.ends_on = today()
    post.save()
    with pytest.raises(ValidationError, match="has ended"):
        save_draft(by=me, post=post, week=WEEK, version=0)


def test_telling_starts_a_pattern_and_ends_the_one_before(post: Post, me: Actor) -> None:
    before = SessionPatternFactory(post=post)
    SessionCellFactory(pattern=before)
    save_draft(by=me, post=post, week=WEEK, version=0)
    told = tell(me, post, days_on(14))
    before.refresh_from_db()
    assert (before.ends_on, told.starts_on, told.ends_on) == (days_on(14), days_on(14), None)
    assert told.told_at is not None
    assert current_pattern(post, today()) == before
    assert current_pattern(post, days_on(14)) == told
    assert shape_of(before).week == {(0, "am"): ("clinical", 250)}
    event = AuditEvent.objects.get(act=Act.TOLD_PATTERN)
    assert event.thing == f"post:{post.public_id}"


def test_a_week_told_for_later_gives_way_to_one_told_for_sooner(post: Post, me: Actor) -> None:
    SessionPatternFactory(post=post)
    save_draft(by=me, post=post, week=WEEK, version=0)
    later = tell(me, post, days_on(60))
    save_draft(by=me, post=post, week=OTHER_WEEK, version=0)
    sooner = tell(me, post, days_on(30))
    later.refresh_from_db()
    # It never began: its period is empty.
    assert later.ends_on == later.starts_on == days_on(60)
    assert current_pattern(post, days_on(90)) == sooner


def test_the_pattern_in_force_can_be_put_right_from_its_own_first_day(
    post: Post, me: Actor
) -> None:
    before = SessionPatternFactory(post=post, starts_on=days_on(-10))
    save_draft(by=me, post=post, week=WEEK, version=0)
    told = tell(me, post, days_on(-10))
    before.refresh_from_db()
    assert before.ends_on == before.starts_on
    assert current_pattern(post, today()) == told


def test_history_cannot_be_rewritten_nor_a_slip_of_the_year_told(post: Post, me: Actor) -> None:
    SessionPatternFactory(post=post, starts_on=days_on(-10))
    save_draft(by=me, post=post, week=WEEK, version=0)
    for wrong in (days_on(-11), days_on(800), dt.date(2206, 4, 1)):
        with pytest.raises(ValidationError) as problem:
            tell(me, post, wrong)
        assert "Choose a date from" in problem.value.message_dict["starts_on"][0]
    assert SessionPattern.objects.get(told_at__isnull=False).ends_on is None


def test_a_pattern_ends_with_a_post_that_is_known_to_end(post: Post, me: Actor) -> None:
    Post.objects.update(ends_on=days_on(90))
    post.refresh_from_db()
    save_draft(by=me, post=post, week=WEEK, version=0)
    with pytest.raises(ValidationError):
        tell(me, post, days_on(90))
    assert tell(me, post, days_on(89)).ends_on == days_on(90)


def test_telling_twice_tells_once(post: Post, me: Actor) -> None:
    save_draft(by=me, post=post, week=WEEK, version=0)
    told = tell(me, post, today())
    with pytest.raises(ValidationError, match="told to your practice already"):
        tell(me, post, today())
    told.refresh_from_db()
    assert told.ends_on is None
    assert AuditEvent.objects.filter(act=Act.TOLD_PATTERN).count() == 1


def test_a_week_is_told_only_as_it_was_seen(post: Post, me: Actor) -> None:
    current = SessionPatternFactory(post=post)
    save_draft(by=me, post=post, week=WEEK, version=0)
    save_draft(by=me, post=post, week=OTHER_WEEK, version=1)
    with pytest.raises(ValidationError, match="Look at the week below again"):
        tell(me, post, today(), version=1)
    current.refresh_from_db()
    assert current.ends_on is None


def test_killed_while_telling_the_old_pattern_still_holds(post: Post, me: Actor) -> None:
    current = SessionPatternFactory(post=post)
    save_draft(by=me, post=post, week=WEEK, version=0)
    with patch("retention.actions.session_patterns.audit.record", side_effect=KeyboardInterrupt):
        with pytest.raises(KeyboardInterrupt):
            tell(me, post, today())
    current.refresh_from_db()
    assert current.ends_on is None
    assert draft_of(post) is not None


def test_deleting_a_draft_keeps_what_was_told(post: Post, me: Actor) -> None:
    told = SessionPatternFactory(post=post)
    save_draft(by=me, post=post, week=WEEK, version=0)
    delete_draft(by=me, post=post)
    delete_draft(by=me, post=post)
    assert list(SessionPattern.objects.all()) == [told]
    assert AuditEvent.objects.filter(why="Deleted").count() == 1


def test_no_pattern_overlaps_another_after_any_telling(post: Post, me: Actor) -> None:
    for days in (30, 10, 50, 10, 0, 40):
        save_draft(by=me, post=post, week=WEEK, version=0)
        tell(me, post, days_on(days))
    held = SessionPattern.objects.exclude(ends_on=F("starts_on")).order_by("starts_on")
    periods = list(held.values_list("starts_on", "ends_on"))
    assert periods == [(days_on(0), days_on(40)), (days_on(40), None)]


def test_a_told_week_does_not_say_how_often_its_draft_was_saved(post: Post, me: Actor) -> None:
    for version in range(3):
        save_draft(by=me, post=post, week=WEEK, version=version)
    assert tell(me, post, today(), version=3).version == 1


def test_two_weeks_in_turn_and_terms_are_saved_told_and_saved_away(post: Post, me: Actor) -> None:
    terms = Terms("annualised", 44, Decimal(312), 2700)
    save_draft(by=me, post=post, week=WEEK, week_b=OTHER_WEEK, terms=terms, version=0)
    assert shape_of(draft_of(post)) == Shape(WEEK, OTHER_WEEK, terms)
    told = tell(me, post, today())
    assert shape_of(told) == Shape(WEEK, OTHER_WEEK, terms)
    save_draft(by=me, post=post, week=WEEK, version=0)
    assert shape_of(draft_of(post)) == Shape(WEEK)


@pytest.mark.parametrize(
    "terms",
    [
        Terms("term_time"),
        Terms("term_time", 53),
        Terms("term_time", 39, Decimal(9)),
        Terms("annualised", 44),
        Terms("annualised", 44, Decimal(0)),
        Terms("annualised", None, Decimal(312)),
        Terms("all_year", 52),
        Terms("all_year", None, None, 6001),
        Terms("sometimes"),
    ],
)
def test_terms_that_make_no_sense_are_refused_whatever_the_door(
    post: Post, me: Actor, terms: Terms
) -> None:
    with pytest.raises(ValidationError):
        save_draft(by=me, post=post, week=WEEK, terms=terms, version=0)
    assert not SessionPattern.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"basis": "term_time"}, {"rhythm": "thrice"}, {"sessions_a_year": 9}]
)
def test_the_database_refuses_them_too(post: Post, wrong: dict[str, object]) -> None:
    pattern = SessionPatternFactory(post=post)
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionPattern.objects.filter(pk=pattern.pk).update(**wrong)
