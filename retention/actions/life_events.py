"""A practice closes or merges, a person dies: what happens to posts, patterns and shares.

docs/life-events.md has the whole table; roles, switches and mail are `accounts`' part of it.
"""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404

from accounts import audit
from accounts.actions.place_changes import (
    authorise_change,
    carry_clinicians,
    close_account,
    close_place,
)
from accounts.actor import Actor
from accounts.models import User
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models import Organisation
from organisations.models.organisation import Kind
from retention.actions.change_notices import told_of_change
from retention.actions.moved_places import places_follow
from retention.actions.posts import end_what_hangs_on
from retention.models import Absence, Plan, Post, PostChange, SessionCell, SessionPattern
from retention.models.post import EndReason
from retention.models.session_pattern import Rhythm, WeekInTurn
from retention.queries.patterns import is_week_b

# A change is known some time before, and is recorded not long after.
FURTHEST = dt.timedelta(days=366)


@transaction.atomic
def close_practice(*, by: Actor, practice: Organisation, on: dt.date) -> int:
    """Close a practice from `on`, the first day without it; returns how many posts end.

    Raises ValidationError where it is no open practice, or the day is more than a year off.
    """
    check_change(by=by, practice=practice, into=None, on=on)
    _hold(practice)
    posts = _lasting_posts(practice, on)
    with told_of_change(practice, posts, on):
        for post in posts:
            _end(by, post, on, EndReason.PRACTICE_CLOSED)
        # A closing is often recorded late: months since that counted it are added up again.
        with places_follow():
            close_place(by=by, place=practice, on=on)
    return len(posts)


@transaction.atomic
def merge_practices(*, by: Actor, from_: Organisation, into: Organisation, on: dt.date) -> int:
    """Close `from_` on `on` and carry its people into `into`; returns how many posts move.

    Each post ends and one like it starts, with the week that was told, a draft and a leave that
    go on; who holds an equal post in `into` already keeps that one, as it is. Mentoring reads
    "other work" there until the person agrees anew. What `from_` shared is not carried: the holder
    of the contract of `into` decides.
    """
    check_change(by=by, practice=from_, into=into, on=on)
    _hold(from_, into)
    posts = _lasting_posts(from_, on)
    carried = _without_equal(posts, into)
    with told_of_change(from_, posts, on, into=into, carried=carried):
        for post in posts:
            if post.pk in carried:
                _carry_over(by, post, into, on)
            _end(by, post, on, EndReason.PRACTICE_MERGED)
        # Before the place closes, while there still are roles to carry.
        carry_clinicians(by=by, from_=from_, into=into, on=on)
        with places_follow():
            close_place(by=by, place=from_, on=on, successor=into)
    return len(posts)


def check_change(
    *, by: Actor, practice: Organisation, into: Organisation | None, on: dt.date
) -> None:
    """Raise what closing `practice` on `on`, or merging it into `into`, would raise."""
    if practice == into:
        raise ValidationError("A practice cannot merge into itself.")
    _check(by, practice, on)
    if into is not None:
        _check(by, into, on)


@transaction.atomic
def record_death(*, by: Actor, user: User, on: dt.date) -> None:
    """Record that a person has died: posts end, the plan and drafts go, the account closes."""
    # No role may: whoever runs the service records it, by a command.
    if not by.system:
        raise Http404
    if on > today():
        raise ValidationError("Give a day that is not in the future.")
    for post in _lasting(on).filter(person__user=user):
        _end(by, post, on, EndReason.DIED)
    # Its shares go with it, so no hub reads on.
    Plan.objects.filter(person__user=user).delete()
    close_account(by=by, user=user)


def _check(by: Actor, practice: Organisation, on: dt.date) -> None:
    authorise_change(by, practice)
    if practice.kind != Kind.PRACTICE or not practice.holds_on(today()):
        raise ValidationError(f"{practice.code} is no practice that is open today.")
    if abs(on - today()) > FURTHEST:
        raise ValidationError("Give a day within a year of today.")


def _hold(*practices: Organisation) -> None:
    """Lock practices before their posts, both by key: the order of every action that locks both."""
    held = Organisation.objects.filter(pk__in=[practice.pk for practice in practices])
    list(held.select_for_update().order_by("pk").values_list("pk", flat=True))


