"""What a post was before its person told a change, so that the change can be undone."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from retention.models import Absence, PlanShare, Post, PostChange, SessionPattern
from retention.models.post_change import ENDS, LEAVES

_Leave = list[str | None]

MOVED_ON = "Your practice has changed this post since. Ask it to put it right."


def snapshot(post: Post) -> dict[str, Any]:
    """Return the dates of a post and of what hangs on it, for JSON."""
    patterns = SessionPattern.objects.filter(post=post, told_at__isnull=False)
    shares = PlanShare.objects.filter(plan__person=post.person)
    return {
        "ends_on": _iso(post.ends_on),
        "patterns": {str(each.public_id): _iso(each.ends_on) for each in patterns},
        "absences": _leave(post),
        "shares": {str(each.public_id): _iso(each.ends_on) for each in shares},
    }


def put_back(post: Post, change: PostChange) -> None:
    """Make a post what it was before `change`; ValidationError if others changed it since."""
    if change.change in ENDS:
        _reopen(post, change)
    elif change.change in LEAVES:
        told = Absence.objects.filter(
            post=post, starts_on=change.starts_on, ends_on=change.back_on, reason=change.change
        )
        if not told.delete()[0]:
            raise ValidationError(MOVED_ON)
    elif change.made is not None:
        _take_back(change.made)
    else:
        _put_leave_back(post, change)


def _reopen(post: Post, change: PostChange) -> None:
    if post.ends_on != change.starts_on or post.end_reason != change.change:
        raise ValidationError(MOVED_ON)
    again = Post.objects.filter(
        person=post.person, organisation=post.organisation, role=post.role, ends_on__isnull=True
    )
    if again.exists():
        raise ValidationError("You have another post like this one here now. End that one first.")
    if _leave(post) != _cut(change.before["absences"], change.starts_on):
        raise ValidationError(MOVED_ON)
    post.ends_on, post.end_reason = _date(change.before["ends_on"]), ""
    post.save(update_fields=["ends_on", "end_reason"])
    _put_weeks_back(post, change)
    # Cut ends cannot be told from written ones, so all leave is put back from the snapshot.
    Absence.objects.filter(post=post).delete()
    Absence.objects.bulk_create(
        Absence(post=post, starts_on=_date(start) or post.starts_on, ends_on=_date(end), reason=why)
        for start, end, why in change.before["absences"]
    )
    shares = PlanShare.objects.filter(plan__person=post.person, ends_on=change.starts_on)
    for share in shares.filter(public_id__in=change.before["shares"]):
        share.ends_on = _date(change.before["shares"][str(share.public_id)]) or share.ends_on
        share.save(update_fields=["ends_on"])


def _leave(post: Post) -> list[_Leave]:
    """Return the leave of a post as it is written down: first day, first day back, reason."""
    leave = Absence.objects.filter(post=post).order_by("starts_on")
    return [[_iso(each.starts_on), _iso(each.ends_on), each.reason] for each in leave]


def _cut(leave: Iterable[_Leave], ends_on: dt.date) -> list[_Leave]:
    """Return what the end of a post leaves of its leave: any other was changed since."""
    last = ends_on.isoformat()
    return [
        [start, min(end or last, last), why]
        for start, end, why in sorted(leave, key=lambda each: each[0] or "")
        if start is not None and start < last
    ]


def _put_weeks_back(post: Post, change: PostChange) -> None:
    """Give weeks the ends they had, but for those that a week told meanwhile replaced."""
    before: dict[str, str | None] = change.before["patterns"]
    told = SessionPattern.objects.filter(post=post, told_at__isnull=False)
    newer = [each for each in told if str(each.public_id) not in before]
    for pattern in newer:
        if pattern.ends_on == change.starts_on:
            pattern.ends_on = post.ends_on
    first_new = min((each.starts_on for each in newer if each.starts_on), default=None)
    held = [each for each in told if str(each.public_id) in before]
    for pattern in held:
        pattern.ends_on = _end_before(first_new, pattern, _date(before[str(pattern.public_id)]))
    SessionPattern.objects.bulk_update([*held, *newer], ["ends_on"])


def _end_before(
    first_new: dt.date | None, pattern: SessionPattern, end: dt.date | None
) -> dt.date | None:
    """Return the end a week had, or the start of the newer one that took its place."""
    if first_new is None or (end is not None and end <= first_new):
        return end
    return max(first_new, pattern.starts_on or first_new)


def _take_back(made: Post) -> None:
    """Delete a post that a return began and nobody confirmed; its weeks go with it."""
    if made.confirmed_on is not None:
        raise ValidationError("Your practice has confirmed your return. Ask it to end the post.")
    made.delete()


def _put_leave_back(post: Post, change: PostChange) -> None:
    """Give the leave that a return cut short the end it had."""
    now = _leave(post)
    cut = [row for row in change.before["absences"] if row not in now]
    # A return cuts one leave. Another number means that somebody else wrote here since.
    if len(cut) != 1:
        raise ValidationError(MOVED_ON)
    start, end, why = cut[0]
    kept = Absence.objects.filter(post=post, starts_on=start, reason=why)
    if not kept.update(ends_on=_date(end)):
        Absence.objects.create(
            post=post, starts_on=_date(start) or post.starts_on, ends_on=_date(end), reason=why
        )


def _iso(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
