"""What the record holds on a person, registered for "my data" and erasure."""

import datetime as dt
from typing import Any

from accounts.actor import Actor
from accounts.models import User
from accounts.personal_data import PersonalDataKind, register
from retention.models import Person, Plan, PlanShare, Post, SessionPattern
from retention.queries.plans import read_plan

Held = list[dict[str, Any]]


def export_person(user: User) -> object:
    """Return who the person is in the record; nothing for someone who is not in it."""
    person = Person.objects.filter(user=user).first()
    if person is None:
        return {}
    return {
        "name": person.name,
        "profession": person.profession,
        "year_of_birth": person.year_of_birth,
        "qualified_year": person.qualified_year,
    }


def erase_person(user: User, by: Actor) -> None:
    """Delete the person, and with them whatever a later record still hangs on them."""
    Person.objects.filter(subject=user.subject_id).delete()


def export_posts(user: User) -> Held:
    """Return every post, with its told weeks and its draft."""
    posts = Post.objects.filter(person__user=user).select_related("organisation")
    return [
        {
            "organisation": post.organisation.name,
            "code": post.organisation.code,
            "role": post.role,
            "session_minutes": post.session_minutes,
            "confirmed_on": _iso(post.confirmed_on),
            "from": _iso(post.starts_on),
            "until": _iso(post.ends_on),
            "end_reason": post.end_reason,
            "weeks": _weeks(post),
        }
        for post in posts.prefetch_related("patterns__cells")
    ]


def erase_posts(user: User, by: Actor) -> None:
    """Delete posts with their weeks; a practice that still employs the person may add one anew."""
    Post.objects.filter(person__user=user).delete()


def export_plan(user: User) -> object:
    """Return the plan, opened, and with whom it is or was shared."""
    plan = Plan.objects.filter(person__user=user).first()
    if plan is None:
        return {}
    content = read_plan(plan)
    shares = PlanShare.objects.filter(plan=plan).select_related("recipient")
    return {
        "retire_year": content.retire_year,
        "wishes": list(content.wishes),
        "saved_at": _iso(plan.saved_at),
        "shares": [
            {
                "with": share.recipient.name,
                "from": _iso(share.starts_on),
                "until": _iso(share.ends_on),
            }
            for share in shares
        ],
    }


def erase_plan(user: User, by: Actor) -> None:
    """Delete the plan and its shares."""
    Plan.objects.filter(person__user=user).delete()


def _weeks(post: Post) -> Held:
    patterns: list[SessionPattern] = list(post.patterns.all())
    return [
        {
            "draft": pattern.told_at is None,
            "from": _iso(pattern.starts_on),
            "until": _iso(pattern.ends_on),
            "told_at": _iso(pattern.told_at),
            "shows_mentoring": pattern.shows_mentoring,
            "half_days": [
                {
                    "day": cell.get_weekday_display(),
                    "part": cell.part,
                    "kind": cell.kind,
                    "minutes": cell.minutes,
                }
                for cell in pattern.cells.all()
            ],
        }
        for pattern in patterns
    ]


def _iso(when: dt.date | None) -> str | None:
    return None if when is None else when.isoformat()


KINDS = (
    PersonalDataKind(
        "Who you are in the record: name, profession, year of birth and of qualification",
        "Until you erase it.",
        export_person,
        erase_person,
    ),
    PersonalDataKind(
        "Posts, the weeks you told, and your drafts",
        "Until you erase them; a draft goes when its post ends.",
        export_posts,
        erase_posts,
    ),
    PersonalDataKind(
        "Your plan, encrypted, and with whom you share it",
        "Until you delete it; each share for six months at most.",
        export_plan,
        erase_plan,
    ),
)


def register_all() -> None:
    """Register every kind, the person first, so that it is erased last."""
    for kind in KINDS:
        register(kind)
