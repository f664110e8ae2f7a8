"""Data quality through the API: of a place's published figures, and of a practice's own posts."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Query, Router, Schema

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Code, Page, Paging, PlaceName
from accounts.http import Request
from accounts.permissions import Permission
from models.data_quality import Finding
from organisations.clock import today
from organisations.models.organisation import Kind
from retention.models.published_count import StaffGroup
from retention.queries.data_quality import place_quality
from retention.queries.place_figures import places_of_kind
from retention.queries.posts import practices
from retention.queries.posts_to_check import posts_to_check

router = Router(tags=["Data quality"])
GradeName = Annotated[
    Literal["good", "care", "poor", "none"],
    Field(description="`none`: there are no figures that can be used."),
]


class FindingOut(Schema):
    """A reason to doubt; `value` is a share, a ratio or months, as the reason says."""

    doubt: str
    grade: GradeName
    value: float | None


class GroupQualityOut(Schema):
    """One staff group of a practice."""

    staff_group: StaffGroup
    grade: GradeName
    findings: list[FindingOut]


class PracticeQualityOut(Schema):
    """A practice with the grade of its worst staff group."""

    practice: PlaceName
    month: dt.date
    grade: GradeName
    groups: list[GroupQualityOut]


class PostToCheckOut(Schema):
    """A post of the practice that wants a look."""

    post: UUID
    name: str
    role: str
    findings: list[FindingOut]


@router.get(
    "/places/{code}/data-quality",
    response=answers(Page[PracticeQualityOut]),
    summary="List the quality of a place's figures",
)
def list_quality(
    request: Request,
    code: Code,
    paging: Query[Paging],
    staff_group: StaffGroup | None = None,
    month: dt.date | None = None,
) -> dict[str, object]:
    """Every practice of a place with its grade and reasons, worst first: open data.

    `month` is any day of a month; the newest month is given if it has no figures.
    """
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*Kind), code=code.upper())
    found = place_quality(
        place, month=month.replace(day=1) if month else None, staff_group=staff_group
    )
    # All of them, graded good too: a page shows those to chase, a program counts.
    items, count = paging.of(list(found.practices))
    return {
        "items": [
            {
                "practice": item.practice,
                # On each item, since the answer has no head of its own to say it on.
                "month": found.month,
                "grade": item.grade.name.lower(),
                "groups": [
                    {
                        "staff_group": group.staff_group,
                        "grade": group.grade.name.lower(),
                        "findings": [_finding(one) for one in group.findings],
                    }
                    for group in item.groups
                ],
            }
            for item in items
        ],
        "count": count,
    }


@router.get(
    "/practices/{code}/posts-to-check",
    response=answers(Page[PostToCheckOut]),
    summary="List a practice's posts to check",
)
def list_posts_to_check(request: Request, code: Code, paging: Query[Paging]) -> dict[str, object]:
    """The practice's own posts that want a look, worst first; reading is audited."""
    practice = fetch(request.actor, Permission.SEE_POSTS, practices(), code=code.upper())
    items, count = paging.of(list(posts_to_check(request.actor, practice, today()).to_check))
    return {
        "items": [
            {
                "post": item.post.public_id,
                "name": item.post.person.name,
                "role": item.post.role,
                "findings": [_finding(one) for one in item.findings],
            }
            for item in items
        ],
        "count": count,
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "doubt": finding.doubt,
        "grade": finding.grade.name.lower(),
        "value": finding.value,
    }
