"""One's own record: details, posts, weeks and outlook."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django.http import Http404
from ninja import Router, Status

from accounts.access import fetch
from accounts.api_errors import answers, fetch_named
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from retention.actions.people import update_own_details
from retention.actions.posts import declare_post
from retention.actions.session_patterns import delete_draft, save_draft, tell_practice
from retention.api.pattern_schemas import (
    ClashOut,
    DraftIn,
    HalfDay,
    PatternOut,
    TellIn,
    TimelineOut,
)
from retention.api.person_schemas import PersonIn, PersonOut
from retention.api.post_answers import pattern_out, post_out, timeline_out
from retention.api.post_schemas import DeclarePostIn, MyPostOut, PostOut
from retention.models import Person, Post, SessionPattern
from retention.queries.clashes import own_clashes
from retention.queries.my_record import MyPost, my_record, own_details
from retention.queries.patterns import Terms, Week, draft_of, shape_of
from retention.queries.posts import places_of_work, posts
from retention.queries.timeline import own_timeline

router = Router(tags=["My record"])
NO_PLACE = "No practice, network or training hub that is open today has this code."


@router.get("/me/person", response=answers(PersonOut), summary="Read my details")
def get_person(request: Request) -> object:
    """What the record says about you."""
    # A person who said nothing yet, to be read and not stored.
    return own_details(request.actor) or Person()


@router.put("/me/person", response=answers(PersonOut), summary="Change my details")
def put_person(request: Request, data: PersonIn) -> Person:
    """Say who you are; all fields are replaced. 409 where they changed since `version`."""
    return update_own_details(by=request.actor, **data.dict())


@router.get("/me/posts", response=answers(list[MyPostOut]), summary="List my posts")
def list_my_posts(request: Request) -> list[dict[str, object]]:
    """Your posts with the week that holds, earlier and coming ones, and the draft."""
    return [_my_post(mine) for mine in my_record(request.actor).posts]


@router.post("/me/posts", response=answers(PostOut, 201), summary="Say where I work")
def declare_my_post(request: Request, data: DeclarePostIn) -> Status[dict[str, object]]:
    """Add a post of your own; it enters no figure until the practice confirms it."""
    values = data.dict()
    place = fetch_named(
        request.actor,
        Permission.SEE_PUBLISHED,
        places_of_work(today()),
        {"organisation": NO_PLACE},
        # Codes are stored in capitals, and people type them as they like.
        code=values.pop("organisation").upper(),
    )
    post = declare_post(by=request.actor, organisation=place, **values)
    return Status(HTTPStatus.CREATED, post_out(post))


@router.get("/me/posts/{post_id}/draft", response=answers(PatternOut), summary="Read a draft")
def get_draft(request: Request, post_id: UUID) -> dict[str, object]:
    """The draft of your next week in a post; 404 where there is none."""
    post = _own_post(request, post_id)
    # Two steps, so that a post of somebody else and a post without a draft answer alike.
    draft = draft_of(post)
    if draft is None:
        raise Http404
    return pattern_out(draft, shape_of(draft), post)


@router.put("/me/posts/{post_id}/draft", response=answers(PatternOut), summary="Save a draft")
def save_my_draft(request: Request, post_id: UUID, data: DraftIn) -> dict[str, object]:
    """Save a whole week as the draft of a post. You alone can see it.

    `version` is that of the draft you read, 0 for the first; 409 where it has moved on. A half-day
    named twice counts once, as last written.
    """
    post = _own_post(request, post_id)
    draft = save_draft(
        by=request.actor,
        post=post,
        week=_week(data.week),
        week_b=None if data.week_b is None else _week(data.week_b),
        terms=Terms(data.basis.value, data.weeks_a_year, data.sessions_a_year, data.actual_minutes),
        version=data.version,
    )
    return pattern_out(draft, shape_of(draft), post)


@router.delete("/me/posts/{post_id}/draft", response=answers(None, 204), summary="Delete a draft")
def delete_my_draft(request: Request, post_id: UUID) -> Status[None]:
    """Drop the draft; what the practice was told stays."""
    delete_draft(by=request.actor, post=_own_post(request, post_id))
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post("/me/posts/{post_id}/tell", response=answers(PatternOut), summary="Tell my practice")
def tell_my_practice(request: Request, post_id: UUID, data: TellIn) -> dict[str, object]:
    """Make the draft the pattern of the post from a day; `readers` of the post can read it then.

    409 where the draft is not the one you read, in `version`.
    """
    post = _own_post(request, post_id)
    told = tell_practice(by=request.actor, post=post, **data.dict())
    return pattern_out(told, shape_of(told), post)


@router.get("/me/timeline", response=answers(TimelineOut), summary="Read my weeks over time")
def get_my_timeline(request: Request) -> dict[str, object]:
    """The weeks that you told in all your posts, and the change of sessions over 1 and 3 years."""
    return timeline_out(own_timeline(request.actor))


@router.get("/me/clashes", response=answers(list[ClashOut]), summary="List where my posts meet")
def list_my_clashes(request: Request) -> list[dict[str, object]]:
    """The half-days that two of your posts both hold, drafts first; you alone are told."""
    return [
        {
            "weekday": clash.half_day[0],
            "part": clash.half_day[1],
            "first": clash.first.organisation,
            "second": clash.second.organisation,
            "every_week": clash.every_week,
        }
        for clash in own_clashes(request.actor)
    ]


def _own_post(request: Request, post_id: UUID) -> Post:
    return fetch(request.actor, Permission.OWN_RECORD, posts(), public_id=post_id)


def _my_post(mine: MyPost) -> dict[str, object]:
    return {
        "post": post_out(mine.post),
        "current": _own_patterns([mine.current], mine.post)[0],
        "earlier": _own_patterns(mine.earlier, mine.post),
        "coming": _own_patterns(mine.coming, mine.post),
        "draft": _own_patterns([mine.draft], mine.post)[0],
        "absences": list(mine.absences),
        "readers": mine.readers,
    }


def _own_patterns(
    patterns: Sequence[SessionPattern | None], post: Post
) -> list[dict[str, object] | None]:
    return [
        pattern_out(pattern, shape_of(pattern), post) if pattern else None for pattern in patterns
    ]


def _week(half_days: Sequence[HalfDay]) -> Week:
    return {
        (int(half.weekday), str(half.part.value)): (str(half.kind.value), half.minutes)
        for half in half_days
    }
