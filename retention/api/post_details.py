"""One post of a practice, for its manager: its weeks over time, its leave, whose account it is."""

from uuid import UUID

from django.core.exceptions import ValidationError
from ninja import Field, Router, Schema

from accounts.api_errors import answers
from accounts.api_types import Code
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from retention.actions.people import NOT_STAFF, link_person
from retention.api.pattern_schemas import TimelineOut
from retention.api.post_answers import post_out, timeline_out
from retention.api.post_schemas import PostOut
from retention.api.posts import fetch_post
from retention.queries.posts import staff_to_link
from retention.queries.timeline import post_timeline

router = Router(tags=["Practice"])


class StaffOut(Schema):
    """One of the practice's users."""

    user: UUID = Field(alias="public_id")
    name: str


class LinkIn(Schema):
    """Whose post it is that was added by name."""

    user: UUID = Field(description="One of those whom the list of staff to link names.")


@router.get(
    "/practices/{code}/posts/{post_id}/timeline",
    response=answers(TimelineOut),
    summary="Read a post's weeks over time",
)
def get_post_timeline(request: Request, code: Code, post_id: UUID) -> dict[str, object]:
    """The weeks that the practice was told in a post; reading is audited."""
    post = fetch_post(request, code, post_id, Permission.SEE_POSTS)
    return timeline_out(post_timeline(request.actor, post))


@router.get(
    "/practices/{code}/posts/{post_id}/staff",
    response=answers(list[StaffOut]),
    summary="List whose a post may be",
)
def list_staff_to_link(request: Request, code: Code, post_id: UUID) -> object:
    """The practice's own users, one of whom may be who was added by name; audited."""
    post = fetch_post(request, code, post_id, Permission.EDIT_POSTS)
    return staff_to_link(request.actor, post, today())


@router.post(
    "/practices/{code}/posts/{post_id}/link",
    response=answers(PostOut),
    summary="Say whose a post is",
)
def link_practice_post(
    request: Request, code: Code, post_id: UUID, data: LinkIn
) -> dict[str, object]:
    """Give somebody who was added by name to their account. It cannot be taken back here."""
    post = fetch_post(request, code, post_id, Permission.EDIT_POSTS)
    staff = staff_to_link(request.actor, post, today())
    # Out of the list alone: any other id would tell whether somebody has an account.
    chosen = next((user for user in staff if user.public_id == data.user), None)
    if chosen is None:
        raise ValidationError({"user": NOT_STAFF})
    return post_out(link_person(by=request.actor, post=post, user=chosen))
