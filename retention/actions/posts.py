"""Posts: who works where, from when until when."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest

from accounts import audit
from accounts.access import authorise, may
from accounts.actor import Actor
from accounts.models import Subject, User
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.queries.places import within
from retention.actions.people import own_person, person_of
from retention.imports.roster import FIRST_DAY
from retention.models import Absence, Person, PlanShare, Post, PostChange, SessionPattern
from retention.models.post import DEFAULT_SESSION_MINUTES, REASONS_TO_CHOOSE, EndReason
from retention.queries.posts import PLACES_OF_WORK, is_known
from retention.queries.roster_changes import LONGEST_AHEAD

TWICE = "This person already has a post with this role here. End that one first."
TOO_FAR = "Enter a day within the next two years."
CONFIRMED = "Your practice has confirmed this post. Ask it to end the post."


@dataclass(frozen=True)
class NewPerson:
    """Someone who is not in the record yet: a practice says name and profession, no more."""

    name: str
    profession: str


@transaction.atomic
def add_post(
    *,
    by: Actor,
    person: Person | User | NewPerson,
    organisation: Organisation,
    role: str,
    starts_on: dt.date,
    session_minutes: int = DEFAULT_SESSION_MINUTES,
) -> Post:
    """Add a post in the practice of `by`, confirmed at once.

    Raises ValidationError where a value is wrong or the person has this open post already.
    """
    authorise(by, Permission.EDIT_POSTS, organisation)
    if isinstance(person, NewPerson):
        person = _new_person(person)
    elif isinstance(person, User):
        person, _ = person_of(person)
    # Of somebody who says that they work here the practice must learn nothing, not by a refusal.
    post = _hidden(person, organisation, role) or Post(
        person=person, organisation=organisation, role=role
    )
    post.starts_on, post.session_minutes = starts_on, session_minutes
    # Whoever adds a post here keeps the practice's posts, so nobody else need confirm it.
    post.confirmed_on = today()
    return save_new(post, by)


@transaction.atomic
def declare_post(
    *,
    by: Actor,
    organisation: Organisation,
    role: str,
    starts_on: dt.date,
    session_minutes: int = DEFAULT_SESSION_MINUTES,
) -> Post:
    """Add a post of one's own; it enters no figure until the practice confirms it.

    Raises ValidationError where a value is wrong or one has this open post already.
    """
    if organisation.kind not in PLACES_OF_WORK or not organisation.holds_on(today()):
        raise ValidationError("Choose a practice, network or training hub that is open today.")
    post = Post(
        person=own_person(by=by),
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        session_minutes=session_minutes,
    )
    return save_new(post, by)


@transaction.atomic
def confirm_post(*, by: Actor, post: Post) -> Post:
    """Confirm that someone who said so works here; a second time changes nothing."""
    authorise(by, Permission.EDIT_POSTS, post)
    confirmed = Post.objects.filter(pk=post.pk, confirmed_on__isnull=True)
    if confirmed.update(confirmed_on=today()):
        _audit(by, Act.CHANGED_POST, post, "Confirmed")
    post.refresh_from_db()
    return post


@transaction.atomic
def end_post(*, by: Actor, post: Post, ends_on: dt.date, reason: str) -> Post:
    """End a post on `ends_on`, the first day without it, for a reason from EndReason.

    The practice ends its people's posts; a person may take back one that the practice has not
    confirmed. Patterns end with the post, drafts go, and what the person shared with a hub
    through this post ends too. Raises ValidationError where the post has ended already, and for a
    day so far off that it must be a slip.
    """
    # The practice's right is asked first: a manager who ends their own post does so as the manager.
    if may(by, Permission.EDIT_POSTS, post):
        if ends_on > furthest_day():
            raise ValidationError({"ends_on": TOO_FAR})
    else:
        authorise(by, Permission.OWN_RECORD, post)
        if post.confirmed_on is not None:
            raise ValidationError(CONFIRMED)
    ended = close_post(post=post, ends_on=ends_on, reason=reason)
    _audit(by, Act.ENDED_POST, ended)
    return ended


def take_post_back(*, by: Actor, post: Post) -> Post:
    """End a post of one's own that its practice has not confirmed: today, or before it begins.

    Raises ValidationError where the practice has confirmed it, or it has ended already.
    """
    authorise(by, Permission.OWN_RECORD, post)
    if post.confirmed_on is not None:
        raise ValidationError(CONFIRMED)
    ends_on = max(today(), post.starts_on)
    return end_post(by=by, post=post, ends_on=ends_on, reason=EndReason.NOT_KNOWN)


def close_post(*, post: Post, ends_on: dt.date, reason: str, keeps_draft: bool = False) -> Post:
    """End a post with what hangs on it, for callers who have authorised and who audit.

    Raises ValidationError where the reason is none to choose, or the post has ended already.
    """
    if reason not in REASONS_TO_CHOOSE:
        raise ValidationError({"reason": "Choose why the post ends from the list."})
    # Locked, so that of two who end it at once the second is told.
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.end_reason:
        raise ValidationError("This post has ended already. Reload the page to see it.")
    post.ends_on, post.end_reason = ends_on, reason
    post.full_clean()
    post.save(update_fields=["ends_on", "end_reason"])
    end_what_hangs_on(post, ends_on, keeps_draft=keeps_draft)
    return post


def furthest_day() -> dt.date:
    """Return the last day on which a post may begin or end: a later one is a slip of the hand."""
    return today() + LONGEST_AHEAD


def _hidden(person: Person, organisation: Organisation, role: str) -> Post | None:
    """Return the open post that somebody says they have here, where the practice knows of none."""
    said = Post.objects.filter(
        person=person, organisation=organisation, role=role, ends_on__isnull=True
    )
    return said.exclude(is_known()).first()


def _new_person(person: NewPerson) -> Person:
    made = Person(
        subject=Subject.objects.create(), name=person.name.strip(), profession=person.profession
    )
    if not made.profession:
        raise ValidationError({"profession": "Select a profession."})
    made.full_clean()
    made.save()
    return made


def save_new(post: Post, by: Actor) -> Post:
    """Store a new post; raises ValidationError for a wrong value or an open post like it.

    In a place that is known to close it ends on that day, as do those that were there before.
    """
    # Locked and read again: it may be closing at this moment.
    closes = Organisation.objects.select_for_update().get(pk=post.organisation_id).ends_on
    held = Post.objects.filter(person=post.person, organisation=post.organisation, role=post.role)
    lasting = Q(ends_on__isnull=True) if closes is None else Q(ends_on=closes)
    if held.filter(lasting).exclude(pk=post.pk).exists():
        raise ValidationError(TWICE)
    if closes is not None:
        _end_with_the_place(post, closes)
    if not FIRST_DAY <= post.starts_on <= furthest_day():
        raise ValidationError(
            {"starts_on": f"Choose a day from {FIRST_DAY:%-d %B %Y} to two years from now."}
        )
    post.full_clean()
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as twice:  # the same form sent twice at once
        raise ValidationError(TWICE) from twice
    _audit(by, Act.ADDED_POST, post)
    return post


def _end_with_the_place(post: Post, closes: dt.date) -> None:
    if post.starts_on >= closes:
        raise ValidationError(
            {"starts_on": f"It closes on {closes:%-d %B %Y}: no post begins there from then on."}
        )
    post.ends_on, post.end_reason = closes, EndReason.PRACTICE_CLOSED


def end_what_hangs_on(post: Post, ends_on: dt.date, *, keeps_draft: bool = False) -> None:
    """End patterns, leave and shares of a plan with their post; its draft goes, at once or later.

    A draft that is kept goes after the post's end, by `purge_expired`.
    """
    patterns = SessionPattern.objects.filter(post=post)
    if not keeps_draft:
        patterns.filter(told_at__isnull=True).delete()
    PostChange.objects.filter(post=post, told_at__isnull=True).delete()
    told = patterns.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on))
    # A week that was to begin after the end never holds: it ends on the day it starts.
    told.update(ends_on=Greatest("starts_on", Value(ends_on)))
    away = Absence.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on), post=post)
    away.filter(starts_on__gte=ends_on).delete()
    away.update(ends_on=ends_on)
    shares = PlanShare.objects.filter(plan__person=post.person, ends_on__gt=ends_on)
    for share in shares.select_related("recipient"):
        # A plan was shared with the hub of the area where they worked; another post there keeps it.
        if not _works_in(post.person, share.recipient, ends_on):
            share.ends_on = max(share.starts_on, ends_on)
            share.save(update_fields=["ends_on"])


def _works_in(person: Person, hub: Organisation, date: dt.date) -> bool:
    """Whether the person still has a post in the hub's area on `date`."""
    posts = Post.objects.as_at(date).filter(person=person).select_related("organisation")
    return any(within(post.organisation, hub, date) for post in posts)


def _audit(by: Actor, act: Act, post: Post, why: str = "") -> None:
    audit.record(
        by=by, act=act, subject=post.person.subject_id, thing=f"post:{post.public_id}", why=why
    )
