"""My own word on a post: that it ends, that I go on leave, that I am back."""

import datetime as dt
from http import HTTPStatus
from uuid import UUID

from ninja import Field, Router, Schema, Status

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Version
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from retention.actions.post_changes import (
    Statement,
    drop_change,
    state_change,
    tell_change,
    undo_change,
)
from retention.actions.posts import take_post_back
from retention.api.post_answers import post_out
from retention.api.post_schemas import PostOut, ReadersOut
from retention.models import Post, PostChange
from retention.models.post_change import Change
from retention.presenters.post_changes import what_telling_does
from retention.queries.post_changes import own_changes, post_changes, posts_to_return_to
from retention.queries.posts import posts, readers_of

router = Router(tags=["My record"])


class StatementIn(Schema):
    """What changes in a post and from which day; it takes the place of what was written down."""

    version: Version
    change: Change = Field(description="One of the post's `choices`. Sick leave is none of them.")
    starts_on: dt.date = Field(
        description="The first day without the post, the first day away, or the first day back."
    )
    back_on: dt.date | None = Field(None, description="Of a leave: the first day back, if known.")


class TellChangeIn(Schema):
    """Which statement is told: the one that was read."""

    version: Version


class StatementOut(Schema):
    """What you wrote down; you alone can see it."""

    version: int
    change: str
    starts_on: dt.date
    back_on: dt.date | None
    effects: list[str] = Field(description="What telling it does, one sentence each.")


class ToldChangeOut(Schema):
    """What you told your practice."""

    id: UUID
    change: str
    starts_on: dt.date
    back_on: dt.date | None
    told_at: dt.datetime
    can_undo: bool = Field(description="Until its day, and while the practice changed nothing.")


class OwnChangesOut(Schema):
    """Your word on one of your posts, and who reads it once it is told."""

    post: PostOut
    choices: list[str] = Field(description="What can be said of the post today.")
    draft: StatementOut | None
    told: list[ToldChangeOut] = Field(description="Latest day first, without what was undone.")
    readers: ReadersOut


@router.get(
    "/me/posts/ended", response=answers(list[PostOut]), summary="List posts to come back to"
)
def list_my_ended_posts(request: Request) -> list[dict[str, object]]:
    """Your posts that ended in the last five years, one for each place and role, latest first."""
    return [post_out(post) for post in posts_to_return_to(request.actor)]


@router.delete("/me/posts/{post_id}", response=answers(None, 204), summary="Take back a post")
def take_my_post_back(request: Request, post_id: UUID) -> Status[None]:
    """Take back a post that the practice has not confirmed; of a confirmed one tell its end."""
    take_post_back(by=request.actor, post=_own_post(request, post_id))
    return Status(HTTPStatus.NO_CONTENT, None)


@router.get(
    "/me/posts/{post_id}/change", response=answers(OwnChangesOut), summary="Read my word on a post"
)
def get_my_change(request: Request, post_id: UUID) -> dict[str, object]:
    """What you wrote down of a post and told, what can be said, and who reads what you tell."""
    return _out(request, _own_post(request, post_id))


@router.put(
    "/me/posts/{post_id}/change", response=answers(OwnChangesOut), summary="Say what changes"
)
def state_my_change(request: Request, post_id: UUID, data: StatementIn) -> dict[str, object]:
    """Write down that a post ends, that you go on leave or are back. You alone can see it.

    `version` is that of the draft you read, 0 for the first; 409 where it has moved on.
    """
    post = _own_post(request, post_id)
    statement = Statement(data.change.value, data.starts_on, data.back_on)
    state_change(by=request.actor, post=post, statement=statement, version=data.version)
    return _out(request, post)


@router.delete(
    "/me/posts/{post_id}/change", response=answers(None, 204), summary="Delete what I wrote down"
)
def delete_my_change(request: Request, post_id: UUID) -> Status[None]:
    """Delete the draft, which nobody else saw; what was told stays."""
    drop_change(by=request.actor, post=_own_post(request, post_id))
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/me/posts/{post_id}/change/tell",
    response=answers(OwnChangesOut),
    summary="Tell my practice what changes",
)
def tell_my_change(request: Request, post_id: UUID, data: TellChangeIn) -> dict[str, object]:
    """Tell the draft to its `readers`: the post ends, a leave is kept, or you are back.

    Telling is no notice under a contract. 409 where the draft is not the one you read.
    """
    post = _own_post(request, post_id)
    tell_change(by=request.actor, post=post, version=data.version)
    # The action changed the post that it had locked, not this one.
    post.refresh_from_db()
    return _out(request, post)


@router.post(
    "/me/changes/{change_id}/undo", response=answers(OwnChangesOut), summary="Undo what I told"
)
def undo_my_change(request: Request, change_id: UUID) -> dict[str, object]:
    """Undo what you told, before its day: the post is again what it was."""
    change = fetch(request.actor, Permission.OWN_RECORD, post_changes(), public_id=change_id)
    undo_change(by=request.actor, change=change)
    # As above: the post may be open again, or gone back to its leave.
    change.post.refresh_from_db()
    return _out(request, change.post)


def _own_post(request: Request, post_id: UUID) -> Post:
    return fetch(request.actor, Permission.OWN_RECORD, posts(), public_id=post_id)


def _out(request: Request, post: Post) -> dict[str, object]:
    held = own_changes(request.actor, post)
    draft = held.draft
    return {
        "post": post_out(post),
        "choices": list(held.choices),
        "draft": {
            **_said(draft),
            "version": draft.version,
            "effects": what_telling_does(post, draft),
        }
        if draft
        else None,
        "told": [
            {
                **_said(told),
                "id": told.public_id,
                "told_at": told.told_at,
                "can_undo": can_undo,
            }
            for told, can_undo in held.told
        ],
        "readers": readers_of(post, today()),
    }


def _said(change: PostChange) -> dict[str, object]:
    return {name: getattr(change, name) for name in ("change", "starts_on", "back_on")}
