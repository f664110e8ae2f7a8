"""What a roster would do to the record: row by row, before anything is done."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from retention.imports.results import Rejection
from retention.imports.roster import RosterRow
from retention.models import Person, Post
from retention.queries.roster_matching import Matcher, Refused
from retention.queries.roster_record import PracticeRecord
from retention.queries.roster_weeks import new_week_start, same_week

LONGEST_AHEAD = dt.timedelta(days=2 * 365)


class Outcome(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    CHANGED = "changed"
    ENDED = "ended"
    UNCHANGED = "unchanged"
    ASK = "ask"
    REJECTED = "rejected"


@dataclass
class RowPlan:
    """One row: what it would do, in words; why not, with the fix; or who it might be."""

    line: int
    name: str
    role: str
    outcome: Outcome
    details: list[str] = field(default_factory=list)
    reason: str = ""
    row: RosterRow | None = None
    person: Person | None = None
    post: Post | None = None
    candidates: list[Person] = field(default_factory=list)
    # What to set on the person and the post, and from when the half-days hold.
    person_values: dict[str, object] = field(default_factory=dict)
    post_values: dict[str, object] = field(default_factory=dict)
    week_from: dt.date | None = None


@dataclass
class RosterPlan:
    """A whole roster; `absent` are posts of the practice that the file does not name."""

    rows: list[RowPlan]
    absent: list[Post]

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each outcome."""
        counts = {outcome.value: 0 for outcome in Outcome}
        for row in self.rows:
            counts[row.outcome] += 1
        return counts

    def digest(self) -> str:
        """Return what stands for the plan: another digest means that the record has moved on."""
        told = [
            (row.line, row.outcome, row.details, row.person and row.person.pk,
             row.post and row.post.pk)
            for row in self.rows
        ]  # fmt: skip
        text = json.dumps([told, sorted(post.pk for post in self.absent)])
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Terms:
    """What holds for the whole file: the day, and whether agreement and notice are named."""

    today: dt.date
    agreement: int | None = None
    told_on: dt.date | None = None

    @property
    def waits(self) -> bool:
        """Whether the rows enter no figure yet."""
        return self.agreement is None or self.told_on is None


def make_plan(
    rows: Iterable[RosterRow],
    rejected: Sequence[Rejection],
    record: PracticeRecord,
    answers: Mapping[str, str],
    codes: set[str],
    terms: Terms,
) -> RosterPlan:
    """Compare typed rows with the record; `codes` are the organisation codes that exist."""
    matcher = Matcher(record, answers, codes)
    plans = [_plan_row(row, matcher, record, terms) for row in rows]
    plans += [RowPlan(each.line, "", "", Outcome.REJECTED, reason=each.reason) for each in rejected]
    plans.sort(key=lambda plan: plan.line)
    named = {plan.post.pk for plan in plans if plan.post}
    absent = [post for post in record.visible if post.pk not in named and _lasts(post, terms.today)]
    return RosterPlan(plans, absent)


def _plan_row(row: RosterRow, matcher: Matcher, record: PracticeRecord, terms: Terms) -> RowPlan:
    plan = RowPlan(row.line, row.name, row.role, Outcome.UNCHANGED, row=row)
    try:
        match = matcher.match(row)
    except Refused as refused:
        plan.outcome, plan.reason = Outcome.REJECTED, str(refused)
        return plan
    if match.candidates:
        plan.outcome, plan.candidates = Outcome.ASK, match.candidates
        plan.reason = "Say who this is: the name is known here, and the row has no known number."
        return plan
    plan.person = match.person
    plan.post = _post_of(match.person, row, record, terms.today) if match.person else None
    if plan.person:
        _plan_person(plan, plan.person, row, record, terms)
    if plan.post is None or plan.post.confirmed_on is None:
        _plan_new_post(plan, row, record, terms)
    else:
        _plan_change(plan, plan.post, row, record, terms)
    return plan


def _post_of(person: Person, row: RosterRow, record: PracticeRecord, today: dt.date) -> Post | None:
    """Return the post that a row means: the one that lasts, else the one that began that day."""
    posts = record.posts.get((person.pk, row.role), [])
    lasting = [post for post in posts if _lasts(post, today)]
    left = [
        post
        for post in posts
        if row.ends_on and row.ends_on <= today
        if post.ends_on == row.ends_on or post.starts_on == row.starts_on
    ]
    return next(iter([*lasting, *left]), None)


def _plan_new_post(plan: RowPlan, row: RosterRow, record: PracticeRecord, terms: Terms) -> None:
    starts_on = plan.post.starts_on if plan.post else row.starts_on or terms.today
    if row.ends_on and row.ends_on <= terms.today:
        plan.details.append("Left before today and is not in the record: nothing to do.")
        plan.person_values = {}
        return
    if starts_on > terms.today + LONGEST_AHEAD:
        plan.outcome = Outcome.REJECTED
        plan.reason = "The first day lies more than two years ahead. Correct it."
        return
    ended = record.posts.get((plan.person.pk, row.role), []) if plan.person else []
    last = max((post.ends_on for post in ended if post.ends_on), default=None)
    if last and (last > starts_on or row.starts_on is None):
        plan.outcome = Outcome.REJECTED
        plan.reason = (
            f"In the record this post ended; last day {_last_day(last)}. Take the row out; or, if"
            " they came back, give the first day after that."
        )
        return
    plan.outcome = Outcome.CREATED
    plan.post_values = {
        "starts_on": starts_on,
        "session_minutes": row.session_minutes,
        "contracted_minutes": row.contracted_minutes,
        "staff_reference": row.staff_reference,
        **_notice(terms),
    }
    plan.details.append(_new_words(starts_on, row))
    if row.ends_on:
        plan.details.append(f"Ends; last day {_last_day(row.ends_on)}.")
    if plan.post:
        _plan_week(plan, plan.post, row, record, terms.today)
    elif row.week:
        plan.week_from = max(starts_on, row.week_from or starts_on)
    if not row.registration and not row.staff_reference:
        plan.details.append(
            "Has no number: next month you will be asked who this is. A staff reference helps."
        )


