"""What the record holds on a person, registered for "my data" and erasure."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.conf import settings

from accounts.actor import Actor
from accounts.models import User
from accounts.personal_data import PersonalDataKind, register
from organisations.clock import today
from retention.actions.roster_after import forget_in_rosters
from retention.models import (
    Objection,
    Person,
    Plan,
    PlanShare,
    Post,
    PostChange,
    RosterConfirmation,
    SessionPattern,
)
from retention.queries.plans import read_plan
from retention.queries.roster_rows import rows_in_rosters

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
        "registration": person.registration,
        "age_band": person.age_band,
        "age_band_on": _iso(person.age_band_on),
    }


def erase_person(user: User, by: Actor) -> None:
    """Delete the person, and with them whatever a later record still hangs on them."""
    Person.objects.filter(subject=user.subject_id).delete()


def export_posts(user: User) -> Held:
    """Return every post, with its told weeks and its draft."""
    posts = Post.objects.filter(person__user=user).select_related("organisation", "agreement")
    return [
        {
            "organisation": post.organisation.name,
            "code": post.organisation.code,
            "role": post.role,
            "session_minutes": post.session_minutes,
            "contracted_minutes": post.contracted_minutes,
            "staff_reference": post.staff_reference,
            "agreement": post.agreement.purpose if post.agreement else "",
            "told_on": _iso(post.told_on),
            "waits": post.waits,
            "confirmed_on": _iso(post.confirmed_on),
            "from": _iso(post.starts_on),
            "until": _iso(post.ends_on),
            "end_reason": post.end_reason,
            "leave": [
                {
                    "from": _iso(absence.starts_on),
                    "until": _iso(absence.ends_on),
                    "reason": absence.get_reason_display(),
                }
                for absence in post.absences.all()
            ],
            "changes": _changes(post),
            "weeks": _weeks(post),
        }
        for post in posts.prefetch_related("patterns__cells", "absences")
    ]


def erase_posts(user: User, by: Actor) -> None:
    """Delete posts with their weeks; a practice that still employs the person may add one anew."""
    Post.objects.filter(person__user=user).delete()


def export_rosters(user: User) -> Held:
    """Return what rosters of their practices still say of the person, row by row."""
    person = Person.objects.filter(user=user).first()
    return rows_in_rosters(person, today()) if person else []


def erase_in_rosters(user: User, by: Actor) -> None:
    """Take the person out of rosters that are not loaded yet, or can still be undone."""
    for person in Person.objects.filter(subject=user.subject_id):
        forget_in_rosters(person)


def export_objections(user: User) -> Held:
    """Return every objection, with its dates."""
    objections = Objection.objects.filter(person__user=user)
    return [{"from": _iso(each.starts_on), "until": _iso(each.ends_on)} for each in objections]


def erase_objections(user: User, by: Actor) -> None:
    """Delete them: without the person there is nothing to count."""
    Objection.objects.filter(person__user=user).delete()


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


def export_confirmations(user: User) -> Held:
    """Return when the user said that a practice's staff list stands."""
    said = RosterConfirmation.objects.filter(confirmed_by=user).select_related("practice")
    return [{"practice": each.practice.name, "on": _iso(each.confirmed_on)} for each in said]


def erase_confirmations(user: User, by: Actor) -> None:
    """Take the user's name off; that the practice confirmed is the practice's own fact."""
    RosterConfirmation.objects.filter(confirmed_by=user).update(confirmed_by=None)


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
            "told_by_practice": pattern.told_by_practice,
            "shows_mentoring": pattern.shows_mentoring,
            "rhythm": pattern.get_rhythm_display(),
            "basis": pattern.get_basis_display(),
            "weeks_a_year": pattern.weeks_a_year,
            "sessions_a_year": _number(pattern.sessions_a_year),
            "minutes_really_worked": pattern.actual_minutes,
            "half_days": [
                {
                    "week": cell.get_week_display(),
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


def _changes(post: Post) -> Held:
    """Return what the person wrote down and told of a post: its end, a leave, a return."""
    return [
        {
            "draft": change.told_at is None,
            "what": change.get_change_display(),
            "from": _iso(change.starts_on),
            "back": _iso(change.back_on),
            "told_at": _iso(change.told_at),
            "undone_at": _iso(change.undone_at),
        }
        for change in PostChange.objects.filter(post=post)
    ]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _iso(when: dt.date | None) -> str | None:
    return None if when is None else when.isoformat()


KINDS = (
    PersonalDataKind(
        "Who you are in the record: name, profession, year of birth or age band, year of"
        " qualification, registration number",
        "Until you erase it.",
        export_person,
        erase_person,
    ),
    PersonalDataKind(
        "Posts, contracted time, leave of absence, what you wrote down or told of their end, weeks"
        " told, and your drafts",
        f"Until you erase them, or {settings.RECORDS_KEPT_YEARS} years after the post ended;"
        " a draft goes when its post ends.",
        export_posts,
        erase_posts,
    ),
    PersonalDataKind(
        "Rows about you in rosters that your practice uploaded",
        "30 days at most; what undoing needs, 14 days.",
        export_rosters,
        erase_in_rosters,
    ),
    PersonalDataKind(
        "When you confirmed your practice's staff list",
        "Two years; then only the practice's last such day, without your name.",
        export_confirmations,
        erase_confirmations,
    ),
    PersonalDataKind(
        "Your objections to being counted",
        "Until you erase them.",
        export_objections,
        erase_objections,
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