def _lasting_posts(practice: Organisation, on: dt.date) -> list[Post]:
    return list(_lasting(on).filter(organisation=practice))


def _lasting(on: dt.date) -> QuerySet[Post]:
    """Return the posts that last beyond a day, locked: a manager may be ending one right now."""
    lasting = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    locked = lasting.select_related("person__user").select_for_update(of=("self",))
    return locked.order_by("pk")


def _without_equal(posts: Sequence[Post], into: Organisation) -> set[int]:
    """Return the keys of the posts that go over; one with an end may stand beside an open one."""
    # Two open posts of one role would break a constraint, and count one person twice.
    there = Post.objects.filter(organisation=into, ends_on__isnull=True)
    held = set(there.values_list("person", "role"))
    return {post.pk for post in posts if post.ends_on or (post.person_id, post.role) not in held}


def _end(by: Actor, post: Post, on: dt.date, reason: EndReason) -> None:
    """End a post; one that has not begun ends on its first day."""
    post.ends_on, post.end_reason = max(on, post.starts_on), reason
    post.save(update_fields=["ends_on", "end_reason"])
    end_what_hangs_on(post, post.ends_on)
    _audit(by, Act.ENDED_POST, post)


def _carry_over(by: Actor, post: Post, into: Organisation, on: dt.date) -> None:
    made = _like(post, into, on)
    _audit(by, Act.ADDED_POST, made)
    _carry(post, made)


def _like(post: Post, into: Organisation, on: dt.date) -> Post:
    return Post.objects.create(
        person=post.person,
        organisation=into,
        role=post.role,
        session_minutes=post.session_minutes,
        contracted_minutes=post.contracted_minutes,
        confirmed_on=post.confirmed_on,
        agreement=post.agreement,
        told_on=post.told_on,
        waits=post.waits,
        starts_on=max(on, post.starts_on),
        ends_on=post.ends_on,
        end_reason=post.end_reason,
    )


def _carry(post: Post, made: Post) -> None:
    """Carry what goes on: the draft itself, and copies of told weeks and leave, from the day."""
    start = made.starts_on
    SessionPattern.objects.filter(post=post, told_at__isnull=True).update(post=made)
    PostChange.objects.filter(post=post, told_at__isnull=True).update(post=made)
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=start)
    told = SessionPattern.objects.filter(lasting, post=post).prefetch_related("cells")
    for pattern in told:
        _carry_pattern(pattern, made)
    for absence in Absence.objects.filter(lasting, post=post):
        Absence.objects.create(
            post=made,
            starts_on=max(start, absence.starts_on),
            ends_on=absence.ends_on,
            reason=absence.reason,
        )


def _carry_pattern(pattern: SessionPattern, made: Post) -> None:
    assert pattern.starts_on is not None  # a told pattern has a start
    start = max(made.starts_on, pattern.starts_on)
    # Week A is the week of the start: where a B begins there, the two change names.
    swap = pattern.rhythm == Rhythm.ALTERNATE and is_week_b(pattern.starts_on, start)
    names = {WeekInTurn.A: WeekInTurn.B, WeekInTurn.B: WeekInTurn.A} if swap else {}
    copy = SessionPattern.objects.create(
        post=made,
        starts_on=start,
        ends_on=pattern.ends_on,
        told_at=pattern.told_at,
        rhythm=pattern.rhythm,
        basis=pattern.basis,
        weeks_a_year=pattern.weeks_a_year,
        sessions_a_year=pattern.sessions_a_year,
        actual_minutes=pattern.actual_minutes,
    )
    SessionCell.objects.bulk_create(
        SessionCell(
            pattern=copy,
            week=names.get(WeekInTurn(cell.week), cell.week),
            weekday=cell.weekday,
            part=cell.part,
            kind=cell.kind,
            minutes=cell.minutes,
        )
        for cell in pattern.cells.all()
    )


def _audit(by: Actor, act: Act, post: Post) -> None:
    audit.record(by=by, act=act, subject=post.person.subject_id, thing=f"post:{post.public_id}")