def _plan_change(
    plan: RowPlan, post: Post, row: RosterRow, record: PracticeRecord, terms: Terms
) -> None:
    _plan_post_values(plan, post, row, record)
    _plan_week(plan, post, row, record, terms.today)
    changes = bool(plan.person_values or plan.post_values or plan.week_from)
    if row.ends_on and row.ends_on != post.ends_on:
        if post.end_reason:
            plan.details.append("This post has ended already; its last day stays as it is.")
        elif row.ends_on < (row.starts_on or post.starts_on):
            plan.outcome = Outcome.REJECTED
            plan.reason = "The last day lies before the first day in the record. Correct it."
            return
        else:
            plan.outcome = Outcome.ENDED
            plan.details.append(f"Ends; last day {_last_day(row.ends_on)}.")
    elif changes:
        plan.outcome = Outcome.CHANGED
    if plan.outcome != Outcome.UNCHANGED:
        # A row waits with what it says, until its own upload names agreement and notice.
        plan.post_values |= _notice(terms)
    elif not terms.waits and (post.waits or post.agreement_id is None):
        plan.outcome = Outcome.CHANGED
        plan.post_values |= _notice(terms)
        plan.details.append("Comes under the agreement of this upload.")


def _plan_post_values(plan: RowPlan, post: Post, row: RosterRow, record: PracticeRecord) -> None:
    for name, words in (
        ("contracted_minutes", "Contracted time"),
        ("session_minutes", "Length of a session"),
    ):
        old, new = getattr(post, name), getattr(row, name)
        if new is not None and new != old:
            plan.post_values[name] = new
            plan.details.append(f"{words}: {_minutes(old)} becomes {_minutes(new)}.")
    if row.staff_reference and row.staff_reference != post.staff_reference:
        plan.post_values["staff_reference"] = row.staff_reference
        plan.details.append("Your staff reference is noted.")
    if row.starts_on and row.starts_on != post.starts_on:
        told = record.weeks.get(post.pk)
        if (told and told.starts_on < row.starts_on) or (post.ends_on or row.starts_on) < (
            row.starts_on
        ):
            plan.details.append("The first day stays: the record holds weeks from before it.")
        else:
            plan.post_values["starts_on"] = row.starts_on
            plan.details.append(
                f"First day: {_words(post.starts_on)} becomes {_words(row.starts_on)}."
            )


def _plan_week(
    plan: RowPlan, post: Post, row: RosterRow, record: PracticeRecord, today: dt.date
) -> None:
    told = record.weeks.get(post.pk)
    if row.week is None or same_week(row.week, told, row.session_minutes or post.session_minutes):
        return
    if told and not told.by_practice:
        plan.details.append(
            "The half-days differ from the week that the person told you: theirs stays."
        )
        return
    starts_on = new_week_start(post, told, row.week_from, today)
    if starts_on is None:
        plan.details.append("The half-days stay: the week in the record begins later.")
        return
    plan.week_from = starts_on
    plan.details.append(f"New half-days from {_words(starts_on)}.")


def _plan_person(
    plan: RowPlan, person: Person, row: RosterRow, record: PracticeRecord, terms: Terms
) -> None:
    """Change what the practice may say of a person: of one with an account, only the number."""
    if row.registration and not person.registration:
        plan.person_values["registration"] = row.registration
        plan.details.append("Registration number is noted.")
    if not record.keeps_details_of(person):
        return
    if row.name != person.name:
        plan.person_values["name"] = row.name
        plan.details.append(f"Name: {person.name} becomes {row.name}.")
    if row.year_of_birth and row.year_of_birth != person.year_of_birth:
        plan.person_values["year_of_birth"] = row.year_of_birth
        plan.details.append("Year of birth is changed.")
    if row.age_band and not row.year_of_birth and row.age_band != person.age_band:
        plan.person_values |= {"age_band": row.age_band, "age_band_on": terms.today}
        plan.details.append("Age band is changed.")


def _new_words(starts_on: dt.date, row: RosterRow) -> str:
    """Return what a new post begins with, so that a slip is seen before it is stored."""
    words = [f"From {_words(starts_on)}"]
    if row.contracted_minutes is not None:
        words.append(f"{_minutes(row.contracted_minutes)} a week")
    if row.week:
        words.append(f"{len(row.week)} half-day{'s' if len(row.week) > 1 else ''}")
    return f"{', '.join(words)}."


def _notice(terms: Terms) -> dict[str, object]:
    if terms.waits:
        return {"waits": True}
    return {"waits": False, "agreement_id": terms.agreement, "told_on": terms.told_on}


def _lasts(post: Post, today: dt.date) -> bool:
    return post.ends_on is None or post.ends_on > today


def _minutes(minutes: int | None) -> str:
    if minutes is None:
        return "not said"
    return f"{minutes // 60} h {minutes % 60:02d} min"


def _last_day(ends_on: dt.date) -> str:
    return _words(ends_on - dt.timedelta(days=1))


def _words(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
