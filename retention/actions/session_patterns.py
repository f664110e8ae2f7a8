"""Session patterns: drafts that are private, and the moment a practice is told."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from retention.models import Post, SessionCell, SessionPattern
from retention.models.session_pattern import Rhythm, WeekInTurn
from retention.queries.patterns import ALL_YEAR, Terms, Week, earliest_start

LONGEST_AHEAD = dt.timedelta(days=2 * 365)
STALE = (
    "This week was changed, told or deleted in another window since you opened this page."
    " What you typed is still here and is not saved."
)
CHANGED = (
    "The draft was changed in another window since you opened this page."
    " Look at the week below again, then tell your practice."
)
NO_DRAFT = "There is no draft of this week: it was told to your practice already, or deleted."


@transaction.atomic
def save_draft(
    *,
    by: Actor,
    post: Post,
    week: Week,
    version: int,
    week_b: Week | None = None,
    terms: Terms = ALL_YEAR,
) -> SessionPattern:
    """Save a week (with `week_b`: two in turn) as the private draft of `post` and return it.

    `version` is that of the draft the person was looking at, 0 where there was none; raises
    ValidationError if it has moved on since, so that no window overwrites another unseen.
    """
    authorise(by, Permission.OWN_RECORD, post)
    _refuse_ended(post)
    draft = _claim_draft(post, version)
    _set_terms(draft, terms, alternates=week_b is not None)
    cells = [*_cells(draft, WeekInTurn.A, week), *_cells(draft, WeekInTurn.B, week_b or {})]
    # The whole week is written anew: a form sends all of it, and a half-day left out is off.
    draft.cells.all().delete()
    for cell in cells:
        cell.full_clean()
    SessionCell.objects.bulk_create(cells)
    _audit(by, Act.SAVED_DRAFT, post)
    return draft


@transaction.atomic
def delete_draft(*, by: Actor, post: Post) -> None:
    """Delete the draft of `post`; what the practice was told stays."""
    authorise(by, Permission.OWN_RECORD, post)
    deleted, _ = SessionPattern.objects.filter(post=post, told_at__isnull=True).delete()
    if deleted:
        _audit(by, Act.SAVED_DRAFT, post, why="Deleted")


@transaction.atomic
def tell_practice(
    *, by: Actor, post: Post, version: int, starts_on: dt.date, shows_mentoring: bool
) -> SessionPattern:
    """Tell the practice the draft of `post`: it becomes the pattern from `starts_on`.

    The pattern before ends on that day; one told for a later day never begins. Raises
    ValidationError where the draft is not the one seen or the date lies outside its limits.
    """
    authorise(by, Permission.OWN_RECORD, post)
    _refuse_ended(post)
    check_start(post, starts_on)
    # Before the draft is told: only one week may stand open at a time.
    told = SessionPattern.objects.filter(post=post, told_at__isnull=False)
    told.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)).update(
        ends_on=Greatest("starts_on", Value(starts_on))
    )
    drafts = SessionPattern.objects.filter(post=post, told_at__isnull=True)
    draft = drafts.first()
    if draft is None:
        raise ValidationError(NO_DRAFT)
    claimed = drafts.filter(version=version).update(
        # A told week is not edited, and how often its draft was is nobody's business.
        version=1,
        told_at=timezone.now(),
        starts_on=starts_on,
        ends_on=post.ends_on,
        shows_mentoring=shows_mentoring,
    )
    if not claimed:
        raise ValidationError(CHANGED, code="stale")
    _audit(by, Act.TOLD_PATTERN, post)
    draft.refresh_from_db()
    return draft


def check_start(post: Post, starts_on: dt.date) -> None:
    """Raise ValidationError unless a new pattern may start on `starts_on`."""
    earliest = earliest_start(post, today())
    latest = today() + LONGEST_AHEAD
    if post.ends_on is not None:
        latest = min(latest, post.ends_on - dt.timedelta(days=1))
    if not earliest <= starts_on <= latest:
        raise ValidationError(
            {"starts_on": f"Choose a date from {_words(earliest)} to {_words(latest)}."}
        )


def _set_terms(draft: SessionPattern, terms: Terms, *, alternates: bool) -> None:
    draft.rhythm = Rhythm.ALTERNATE if alternates else Rhythm.WEEKLY
    for name, value in vars(terms).items():
        setattr(draft, name, value)
    draft.full_clean(exclude=["post"])
    draft.save()


def _cells(draft: SessionPattern, turn: str, week: Week) -> list[SessionCell]:
    return [
        SessionCell(
            pattern=draft, week=turn, weekday=weekday, part=part, kind=kind, minutes=minutes
        )
        for (weekday, part), (kind, minutes) in week.items()
    ]


def _claim_draft(post: Post, version: int) -> SessionPattern:
    """Return the draft with its version moved on: of two windows only one can."""
    drafts = SessionPattern.objects.filter(post=post, told_at__isnull=True)
    if version == 0:
        try:
            with transaction.atomic():
                return SessionPattern.objects.create(post=post)
        except IntegrityError as other:
            raise ValidationError(STALE, code="stale") from other
    moved = drafts.filter(version=version).update(version=F("version") + 1, saved_at=timezone.now())
    if not moved:
        raise ValidationError(STALE, code="stale")
    return drafts.get()


def _refuse_ended(post: Post) -> None:
    if post.ends_on is not None and post.ends_on <= today():
        raise ValidationError("This post has ended, so its week cannot change any more.")


def _words(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"


def _audit(by: Actor, act: Act, post: Post, why: str = "") -> None:
    audit.record(
        by=by, act=act, subject=post.person.subject_id, thing=f"post:{post.public_id}", why=why
    )
