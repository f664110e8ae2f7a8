"""Data quality in words: grades, reasons, the list to chase, and its downloads."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from models.data_quality import Doubt, Finding, Grade
from organisations.clock import today
from organisations.models.organisation import Kind
from retention.models.published_count import StaffGroup
from retention.presenters.outlook import number, percent, plural
from retention.presenters.profile_sheets import month_words, tenth, whole
from retention.presenters.session_grid import date_words
from retention.presenters.spreadsheets import Cell, Sheet
from retention.queries.age_profile import month_end
from retention.queries.data_quality import (
    PlaceQuality,
    PracticeQuality,
    RecordConfirmed,
    months_between,
)
from retention.queries.posts_to_check import PostToCheck, PracticeCheck

GRADES = {
    Grade.GOOD: "Good",
    Grade.CARE: "Use with care",
    Grade.POOR: "Poor",
    Grade.NONE: "No usable figures",
}
COLOURS = {Grade.GOOD: "green", Grade.CARE: "yellow", Grade.POOR: "orange", Grade.NONE: "red"}
POST_WORDS = {
    Doubt.CAN_STILL_SIGN_IN: "Left, and still has a role in the practice",
    Doubt.ENDED_FOR_GOOD: "Another post here ended by retirement or death: has this one ended too?",
    Doubt.TWO_FULL_TIME: "Two full-time posts in the practice",
    Doubt.NO_HOURS: "No contracted hours, and no week told",
}


@dataclass(frozen=True)
class QualityRow:
    """A practice in the list to chase."""

    name: str
    code: str
    url: str
    grade: str
    colour: str
    reasons: list[str]


@dataclass(frozen=True)
class QualityPage:
    """What the page of a place shows; `records` only for those who may see them."""

    title: str
    kind: str
    code: str
    place_url: str
    sentences: list[str]
    grades: list[tuple[str, str]]
    rows: list[QualityRow]
    is_practice: bool
    records: Sheet | None
    sheets: list[Sheet]
    address: str


@dataclass(frozen=True)
class CheckRow:
    """A post in a manager's list."""

    name: str
    role: str
    grade: str
    colour: str
    reasons: list[str]
    action: str
    url: str


def quality_page(
    quality: PlaceQuality,
    staff_group: StaffGroup | None = None,
    records: list[RecordConfirmed] | None = None,
) -> QualityPage:
    """Return the page of a place's data quality."""
    place = quality.place
    values = {
        "group": staff_group or "",
        "month": f"{quality.month:%Y-%m}" if quality.month else "",
    }
    own = records_sheet(records) if records else None
    return QualityPage(
        title=place.name,
        kind=Kind(place.kind).label,
        code=place.code,
        place_url=place.get_absolute_url(),
        sentences=_sentences(quality),
        grades=[(GRADES[grade], number(count)) for grade, count in quality.counts().items()],
        rows=[_row(practice) for practice in quality.to_chase],
        is_practice=place.kind == Kind.PRACTICE,
        records=own,
        sheets=[sheet for sheet in (quality_sheet(quality), own) if sheet],
        address=urlencode({name: value for name, value in values.items() if value}),
    )


def quality_sheet(quality: PlaceQuality) -> Sheet:
    """Return every practice and staff group with grade, reasons and figures, worst first."""
    rows: list[list[Cell]] = [
        [
            practice.practice.name,
            practice.practice.code,
            group.staff_group.label,
            GRADES[group.grade],
            "; ".join(map(reason, group.findings)),
            whole(group.facts.people),
            tenth(group.facts.fte),
            whole(group.facts.age_unknown if group.facts.people is not None else None),
        ]
        # The page lists doubts alone; who filters a file wants the good ones in it too.
        for practice in quality.practices
        for group in practice.groups
    ]
    month = f", {month_words(quality.month)}" if quality.month else ""
    headers = [
        "Practice",
        "Code",
        "Staff group",
        "Grade",
        "Reasons",
        "People",
        "FTE",
        "Age unknown",
    ]
    return Sheet("quality", f"Data quality, {quality.place.name}{month}", headers, rows)


def records_sheet(records: Iterable[RecordConfirmed]) -> Sheet:
    """Return when each sharing practice last confirmed its own record, longest ago first."""
    return Sheet(
        "records",
        "When practices that share their record last confirmed it",
        ["Practice", "Last confirmed"],
        [
            [one.practice.name, date_words(one.confirmed_on) if one.confirmed_on else "Never"]
            for one in records
        ],
        "By loading a roster, or by saying that nothing changed. Nobody is named or counted here.",
    )


