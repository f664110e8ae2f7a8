"""Data quality of published figures: of every practice of a place, in a fixed number of queries."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max

from models.data_quality import (
    Finding,
    Grade,
    PublishedFacts,
    grade_of,
    published_findings,
)
from organisations.models import Organisation, Sharing
from organisations.models.sharing import SharedThing
from organisations.queries.membership import practices_counted
from organisations.queries.places import practices_of
from retention.imports.cells import UNKNOWN_AGE
from retention.models import RosterConfirmation
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import month_end

# A practice and staff group, and what is printed of it: people, FTE, age not known.
_Key = tuple[int, str]
_Printed = tuple[int | None, float | None, int | None]


@dataclass(frozen=True)
class GroupQuality:
    """One staff group of a practice in a month."""

    staff_group: StaffGroup
    facts: PublishedFacts
    findings: tuple[Finding, ...]

    @property
    def grade(self) -> Grade:
        """The grade of the worst finding."""
        return grade_of(self.findings)


@dataclass(frozen=True)
class PracticeQuality:
    """A practice with the quality of each of its staff groups that the month's files print."""

    practice: Organisation
    groups: tuple[GroupQuality, ...]

    @property
    def grade(self) -> Grade:
        """The grade of the worst staff group."""
        return max((group.grade for group in self.groups), default=Grade.GOOD)

    @property
    def findings(self) -> int:
        """How many doubts there are."""
        return sum(len(group.findings) for group in self.groups)


@dataclass(frozen=True)
class PlaceQuality:
    """The practices of a place in a month, worst first; `month` is None where nothing is loaded.

    `months` are the loaded ones, newest first.
    """

    place: Organisation
    month: dt.date | None
    months: tuple[dt.date, ...]
    staff_groups: tuple[StaffGroup, ...]
    practices: tuple[PracticeQuality, ...]

    def counts(self) -> dict[Grade, int]:
        """Return how many practices have each grade, best first."""
        grades = [practice.grade for practice in self.practices]
        return {grade: grades.count(grade) for grade in Grade}

    @property
    def to_chase(self) -> tuple[PracticeQuality, ...]:
        """The practices with a doubt, worst first."""
        return tuple(practice for practice in self.practices if practice.findings)


@dataclass(frozen=True)
class RecordConfirmed:
    """A practice that shares its record with a hub, and when it last said that it stands."""

    practice: Organisation
    confirmed_on: dt.date | None


def place_quality(
    place: Organisation,
    *,
    month: dt.date | None = None,
    staff_group: StaffGroup | None = None,
) -> PlaceQuality:
    """Return the quality of every practice of a place in a month; of all staff groups if None.

    A fixed number of queries, however many practices. The newest month is taken if `month` is not
    loaded.
    """
    of_place = PublishedProfile.objects.filter(organisation=place).order_by("-month")
    months = tuple(of_place.values_list("month", flat=True).distinct())
    chosen = month if month in months else next(iter(months), None)
    if chosen is None:
        return PlaceQuality(place, None, (), (), ())
    # The month published before, be it a quarter ago: a jump is told from what was known last.
    before = next((earlier for earlier in months if earlier < chosen), None)
    # As the place's own figures count them: a hub has the months before it began, too.
    counted = practices_counted(place, month_end(chosen))
    practices = list(Organisation.objects.filter(pk__in=counted))
    now = _printed(practices, chosen, staff_group)
    earlier = _printed(practices, before, staff_group)
    groups = tuple(group for group in StaffGroup if any(key[1] == group for key in now))
    last = _last_known(practices, chosen, now, groups)
    found = [
        PracticeQuality(
            practice,
            tuple(_group(practice, group, chosen, now, earlier, last) for group in groups),
        )
        for practice in practices
    ]
    found.sort(key=lambda one: (-one.grade, -one.findings, one.practice.name, one.practice.code))
    return PlaceQuality(place, chosen, months, groups, tuple(found))


def months_between(earlier: dt.date, later: dt.date) -> int:
    """Return the calendar months from one day to another, 0 within one month."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def records_confirmed(hub: Organisation, as_at: dt.date) -> list[RecordConfirmed]:
    """Return the practices that share their record with a hub, longest unconfirmed first.

    The days are of practices, not of people. Who does not share is not here. Two queries.
    """
    shared = Sharing.objects.as_at(as_at).filter(recipient=hub, thing=SharedThing.PATTERNS)
    practices = list(practices_of(hub, as_at).filter(pk__in=shared.values("practice")))
    # What was confirmed after the day says nothing of how the record stood on it.
    said = RosterConfirmation.objects.filter(practice__in=practices, confirmed_on__lte=as_at)
    newest = said.order_by().values("practice").annotate(day=Max("confirmed_on"))
    days = dict(newest.values_list("practice", "day"))
    found = [RecordConfirmed(practice, days.get(practice.pk)) for practice in practices]
    return sorted(found, key=lambda one: (one.confirmed_on or dt.date.min, one.practice.name))


def _printed(
    practices: Sequence[Organisation], month: dt.date | None, staff_group: StaffGroup | None
) -> Mapping[_Key, _Printed]:
    if month is None:
        return {}
    rows = PublishedProfile.objects.filter(
        organisation__in=[practice.pk for practice in practices], month=month
    )
    if staff_group:
        rows = rows.filter(staff_group=staff_group)
    return {
        (practice, group): (people, fte, headcount.get(UNKNOWN_AGE))
        for practice, group, people, fte, headcount in rows.values_list(
            "organisation", "staff_group", "people", "fte", "headcount"
        )
    }


def _last_known(
    practices: Sequence[Organisation],
    month: dt.date,
    now: Mapping[_Key, _Printed],
    groups: Collection[StaffGroup],
) -> Mapping[_Key, dt.date]:
    """Return the last month with valid figures of those who have none in `month`."""
    missing = {
        practice.pk
        for practice in practices
        for group in groups
        if now.get((practice.pk, group), (None,))[0] is None
    }
    rows = PublishedProfile.objects.filter(
        organisation__in=missing, month__lt=month, people__isnull=False
    )
    found = rows.order_by().values("organisation", "staff_group").annotate(last=Max("month"))
    return {
        (practice, group): last
        for practice, group, last in found.values_list("organisation", "staff_group", "last")
    }


def _group(
    practice: Organisation,
    group: StaffGroup,
    month: dt.date,
    now: Mapping[_Key, _Printed],
    earlier: Mapping[_Key, _Printed],
    last: Mapping[_Key, dt.date],
) -> GroupQuality:
    key = (practice.pk, group)
    people, fte, age_unknown = now.get(key, (None, None, None))
    people_before, fte_before, _ = earlier.get(key, (None, None, None))
    # Figures of this month are nought months old; else by the last month that had any.
    known = month if people is not None else last.get(key)
    facts = PublishedFacts(
        people=people,
        fte=fte,
        age_unknown=age_unknown,
        people_before=people_before,
        fte_before=fte_before,
        months_old=None if known is None else months_between(known, month),
        in_file=key in now,
    )
    return GroupQuality(group, facts, published_findings(facts))
