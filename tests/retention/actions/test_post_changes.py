"""A person's own word on a post: private until it is told, and undone until the day."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.actor import Actor
from accounts.models.audit_event import OWN_PAGE_ACTS, Act, AuditEvent
from accounts.retention_periods import purge_expired
from organisations.clock import today
from retention.actions.absences import end_absence, record_absence
from retention.actions.life_events import merge_practices
from retention.actions.plans import save_plan, share_plan
from retention.actions.post_changes import (
    STALE,
    Statement,
    drop_change,
    state_change,
    tell_change,
    undo_change,
)
from retention.actions.post_snapshots import MOVED_ON, snapshot
from retention.actions.posts import confirm_post, end_post
from retention.actions.session_patterns import save_draft, tell_practice
from retention.models import Absence, PlanShare, Post, PostChange, SessionPattern
from retention.models.absence import AbsenceReason
from retention.models.post import EndReason
from retention.models.post_change import ENDS, LEAVES, Change
from retention.queries.plans import PlanContent
from retention.queries.posts import practice_posts, visible_posts
from tests.factories.accounts import RecognitionFactory, actor
from tests.factories.organisations import PracticeFactory, area_of_one_practice
from tests.factories.retention import (
    AbsenceFactory,
    PostChangeFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return PostFactory(person=RegisteredPersonFactory())


@pytest.fixture
def me(post: Post) -> Actor:
    return actor("clinician", post.organisation, user=post.person.user)


@pytest.fixture
def manager(post: Post) -> Actor:
    return actor("practice_manager", post.organisation)


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def state(by: Actor, post: Post, change: str, days: int, back: int | None = None) -> PostChange:
    back_on = None if back is None else in_days(back)
    statement = Statement(change, in_days(days), back_on)
    return state_change(by=by, post=post, statement=statement, version=0)


def tell(by: Actor, post: Post, change: str, days: int, back: int | None = None) -> PostChange:
    state(by, post, change, days, back)
    told = tell_change(by=by, post=post, version=1)
    post.refresh_from_db()
    return told


def test_each_change_is_an_end_a_leave_or_a_return_with_the_practices_reason_codes() -> None:
    assert {*ENDS, *LEAVES, Change.BACK} == set(Change)
    assert {change.value for change in LEAVES} == set(AbsenceReason.values)
    given = {"died", "practice_merged", "practice_closed"}
    assert {change.value for change in ENDS} == set(EndReason.values) - given


def test_a_draft_changes_nothing_and_is_nobody_elses_to_hear_of(post: Post, me: Actor) -> None:
    before = (snapshot(post), list(visible_posts(post.organisation)))
    state(me, post, "retired", 30)
    post.refresh_from_db()
    assert (snapshot(post), list(visible_posts(post.organisation))) == before
    assert (post.ends_on, post.end_reason) == (None, "")
    event = AuditEvent.objects.get()
    assert event.act == Act.STATED_CHANGE
    assert {Act.STATED_CHANGE, Act.TOLD_CHANGE} <= OWN_PAGE_ACTS


@pytest.mark.parametrize("change", sorted(ENDS))
def test_telling_an_end_ends_the_post_for_its_practice(
    post: Post, me: Actor, manager: Actor, change: str
) -> None:
    SessionPatternFactory(post=post)
    told = tell(me, post, change, 30)
    assert (post.ends_on, post.end_reason) == (in_days(30), change)
    assert SessionPattern.objects.get().ends_on == in_days(30)
    assert told.told_at is not None
    (seen,) = practice_posts(manager, post.organisation, today())
    assert seen.post.ends_on == in_days(30)
    assert practice_posts(manager, post.organisation, in_days(30)) == []
    acts = AuditEvent.objects.filter(subject=post.person.subject_id, actor=me.subject_id)
    assert Act.TOLD_CHANGE in acts.values_list("act", flat=True)


def test_telling_an_end_ends_shares_of_the_plan_and_undoing_brings_them_back() -> None:
    area = area_of_one_practice()
    post = PostFactory(person=RegisteredPersonFactory(), organisation=area["practice"])
    RecognitionFactory(user=post.person.user, hub=area["hub"], state="recognised")
    me = actor("clinician", area["practice"], user=post.person.user)
    save_plan(by=me, content=PlanContent(retire_year=None, wishes=()), version=0)
    share_plan(by=me, recipient=area["hub"])
    until = PlanShare.objects.get().ends_on
    told = tell(me, post, "retired", 30)
    assert PlanShare.objects.get().ends_on == in_days(30)
    undo_change(by=me, change=told)
    assert PlanShare.objects.get().ends_on == until


def test_undoing_before_the_day_puts_post_weeks_draft_and_leave_back(post: Post, me: Actor) -> None:
    standing = SessionPatternFactory(post=post, ends_on=in_days(90))
    SessionPatternFactory(post=post, starts_on=in_days(90))
    SessionCellFactory(pattern=standing)
    AbsenceFactory(post=post, starts_on=in_days(10), ends_on=in_days(60))
    AbsenceFactory(post=post, starts_on=in_days(100))
    save_draft(by=me, post=post, week={(0, "am"): ("clinical", 250)}, version=0)
    before = snapshot(post)
    told = tell(me, post, "left", 30)
    assert snapshot(post) != before
    assert Absence.objects.count() == 1
    undo_change(by=me, change=told)
    post.refresh_from_db()
    assert snapshot(post) == before
    assert (post.ends_on, post.end_reason) == (None, "")
    assert SessionPattern.objects.filter(told_at__isnull=True).count() == 1
    told.refresh_from_db()
    assert told.undone_at is not None
    assert told.before == {}


def test_a_week_told_between_telling_and_undoing_stands(post: Post, me: Actor) -> None:
    old = SessionPatternFactory(post=post)
    told = tell(me, post, "left", 30)
    save_draft(by=me, post=post, week={(0, "am"): ("clinical", 250)}, version=0)
    new = tell_practice(by=me, post=post, version=1, starts_on=in_days(5), shows_mentoring=False)
    assert new.ends_on == in_days(30)
    undo_change(by=me, change=told)
    ends = SessionPattern.objects.in_bulk()
    assert (ends[old.pk].ends_on, ends[new.pk].ends_on) == (in_days(5), None)


def test_on_the_day_it_cannot_be_undone_any_more(post: Post, me: Actor) -> None:
    told = tell(me, post, "retired", 30)
    with time_machine.travel(dt.datetime.combine(in_days(30), dt.time(12), dt.UTC)):
        with pytest.raises(ValidationError, match="day has come"):
            undo_change(by=me, change=told)


def test_undoing_twice_is_refused_and_so_is_what_the_practice_changed_since(
    post: Post, me: Actor, manager: Actor
) -> None:
    told = tell(me, post, "retired", 30)
    undo_change(by=me, change=told)
    with pytest.raises(ValidationError, match="undone already"):
        undo_change(by=me, change=told)
    post.refresh_from_db()
    again = tell(me, post, "retired", 40)
    Post.objects.filter(pk=post.pk).update(ends_on=in_days(20))
    with pytest.raises(ValidationError, match=MOVED_ON):
        undo_change(by=me, change=again)


@pytest.mark.parametrize("change", ["added", "ended", "deleted"])
def test_leave_that_the_practice_changed_since_is_not_lost_by_undoing(
    post: Post, me: Actor, manager: Actor, change: str
) -> None:
    kept = AbsenceFactory(post=post, starts_on=in_days(2), ends_on=in_days(20))
    told = tell(me, post, "retired", 40)
    if change == "added":
        record_absence(
            by=manager, post=post, starts_on=in_days(25), reason=AbsenceReason.CAREER_BREAK
        )
    elif change == "ended":
        end_absence(by=manager, absence=kept, ends_on=in_days(10))
    else:
        kept.delete()
    before = snapshot(post)
    with pytest.raises(ValidationError, match=MOVED_ON):
        undo_change(by=me, change=told)
    post.refresh_from_db()
    assert (snapshot(post), post.end_reason) == (before, "retired")


def test_leave_is_told_with_or_without_a_day_back_and_undone(post: Post, me: Actor) -> None:
    told = tell(me, post, "parental", 30, 200)
    leave = Absence.objects.get()
    assert (leave.starts_on, leave.ends_on, leave.reason) == (in_days(30), in_days(200), "parental")
    assert post.ends_on is None
    undo_change(by=me, change=told)
    assert not Absence.objects.exists()
    tell(me, post, "career_break", 30)
    assert Absence.objects.get().ends_on is None


def test_undoing_a_leave_that_the_practice_has_changed_is_refused(post: Post, me: Actor) -> None:
    told = tell(me, post, "parental", 30, 200)
    Absence.objects.update(ends_on=in_days(100))
    with pytest.raises(ValidationError, match=MOVED_ON):
        undo_change(by=me, change=told)
    assert Absence.objects.exists()


def test_coming_back_from_leave_ends_it_and_can_be_undone(
    post: Post, me: Actor, manager: Actor
) -> None:
    record_absence(by=manager, post=post, starts_on=in_days(-100), reason="parental")
    told = tell(me, post, "back", 10)
    assert Absence.objects.get().ends_on == in_days(10)
    undo_change(by=me, change=told)
    assert Absence.objects.get().ends_on is None


def test_a_leave_called_off_before_it_began_is_gone_and_comes_back_when_undone(
    post: Post, me: Actor, manager: Actor
) -> None:
    record_absence(by=manager, post=post, starts_on=in_days(10), reason="parental")
    told = tell(me, post, "back", 10)
    assert not Absence.objects.exists()
    undo_change(by=me, change=told)
    assert Absence.objects.get().starts_on == in_days(10)


def test_nobody_is_back_before_they_went(post: Post, me: Actor) -> None:
    AbsenceFactory(post=post, starts_on=in_days(10))
    state(me, post, "back", 5)
    with pytest.raises(ValidationError, match="first day away"):
        tell_change(by=me, post=post, version=1)
    assert PostChange.objects.get().told_at is None


def test_a_return_begins_a_post_like_the_old_one_which_the_practice_sees_and_confirms(
    me: Actor, post: Post, manager: Actor
) -> None:
    SessionPatternFactory(post=post)
    end_post(by=manager, post=post, ends_on=in_days(-30), reason="retired")
    post.refresh_from_db()
    told = tell(me, post, "back", 0)
    assert told.made is not None
    assert (told.made.role, told.made.starts_on) == (post.role, today())
    assert told.made.confirmed_on is None
    (seen,) = practice_posts(manager, post.organisation, today())
    assert (seen.post, seen.current) == (told.made, None)
    # The history stays, with the post that ended.
    assert post.ends_on == in_days(-30)
    confirm_post(by=manager, post=told.made)
    assert Post.objects.as_at(today()).count() == 1


def test_a_return_is_undone_until_the_day_unless_it_is_confirmed(
    me: Actor, post: Post, manager: Actor
) -> None:
    end_post(by=manager, post=post, ends_on=in_days(-30), reason="retired")
    post.refresh_from_db()
    undo_change(by=me, change=tell(me, post, "back", 10))
    assert Post.objects.count() == 1
    told = tell(me, post, "back", 10)
    assert told.made is not None
    confirm_post(by=manager, post=told.made)
    with pytest.raises(ValidationError, match="confirmed your return"):
        undo_change(by=me, change=told)


def test_nobody_returns_to_a_practice_that_closed(me: Actor, post: Post, manager: Actor) -> None:
    end_post(by=manager, post=post, ends_on=in_days(-30), reason="retired")
    post.refresh_from_db()
    post.organisation.ends_on = in_days(-1)
    post.organisation.save()
    state(me, post, "back", 0)
    with pytest.raises(ValidationError, match="not open any more"):
        tell_change(by=me, post=post, version=1)


@pytest.mark.parametrize(
    ("change", "days", "back", "named"),
    [
        ("back", 10, None, "fits this post"),
        ("died", 10, None, "fits this post"),
        ("sick", 10, None, "fits this post"),
        ("retired", -400, None, "Choose a day"),
        ("retired", 900, None, "Choose a day"),
        ("retired", 10, 20, "goes with a leave"),
        ("parental", 10, 10, "after the first day away"),
    ],
)
def test_what_does_not_fit_is_refused(
    post: Post, me: Actor, change: str, days: int, back: int | None, named: str
) -> None:
    with pytest.raises(ValidationError, match=named):
        state(me, post, change, days, back)
    assert not PostChange.objects.exists()


def test_a_post_ends_once(post: Post, me: Actor) -> None:
    tell(me, post, "retired", 30)
    with pytest.raises(ValidationError, match="fits this post"):
        state(me, post, "moved", 20)
    # But who leaves in spring may be away before.
    tell(me, post, "parental", 5, 20)
    assert Absence.objects.count() == 1


def test_what_a_practice_does_not_know_of_is_taken_back_not_ended(me: Actor, post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(confirmed_on=None)
    with pytest.raises(ValidationError, match="does not know of this post"):
        state(me, post, "retired", 30)


def test_of_two_windows_the_second_is_told(post: Post, me: Actor) -> None:
    state(me, post, "retired", 30)
    with pytest.raises(ValidationError, match=STALE):
        state(me, post, "moved", 30)
    later = Statement("moved", in_days(40))
    assert state_change(by=me, post=post, statement=later, version=1).version == 2
    with pytest.raises(ValidationError, match=STALE):
        tell_change(by=me, post=post, version=1)
    tell_change(by=me, post=post, version=2)
    with pytest.raises(ValidationError, match=STALE):
        tell_change(by=me, post=post, version=2)


def test_a_draft_can_be_deleted_and_goes_when_the_practice_ends_the_post(
    post: Post, me: Actor, manager: Actor
) -> None:
    state(me, post, "retired", 30)
    drop_change(by=me, post=post)
    drop_change(by=me, post=post)
    assert AuditEvent.objects.filter(why="Deleted").count() == 1
    state(me, post, "retired", 30)
    end_post(by=manager, post=post, ends_on=in_days(1), reason="moved")
    assert not PostChange.objects.exists()


@pytest.mark.parametrize("role", ["practice_manager", "clinician", "hub_administrator"])
def test_nobody_else_states_tells_or_undoes(post: Post, role: str) -> None:
    other = actor(role, post.organisation)
    held = PostChangeFactory(post=post)
    with pytest.raises(Http404):
        state(other, post, "retired", 30)
    with pytest.raises(Http404):
        tell_change(by=other, post=post, version=1)
    with pytest.raises(Http404):
        undo_change(by=other, change=held)
    with pytest.raises(Http404):
        drop_change(by=other, post=post)


def test_once_the_day_has_come_drafts_of_the_week_and_the_way_back_are_forgotten(
    post: Post, me: Actor
) -> None:
    save_draft(by=me, post=post, week={(0, "am"): ("clinical", 250)}, version=0)
    told = tell(me, post, "retired", 30)
    kind = "drafts of ended posts, and undone changes"
    assert purge_expired()[kind] == 0
    with time_machine.travel(dt.datetime.combine(in_days(31), dt.time(12), dt.UTC)):
        assert purge_expired()[kind] > 0
    told.refresh_from_db()
    assert (told.before, SessionPattern.objects.count()) == ({}, 0)


def test_a_draft_moves_with_its_post_when_practices_merge(post: Post, me: Actor) -> None:
    into = PracticeFactory()
    state(me, post, "retired", 90)
    merge_practices(
        by=Actor.command("life_event"), from_=post.organisation, into=into, on=in_days(5)
    )
    assert PostChange.objects.get().post.organisation == into
