"""Leave of absence: dated, for a reason from a list, on a post that goes on."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.models.organisation import Organisation
from retention.models import Absence, Post

OVERLAPS = "Another leave of this post lies in that time. End that one first."


@transaction.atomic
def record_absence(
    *, by: Actor, post: Post, starts_on: dt.date, reason: str, ends_on: dt.date | None = None
) -> Absence:
    """Record that the holder of a post is away from `starts_on`; `ends_on` is the first day back.

    Raises ValidationError where the time lies outside the post, is empty or overlaps another.
    """
    authorise(by, Permission.EDIT_POSTS, post)
    absence = keep_absence(post=post, starts_on=starts_on, reason=reason, ends_on=ends_on)
    _audit(by, post, "Leave recorded")
    return absence


@transaction.atomic
def end_absence(*, by: Actor, absence: Absence, ends_on: dt.date) -> Absence:
    """Say on which day somebody is or was back; on its first day it never was."""
    authorise(by, Permission.EDIT_POSTS, absence)
    absence = cut_absence(absence=absence, ends_on=ends_on)
    _audit(by, absence.post, "Leave ended")
    return absence


def keep_absence(
    *, post: Post, starts_on: dt.date, reason: str, ends_on: dt.date | None
) -> Absence:
    """Store a leave, for callers who have authorised and who audit; raises ValidationError."""
    # Locked, so that a double click records it once.
    Organisation.objects.select_for_update().get(pk=post.organisation_id)
    absence = Absence(post=post, starts_on=starts_on, ends_on=ends_on, reason=reason)
    _check(absence)
    absence.full_clean()
    absence.save()
    return absence


def cut_absence(*, absence: Absence, ends_on: dt.date) -> Absence:
    """End a leave, for callers who have authorised and who audit; raises ValidationError."""
    # Of two who say when somebody is back, the second sees the first one's day.
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    absence.ends_on = ends_on
    absence.full_clean()
    # Back on the first day away: there was no leave, so none is left to read about.
    if ends_on == absence.starts_on:
        absence.delete()
    else:
        _check(absence)
        absence.save(update_fields=["ends_on"])
    return absence


def _check(absence: Absence) -> None:
    post = absence.post
    if absence.starts_on < post.starts_on or (
        post.ends_on is not None and absence.starts_on >= post.ends_on
    ):
        raise ValidationError({"starts_on": "Choose a day on which they hold the post."})
    if absence.ends_on is not None and absence.ends_on <= absence.starts_on:
        raise ValidationError({"ends_on": "The first day back must come after the first day away."})
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=absence.starts_on)
    others = Absence.objects.filter(later, post=post).exclude(pk=absence.pk)
    if absence.ends_on is not None:
        others = others.filter(starts_on__lt=absence.ends_on)
    if others.exists():
        raise ValidationError(OVERLAPS)


def _audit(by: Actor, post: Post, why: str) -> None:
    audit.record(
        by=by,
        act=Act.CHANGED_POST,
        subject=post.person.subject_id,
        thing=f"post:{post.public_id}",
        why=why,
    )