def reason(finding: Finding) -> str:
    """Return a doubt about published figures in words."""
    value = finding.value
    match finding.doubt:
        case Doubt.NOT_IN_FILE:
            return f"not in the file; {_last(value)}"
        case Doubt.NO_FIGURES:
            return f"no valid figures; {_last(value)}"
        case Doubt.AGE_UNKNOWN:
            return f"age not known of {percent(value)} of people"
        case Doubt.HIGH_FTE:
            return "FTE, and nobody" if value is None else f"{value:.1f} FTE a head"
        case Doubt.NO_FTE:
            return "people, and no FTE"
        case Doubt.JUMP_PEOPLE:
            return f"people {_change(value)} since the month before"
        case _:
            return f"FTE {_change(value)} since the month before"


def completeness_words(quality: PlaceQuality) -> str:
    """Say how old figures are and how many practices they are complete for."""
    if quality.month is None:
        return "Nothing is loaded."
    good = quality.counts()[Grade.GOOD]
    return (
        f"Figures of {dated_words(month_end(quality.month), today())};"
        f" good for {number(good)} of {plural(len(quality.practices), 'practice')}."
    )


def age_words(months: int) -> str:
    """Return how old a month's figures are."""
    if months < 1:
        return "less than a month old"
    return f"{plural(months, 'month')} old"


def dated_words(day: dt.date, on: dt.date) -> str:
    """Return the day that figures describe, and how old they are."""
    return f"{date_words(day)}, {age_words(_whole_months(day, on))}"


def _whole_months(day: dt.date, on: dt.date) -> int:
    """Return the months that are over; a month's last day ends one that began on a later day."""
    months = months_between(day, on)
    is_over = on.day >= day.day or on == month_end(on)
    return months if is_over else months - 1


def check_rows(check: PracticeCheck) -> list[CheckRow]:
    """Return a practice's posts to check, worst first, each with the way to mend it."""
    return [_check_row(check, item) for item in check.to_check]


def check_sentence(check: PracticeCheck) -> str:
    """Say how many posts want a look, and when the record was last confirmed."""
    said = (
        f"You last confirmed the whole list on {date_words(check.last_confirmed)}."
        if check.last_confirmed
        else "You never confirmed the whole list."
    )
    return f"{number(len(check.to_check))} to check, {plural(check.posts, 'open post')}. {said}"


def post_reason(finding: Finding) -> str:
    """Return a doubt about a post in words."""
    if finding.doubt == Doubt.NOT_CONFIRMED:
        if finding.value is None:
            return "Never confirmed"
        return f"Not confirmed for {plural(finding.value, 'month')}"
    if finding.doubt == Doubt.LONG_HOURS:
        return f"{finding.value or 0:.1f} full-time weeks of contracted hours in the practice"
    return POST_WORDS[finding.doubt]


def _check_row(check: PracticeCheck, item: PostToCheck) -> CheckRow:
    post, code = item.post, check.practice.code
    # Somebody who left and can still sign in is the one doubt that lets a stranger read.
    left = item.findings[0].doubt == Doubt.CAN_STILL_SIGN_IN
    url = (
        reverse("practice-access", args=[code])
        if left
        else reverse("post-end", args=[code, post.public_id])
    )
    return CheckRow(
        name=post.person.name,
        role=post.get_role_display(),
        grade="Mend" if item.grade == Grade.POOR else "Look",
        colour=COLOURS[item.grade],
        reasons=[post_reason(finding) for finding in item.findings],
        action="End the role" if left else "End this post",
        url=url,
    )


def _sentences(quality: PlaceQuality) -> list[str]:
    if quality.month is None:
        return [f"No workforce figures have been loaded for {quality.place.name} yet."]
    groups = ", ".join(group.label for group in quality.staff_groups)
    return [completeness_words(quality), f"Staff groups: {groups}."]


def _row(practice: PracticeQuality) -> QualityRow:
    place = practice.practice
    return QualityRow(
        name=place.name,
        code=place.code,
        url=place.get_absolute_url(),
        grade=GRADES[practice.grade],
        colour=COLOURS[practice.grade],
        reasons=[
            f"{group.staff_group.label}: {'; '.join(map(reason, group.findings))}"
            # The doubt that made the grade comes first.
            for group in sorted(practice.groups, key=lambda group: -group.grade)
            if group.findings
        ],
    )


def _last(months: float | None) -> str:
    if months is None:
        return "none in any loaded month"
    return f"the last are {plural(months, 'month')} older"


def _change(value: float | None) -> str:
    change = value or 0
    return f"{'up' if change > 0 else 'down'} {percent(abs(change))}"
