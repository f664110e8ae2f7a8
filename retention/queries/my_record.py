"""What the record holds on the person who asks, and their own outlook."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from retention.models import Person, Plan, PlanShare, Post, SessionPattern
from retention.models.person import Profession
from retention.models.post import PostRole
from retention.queries.patterns import WeekTotals, split_by_date, week_of, week_totals
from retention.queries.plans import open_shares, plan_of, read_plan, recognised_by
from retention.queries.posts import Readers, posts_of_user, readers_of

if TYPE_CHECKING:
    from models.person_outlook import PersonOutlook


@dataclass(frozen=True)
class MyPost:
    """One of my posts: its current pattern, those before and after, its draft, its readers."""

    post: Post
    current: SessionPattern | None
    totals: WeekTotals | None
    earlier: tuple[SessionPattern, ...]
    coming: tuple[SessionPattern, ...]
    draft: SessionPattern | None
    readers: Readers


@dataclass(frozen=True)
class MyRecord:
    """Everything on /me/. `person` is None before the first thing was entered."""

    person: Person | None
    posts: tuple[MyPost, ...]
    plan: Plan | None
    shares: tuple[PlanShare, ...]
    hubs: tuple[Organisation, ...]


@dataclass(frozen=True)
class OwnOutlook:
    """One's own outlook with its inputs, or `missing`: what it lacks.

    `missing` is "profession", "year_of_birth", "not_a_gp", "in_training" or "age". `planned` is
    the same with one's plan taken as an assumption; None without a year in the plan, and
    `plan_year` says which.
    """

    missing: str
    age: int | None = None
    sessions: float = 0
    outlook: "PersonOutlook | None" = None
    planned: "PersonOutlook | None" = None
    plan_year: int | None = None


def my_record(by: Actor) -> MyRecord:
    """Return the record of whoever asks; nothing is made by looking."""
    authorise(by, Permission.OWN_RECORD)
    assert by.user is not None  # authorise has looked
    date = today()
    person = Person.objects.filter(user=by.user).first()
    plan = plan_of(person)
    return MyRecord(
        person=person,
        posts=tuple(my_post(post, date) for post in posts_of_user(by.user, date)),
        plan=plan,
        shares=tuple(open_shares(plan)),
        hubs=tuple(recognised_by(person)),
    )


def own_outlook(by: Actor, record: MyRecord) -> OwnOutlook:
    """Return one's own outlook, made for this request and kept nowhere.

    That one looked is audited as one's own act, which no administrator is shown. It rests on
    age, on the sessions of told patterns, and (apart) on one's plan.
    """
    authorise(by, Permission.OWN_RECORD, record.person)
    with transaction.atomic():
        audit.record(by=by, act=Act.LOOKED_AT_OWN_OUTLOOK, subject=by.subject_id)
    missing = _missing(record)
    if missing or record.person is None or record.person.year_of_birth is None:
        return OwnOutlook(missing=missing)
    # numpy stays out of the start of a web worker.
    from models.person_outlook import person_outlook
    from models.standard_table import FIRST_AGE

    year = today().year
    age = year - record.person.year_of_birth
    if age < FIRST_AGE:
        return OwnOutlook(missing="age", age=age)
    sessions = sum(mine.totals.sessions for mine in record.posts if mine.totals)
    plan_year = read_plan(record.plan).retire_year if record.plan else None
    planned = None
    if plan_year is not None and plan_year >= year:
        planned = person_outlook(age, sessions, plan_years=max(1, plan_year - year))
    return OwnOutlook(
        missing="",
        age=age,
        sessions=sessions,
        outlook=person_outlook(age, sessions),
        planned=planned,
        plan_year=plan_year,
    )


def _missing(record: MyRecord) -> str:
    person = record.person
    if person is None or not person.profession:
        return "profession"
    if person.profession != Profession.GP:
        return "not_a_gp"
    roles = {mine.post.role for mine in record.posts}
    if roles == {PostRole.TRAINEE}:
        return "in_training"
    return "" if person.year_of_birth else "year_of_birth"


def my_post(post: Post, date: dt.date) -> MyPost:
    """Return one of one's own posts as it stands on `date`, with all its patterns."""
    patterns = list(
        SessionPattern.objects.filter(post=post)
        .order_by("-starts_on", "-pk")
        .prefetch_related("cells")
    )
    begun, coming = split_by_date([p for p in patterns if p.told_at], date)
    current = begun[0] if begun and (begun[0].ends_on is None or begun[0].ends_on > date) else None
    return MyPost(
        post=post,
        current=current,
        totals=week_totals(week_of(current), post.session_minutes) if current else None,
        earlier=tuple(pattern for pattern in begun if pattern != current),
        coming=coming,
        draft=next((pattern for pattern in patterns if not pattern.told_at), None),
        readers=readers_of(post, date),
    )
