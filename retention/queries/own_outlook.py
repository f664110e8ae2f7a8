"""One's own outlook: made for the request of the person it is of, kept nowhere."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from retention.models.person import Profession
from retention.models.post import PostRole
from retention.queries.my_record import MyRecord
from retention.queries.plans import read_plan

if TYPE_CHECKING:
    from models.explanation import Explanation
    from models.person_outlook import AssumedEffect, PersonOutlook, WhatIf
    from models.person_years import PersonYears

# The standard table that speaks for each profession, and for those of another one by their post.
GROUP_OF_PROFESSION = {
    Profession.GP: "gp",
    Profession.NURSE: "nurses",
    Profession.PHARMACIST: "dpc",
    Profession.PARAMEDIC: "dpc",
    Profession.PHYSIOTHERAPIST: "dpc",
    Profession.PHYSICIAN_ASSOCIATE: "dpc",
    Profession.MANAGER: "admin",
}
GROUP_OF_ROLE = {
    PostRole.NURSE: "nurses",
    PostRole.ADVANCED_NURSE: "nurses",
    PostRole.PHARMACIST: "dpc",
    PostRole.OTHER_CLINICAL: "dpc",
    PostRole.MANAGER: "admin",
    PostRole.OTHER: "admin",
}
# What the person takes an assumption to be worth: the yearly chance of leaving falls by so many
# per cent, from and to.
Effects = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class OwnOutlook:
    """One's own outlook with its inputs, or `missing`: what it lacks.

    `missing` is "profession", "role", "year_of_birth", "in_training" or "age". `planned` is the
    same with one's plan taken as an assumption; None without a year in the plan, and `plan_year`
    says which. `what_ifs` are empty where too few sessions are known to give any up.
    """

    missing: str
    age: int | None = None
    sessions: float = 0
    staff_group: str = ""
    outlook: "PersonOutlook | None" = None
    planned: "PersonOutlook | None" = None
    plan_year: int | None = None
    explanations: "tuple[Explanation, ...]" = ()
    pensions: tuple[str, ...] = ()
    what_ifs: "tuple[WhatIf, ...]" = ()


def own_outlook(
    by: Actor,
    record: MyRecord,
    effects: Effects | None = None,
    *,
    as_at: dt.date | None = None,
) -> OwnOutlook:
    """Return one's own outlook from a day (today) on, made for this request and kept nowhere.

    That one looked is audited as one's own act, which no administrator is shown. It rests on
    age, on the sessions of told patterns, and (apart) on one's plan and on the `effects` that the
    person assumes. Raises ValueError for effects that are no range below 100.
    """
    authorise(by, Permission.OWN_RECORD, record.person)
    # Also where there is nothing to show: that somebody looked is theirs to read.
    with transaction.atomic():
        audit.record(by=by, act=Act.LOOKED_AT_OWN_OUTLOOK, subject=by.subject_id)
    missing = _missing(record)
    if missing or record.person is None or record.person.year_of_birth is None:
        return OwnOutlook(missing=missing)
    from models.standard_table import FIRST_AGE

    day = as_at or today()
    age = day.year - record.person.year_of_birth
    if age < FIRST_AGE:
        return OwnOutlook(missing="age", age=age)
    return _made(record, day, age, effects or {})


def coming_year_of(plan_year: int, day: dt.date) -> int:
    """Return the coming year that a plan falls in: 1 is the next twelve months.

    A plan names a calendar year and no month; its middle, the first of July, stands for it.
    """
    months = (plan_year - day.year) * 12 + 7 - day.month
    return max(1, math.ceil(months / 12))


def _made(record: MyRecord, day: dt.date, age: int, effects: Effects) -> OwnOutlook:
    """The outlook of someone of this age on a day, from the table of their staff group."""
    # numpy stays out of the start of a web worker.
    from models.explanation import explain, pension_words
    from models.person_outlook import SESSIONS_GIVEN_UP, person_outlook, what_if
    from models.standard_table import standard_table

    group = staff_group_of(record)
    table = standard_table(group)
    sessions = sum(mine.totals.sessions for mine in record.posts if mine.totals)
    plan_year = read_plan(record.plan).retire_year if record.plan else None
    planned = None
    if plan_year is not None and plan_year >= day.year:
        ahead = coming_year_of(plan_year, day)
        planned = person_outlook(age, sessions, plan_years=ahead, table=table)
    found = (
        what_if(name, age, sessions, effect=_effect(effects.get(name)), table=table)
        for name in SESSIONS_GIVEN_UP
    )
    row = _person_year(day.year, age, sessions)
    return OwnOutlook(
        missing="",
        age=age,
        sessions=sessions,
        staff_group=group,
        outlook=person_outlook(age, sessions, table=table),
        planned=planned,
        plan_year=plan_year,
        explanations=explain(row, table=table),
        pensions=pension_words(row),
        what_ifs=tuple(one for one in found if one is not None),
    )


def staff_group_of(record: MyRecord) -> str:
    """Return the staff group whose standard table speaks for this person, "" if none does."""
    profession = Profession(record.person.profession) if _said(record) and record.person else None
    if profession is None:
        return ""
    roles = (GROUP_OF_ROLE.get(PostRole(mine.post.role), "") for mine in record.posts)
    return GROUP_OF_PROFESSION.get(profession) or next(filter(None, roles), "")


def _missing(record: MyRecord) -> str:
    if not _said(record):
        return "profession"
    # No table speaks of doctors in training; who has another post beside it is in that one's.
    if {mine.post.role for mine in record.posts} == {PostRole.TRAINEE}:
        return "in_training"
    if not staff_group_of(record):
        return "role"
    return "" if record.person and record.person.year_of_birth else "year_of_birth"


def _said(record: MyRecord) -> bool:
    return record.person is not None and bool(record.person.profession)


def _effect(percents: tuple[int, int] | None) -> "AssumedEffect | None":
    from models.person_outlook import AssumedEffect

    return AssumedEffect(percents[0] / 100, percents[1] / 100) if percents else None


def _person_year(year: int, age: int, sessions: float) -> "PersonYears":
    """One year of this person; nothing that is not asked for is filled in."""
    from models.person_years import person_years

    return person_years(
        person=[1],
        year=[year],
        age=[age],
        # No pension rule that is told here asks for length of service.
        tenure=[1],
        female=[float("nan")],
        event=[0],
        sessions=[sessions or float("nan")],
        sessions_change=[float("nan")],
        role=[""],
    )
