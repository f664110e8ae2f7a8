"""A person's own word on a post of theirs: private, then told, and undone until the day."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.access import authorise
from accounts.actions.notices import managers_of, notify
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.models.notice import NoticeKind, NoticeLine
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.absences import cut_absence, keep_absence
from retention.actions.post_snapshots import put_back, snapshot
from retention.actions.posts import close_post, save_new
from retention.models import Absence, Post, PostChange
from retention.models.post_change import ENDS, LEAVES, Change
from retention.queries.post_changes import changes_to_choose, is_known_to_practice, leave_to_end

# As far back as a practice may still mend, and as far ahead as anybody gives notice.
FURTHEST_BACK, FURTHEST_AHEAD = dt.timedelta(days=366), dt.timedelta(days=2 * 366)
STALE = (
    "This was changed, told or deleted in another window since you opened the page."
    " Look at it again, then go on."
)


@dataclass(frozen=True)
class Statement:
    """What changes, from which day, and, of a leave, the first day back where it is known."""

    change: str
    starts_on: dt.date
    back_on: dt.date | None = None


@transaction.atomic
def state_change(*, by: Actor, post: Post, statement: Statement, version: int) -> PostChange:
    """Keep, as a private draft, what the holder of `post` says of it.

    `version` is that of the draft the person was looking at, 0 for none. Raises ValidationError
    where that has moved on, or the change does not fit the post.
    """
    authorise(by, Permission.OWN_RECORD, post)
    _check(post, statement)
    drafts = PostChange.objects.filter(post=post, told_at__isnull=True)
    given = vars(statement)
    if version == 0:
        # In a savepoint: on PostgreSQL the refused row would else end the whole transaction.
        try:
            with transaction.atomic():
                draft = PostChange(post=post, **given)
                draft.clean_fields()
                draft.save(force_insert=True)
        except IntegrityError as other:
            raise ValidationError(STALE, code="stale") from other
    elif not drafts.filter(version=version).update(version=F("version") + 1, **given):
        raise ValidationError(STALE, code="stale")
    _audit(by, Act.STATED_CHANGE, post)
    return drafts.get()


@transaction.atomic
def drop_change(*, by: Actor, post: Post) -> None:
    """Delete the draft; a second time changes nothing."""
    authorise(by, Permission.OWN_RECORD, post)
    if PostChange.objects.filter(post=post, told_at__isnull=True).delete()[0]:
        _audit(by, Act.STATED_CHANGE, post, "Deleted")


@transaction.atomic
def tell_change(*, by: Actor, post: Post, version: int) -> PostChange:
    """Tell the practice the draft: the post ends, a leave is kept, or somebody is back.

    Raises ValidationError where the draft is not the one seen, or does not fit the post any more.
    """
    authorise(by, Permission.OWN_RECORD, post)
    post = _held(post.pk)
    told = PostChange.objects.filter(post=post, told_at__isnull=True, version=version)
    if not told.exists():
        raise ValidationError(STALE, code="stale")
    draft = told.get()
    _check(post, Statement(draft.change, draft.starts_on, draft.back_on))
    # Told before it is done: with a post's end its drafts go.
    told.update(told_at=timezone.now(), version=1, before=snapshot(post))
    _do(by, post, draft)
    _tell_managers(by, post, draft.starts_on, NoticeLine.SEE_STAFF)
    _audit(by, Act.TOLD_CHANGE, post)
    draft.refresh_from_db()
    return draft


@transaction.atomic
def undo_change(*, by: Actor, change: PostChange) -> None:
    """Undo what was told, before its day: the post is again what it was.

    Raises ValidationError once the day has come, or where the practice has changed the post since.
    """
    authorise(by, Permission.OWN_RECORD, change)
    post = _held(change.post_id)
    change = PostChange.objects.select_for_update().get(pk=change.pk)
    if change.told_at is None or change.undone_at is not None:
        raise ValidationError("This is not told, or undone already. Reload the page.")
    if change.starts_on <= today():
        raise ValidationError("Its day has come. Ask your practice to put it right.")
    put_back(post, change)
    # Put back, what was before says nothing any more, and is not kept.
    PostChange.objects.filter(pk=change.pk).update(undone_at=timezone.now(), before={})
    _tell_managers(by, post, change.starts_on, NoticeLine.TAKEN_BACK)
    _audit(by, Act.TOLD_CHANGE, post, "Undone")


def _held(post: int) -> Post:
    """Return a post, locked until the transaction ends.

    Its place is locked before it, in the order of a roster's load, which waits for both too: two
    that each hold what the other waits for would end one another.
    """
    place = Organisation.objects.filter(posts=post)
    place.select_for_update(of=("self",)).get()
    # What it refers to is read with it, and not locked: a place may be many people's.
    locked = Post.objects.select_for_update(of=("self",))
    return locked.select_related("person", "organisation").get(pk=post)


def _check(post: Post, statement: Statement) -> None:
    """Raise ValidationError where a post cannot change like this, or on another day."""
    if not is_known_to_practice(post):
        raise ValidationError(
            "Your practice does not know of this post yet. Take the post back on your own page."
        )
    on = statement.starts_on
    if statement.change not in changes_to_choose(post, today()):
        raise ValidationError({"change": "Choose something that fits this post, from the list."})
    first = max(post.starts_on, today() - FURTHEST_BACK)
    if statement.change == Change.BACK and post.ends_on is not None:
        first = max(first, post.ends_on)
    if not first <= on <= today() + FURTHEST_AHEAD:
        raise ValidationError(
            {"starts_on": f"Choose a day from {_words(first)} to two years from now."}
        )
    if statement.back_on is not None:
        _check_back(statement)


def _check_back(statement: Statement) -> None:
    if statement.change not in LEAVES:
        raise ValidationError({"back_on": "Clear this day: it goes with a leave only."})
    if statement.back_on is not None and statement.back_on <= statement.starts_on:
        raise ValidationError({"back_on": "The first day back must come after the first day away."})


def _do(by: Actor, post: Post, draft: PostChange) -> None:
    if draft.change in ENDS:
        close_post(post=post, ends_on=draft.starts_on, reason=draft.change, keeps_draft=True)
    elif draft.change in LEAVES:
        keep_absence(
            post=post, starts_on=draft.starts_on, reason=draft.change, ends_on=draft.back_on
        )
    elif leave := leave_to_end(post, today()):
        _come_back(leave, draft.starts_on)
    else:
        made = _post_again(by, post, draft.starts_on)
        PostChange.objects.filter(pk=draft.pk).update(made=made)


def _tell_managers(by: Actor, post: Post, on: dt.date, line: NoticeLine) -> None:
    """Point managers to their staff list; without a name, since reading that list is audited."""
    told = {user: {line} for user in managers_of(post.organisation) if user != by.user}
    notify(told=told, kind=NoticeKind.STAFF_TOLD, place=post.organisation, on=on, mails=False)


def _come_back(leave: Absence, on: dt.date) -> None:
    if on < leave.starts_on:
        raise ValidationError({"starts_on": "Choose a day from your first day away."})
    cut_absence(absence=leave, ends_on=on)


def _post_again(by: Actor, post: Post, on: dt.date) -> Post:
    """Begin a post like one that has ended; its practice confirms it, as any that is declared."""
    if not post.organisation.holds_on(today()):
        raise ValidationError(
            f"{post.organisation} is not open any more. Add the place where you work now."
        )
    made = Post(
        person=post.person,
        organisation=post.organisation,
        role=post.role,
        starts_on=on,
        session_minutes=post.session_minutes,
    )
    return save_new(made, by)


def _words(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"


def _audit(by: Actor, act: Act, post: Post, why: str = "") -> None:
    audit.record(
        by=by, act=act, subject=post.person.subject_id, thing=f"post:{post.public_id}", why=why
    )
