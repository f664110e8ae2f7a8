"""How far figures of a practice can be trusted: stated thresholds, a grade, and its reasons.

A grade is about data, never about a practice's work or its people. Thresholds are judgements, kept
here so that they can be read, argued with and changed in one place (docs/decisions/0039).
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from models.sessions import MINUTES_PER_FTE

# England prints 1 % of GPs and 3 % of nurses without an age (October 2025).
AGE_UNKNOWN_CARE, AGE_UNKNOWN_POOR = 0.05, 0.20
# 1.5 full-time weeks a head are 56 hours: more likely a slip than a week.
FTE_PER_HEAD = 1.5
# From one month to the next loaded one; in a small practice one person more is no error.
JUMP, JUMP_PEOPLE, JUMP_FTE = 0.5, 2, 1.0
# Months without valid figures before what is known is too old to use.
OLD_MONTHS = 3
# Every post is looked at once a year.
CONFIRM_WITHIN = dt.timedelta(days=365)


class Grade(IntEnum):
    """How far figures can be used, best first."""

    GOOD = 0
    CARE = 1
    POOR = 2
    NONE = 3


class Doubt(StrEnum):
    """A reason to doubt a figure or a post."""

    NOT_IN_FILE = "not_in_file"
    NO_FIGURES = "no_figures"
    AGE_UNKNOWN = "age_unknown"
    HIGH_FTE = "high_fte"
    NO_FTE = "no_fte"
    JUMP_PEOPLE = "jump_people"
    JUMP_FTE = "jump_fte"
    # Of the practice's own posts.
    CAN_STILL_SIGN_IN = "can_still_sign_in"
    ENDED_FOR_GOOD = "ended_for_good"
    TWO_FULL_TIME = "two_full_time"
    LONG_HOURS = "long_hours"
    NOT_CONFIRMED = "not_confirmed"
    NO_HOURS = "no_hours"


@dataclass(frozen=True)
class Finding:
    """A doubt with its weight; `value` is its size: a share, a ratio, or months (None: never)."""

    doubt: Doubt
    grade: Grade
    value: float | None = None


@dataclass(frozen=True)
class PublishedFacts:
    """What is printed of a practice's staff group in a month; None is not known.

    `people_before` and `fte_before` are of the loaded month before. `months_old` counts from the
    last month with valid figures, 0 where this one has them, None where none has.
    """

    people: int | None
    fte: float | None
    age_unknown: int | None
    people_before: int | None = None
    fte_before: float | None = None
    months_old: int | None = 0
    in_file: bool = True


@dataclass(frozen=True)
class PostFacts:
    """What is known of one open post. Minutes are contracted, a week; None is not known.

    `last_confirmed`: by the practice, on its own or with the whole list. `other_minutes` are of
    the person's other open posts in the same practice. `left_for_good`: another post here ended by
    retirement or death.
    """

    last_confirmed: dt.date | None
    minutes: int | None
    has_week: bool = False
    other_minutes: Collection[int] = ()
    left_for_good: bool = False


def grade_of(findings: Iterable[Finding]) -> Grade:
    """Return the worst grade of some findings; good without any."""
    return max((finding.grade for finding in findings), default=Grade.GOOD)


def published_findings(facts: PublishedFacts) -> tuple[Finding, ...]:
    """Return the doubts about published figures, worst first."""
    if facts.people is None or facts.fte is None:
        return (_missing(facts),)
    found = [*_implausible(facts.people, facts.fte), *_jumps(facts)]
    share = (facts.age_unknown or 0) / facts.people if facts.people else 0.0
    if share > AGE_UNKNOWN_CARE:
        grade = Grade.POOR if share > AGE_UNKNOWN_POOR else Grade.CARE
        found.append(Finding(Doubt.AGE_UNKNOWN, grade, share))
    return _worst_first(found)


def post_findings(post: PostFacts, on: dt.date) -> tuple[Finding, ...]:
    """Return the doubts about a post as at a day, worst first."""
    found = _too_much(post.minutes or 0, post.other_minutes)
    if post.left_for_good:
        found.insert(0, Finding(Doubt.ENDED_FOR_GOOD, Grade.POOR))
    if post.last_confirmed is None or on - post.last_confirmed > CONFIRM_WITHIN:
        days = None if post.last_confirmed is None else (on - post.last_confirmed).days
        found.append(Finding(Doubt.NOT_CONFIRMED, Grade.CARE, days and days / 30.4375))
    if post.minutes is None and not post.has_week:
        found.append(Finding(Doubt.NO_HOURS, Grade.CARE))
    return _worst_first(found)


def _too_much(minutes: int, others: Collection[int]) -> list[Finding]:
    """Say that two posts are full-time, or else that all together are more than a week."""
    if min(minutes, max(others, default=0)) >= MINUTES_PER_FTE:
        return [Finding(Doubt.TWO_FULL_TIME, Grade.POOR)]
    weeks = (minutes + sum(others)) / MINUTES_PER_FTE
    return [Finding(Doubt.LONG_HOURS, Grade.POOR, weeks)] if weeks > FTE_PER_HEAD else []


def _missing(facts: PublishedFacts) -> Finding:
    """Say that figures are missing: old ones are of no use, newer ones of some."""
    doubt = Doubt.NO_FIGURES if facts.in_file else Doubt.NOT_IN_FILE
    recent = facts.months_old is not None and facts.months_old < OLD_MONTHS
    return Finding(doubt, Grade.POOR if recent else Grade.NONE, facts.months_old)


def _implausible(people: int, fte: float) -> list[Finding]:
    if fte > FTE_PER_HEAD * people:
        return [Finding(Doubt.HIGH_FTE, Grade.POOR, fte / people if people else None)]
    if people and not fte:
        return [Finding(Doubt.NO_FTE, Grade.POOR)]
    return []


def _jumps(facts: PublishedFacts) -> list[Finding]:
    found = []
    for doubt, now, before, least in (
        (Doubt.JUMP_PEOPLE, facts.people, facts.people_before, JUMP_PEOPLE),
        (Doubt.JUMP_FTE, facts.fte, facts.fte_before, JUMP_FTE),
    ):
        if now is None or not before or abs(now - before) < least:
            continue
        change = (now - before) / before
        if abs(change) > JUMP:
            found.append(Finding(doubt, Grade.CARE, change))
    return found


def _worst_first(found: list[Finding]) -> tuple[Finding, ...]:
    # Sorting keeps the order of those that weigh the same.
    return tuple(sorted(found, key=lambda finding: -finding.grade))
