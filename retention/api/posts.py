"""A practice's posts, for its manager."""

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import ValidationError
from ninja import Query, Router, Status

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Code, Page, Paging
from accounts.http import Request
from accounts.models import User
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.absences import end_absence, record_absence
from retention.actions.posts import NewPerson, add_post, confirm_post, end_post
from retention.api.post_answers import pattern_out, post_out
from retention.api.post_schemas import (
    AbsenceIn,
    AbsenceOut,
    AddPostIn,
    ChoiceOut,
    EndAbsenceIn,
    EndPostIn,
    PostOut,
    PracticePostOut,
)
from retention.models import Absence, Person, Post
from retention.queries.absences import absences, absences_of
from retention.queries.patterns import shape_for_practice
from retention.queries.posts import (
    PracticePost,
    chosen_person,
    people_to_choose,
    posts_at_hand,
    practice_posts,
    practices,
)

router = Router(tags=["Practice"])


@router.get(
    "/practices/{code}/posts",
    response=answers(Page[PracticePostOut]),
    summary="List a practice's posts",
)
def list_practice_posts(request: Request, code: Code, paging: Query[Paging]) -> dict[str, object]:
    """Posts that have not ended, with the weeks that people have told; reading is audited."""
    practice = _practice(request, code, Permission.SEE_POSTS)
    items, count = paging.of(practice_posts(request.actor, practice, today()))
    return {"items": [_practice_post(item) for item in items], "count": count}


@router.get(
    "/practices/{code}/people",
    response=answers(list[ChoiceOut]),
    summary="List whom to give a post",
)
def list_people_to_choose(request: Request, code: Code) -> list[dict[str, str]]:
    """The practice's people and its own users, nobody else of the record; reading is audited."""
    practice = _practice(request, code, Permission.EDIT_POSTS)
    people = people_to_choose(request.actor, practice, today())
    return [{"key": key, "name": name} for key, name in people]


@router.post("/practices/{code}/posts", response=answers(PostOut, 201), summary="Add a post")
def add_practice_post(request: Request, code: Code, data: AddPostIn) -> Status[dict[str, object]]:
    """Add a post for one of the practice's people, or for someone new; confirmed at once."""
    practice = _practice(request, code, Permission.EDIT_POSTS)
    post = add_post(
        by=request.actor,
        person=_person(practice, data),
        organisation=practice,
        role=data.role.value,
        starts_on=data.starts_on,
        session_minutes=data.session_minutes,
    )
    return Status(HTTPStatus.CREATED, post_out(post))


@router.post(
    "/practices/{code}/posts/{post_id}/confirm", response=answers(PostOut), summary="Confirm a post"
)
def confirm_practice_post(request: Request, code: Code, post_id: UUID) -> dict[str, object]:
    """Confirm that someone who said so works here; a second time changes nothing."""
    return post_out(confirm_post(by=request.actor, post=_post(request, code, post_id)))


@router.post(
    "/practices/{code}/posts/{post_id}/end", response=answers(PostOut), summary="End a post"
)
def end_practice_post(
    request: Request, code: Code, post_id: UUID, data: EndPostIn
) -> dict[str, object]:
    """End a post for a reason from the list; its patterns end with it, and its draft goes."""
    post = _post(request, code, post_id)
    ended = end_post(by=request.actor, post=post, ends_on=data.ends_on, reason=data.reason.value)
    return post_out(ended)


@router.get(
    "/practices/{code}/posts/{post_id}/absences",
    response=answers(list[AbsenceOut]),
    summary="List a post's leave",
)
def list_post_absences(request: Request, code: Code, post_id: UUID) -> list[Absence]:
    """All leave of absence in a post, latest first; reading is audited."""
    return absences_of(request.actor, _post(request, code, post_id))


@router.post(
    "/practices/{code}/posts/{post_id}/absences",
    response=answers(AbsenceOut, 201),
    summary="Record leave",
)
def record_practice_absence(
    request: Request, code: Code, post_id: UUID, data: AbsenceIn
) -> Status[Absence]:
    """Record leave of absence: the post and its weeks stand. Never sick leave."""
    post = _post(request, code, post_id)
    values = {**data.dict(), "reason": data.reason.value}
    return Status(HTTPStatus.CREATED, record_absence(by=request.actor, post=post, **values))


@router.post(
    "/practices/{code}/posts/{post_id}/absences/{absence_id}/end",
    response=answers(AbsenceOut),
    summary="End leave",
)
def end_practice_absence(
    request: Request, code: Code, post_id: UUID, absence_id: UUID, data: EndAbsenceIn
) -> Absence:
    """Say when somebody is back; on the first day of the leave it never was."""
    # Of this post only: the address names both, and they must belong together.
    found = absences().filter(post=_post(request, code, post_id))
    absence = fetch(request.actor, Permission.EDIT_POSTS, found, public_id=absence_id)
    return end_absence(by=request.actor, absence=absence, ends_on=data.ends_on)


def _practice(request: Request, code: str, permission: Permission) -> Organisation:
    return fetch(request.actor, permission, practices(), code=code.upper())


def _person(practice: Organisation, data: AddPostIn) -> Person | User | NewPerson:
    """Return whose post it is: who has the key that was sent, or somebody new.

    A key that means nobody here never makes somebody new: it may be of yesterday's list, and the
    person would be in the record twice.
    """
    if not data.person:
        _check_newcomer(data)
        profession = data.new_profession.value if data.new_profession else ""
        return NewPerson(name=data.new_name, profession=profession)
    chosen = chosen_person(practice, data.person, today())
    if chosen is None:
        raise ValidationError({"person": "Choose a key from the list of people to choose from."})
    return chosen


def _check_newcomer(data: AddPostIn) -> None:
    """Name what is missing as this operation calls it: the action knows other names."""
    missing = {
        "new_name": "" if data.new_name.strip() else "Send the full name of the new person.",
        "new_profession": ""
        if data.new_profession
        else "Send the profession of the new person, or the key of a known one as `person`.",
    }
    if problems := {field: words for field, words in missing.items() if words}:
        raise ValidationError(problems)


def fetch_post(request: Request, code: str, post_id: UUID, permission: Permission) -> Post:
    """Return a post of a practice that its manager may open; Http404 for any other.

    As on the pages, one that was over for a year is closed to the practice.
    """
    practice = _practice(request, code, permission)
    return fetch(request.actor, permission, posts_at_hand(practice, today()), public_id=post_id)


def _post(request: Request, code: str, post_id: UUID) -> Post:
    return fetch_post(request, code, post_id, Permission.EDIT_POSTS)


def _practice_post(item: PracticePost) -> dict[str, object]:
    current = item.current
    return {
        "name": item.post.person.name,
        "profession": item.post.person.profession,
        "post": post_out(item.post),
        "absence": item.absence,
        # Without what is really worked, and mentoring only where its person agreed.
        "current": pattern_out(current, shape_for_practice(current), item.post)
        if current
        else None,
        "coming": [pattern_out(told, shape_for_practice(told), item.post) for told in item.coming],
    }
