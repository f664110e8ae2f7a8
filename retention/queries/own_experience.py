"""A hub's own leavers as they were let out, against the standard table; never counted here."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.actor import Actor
from models.disclosure import Band, Withheld, band_from
from models.own_experience import (
    NOTHING,
    Experience,
    Span,
    expected_leavers,
    experience,
    group_rates,
    group_shares,
    weight_after,
    years_span,
)
from models.standard_table import standard_table
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from retention.models import ExperienceRelease, PublishedProfile
from retention.models.published_count import StaffGroup
from retention.queries.age_profile import (
    BANDS,
    age_profiles,
    is_known,
    known_ages,
    latest_month,
)
from retention.queries.private_outlook import may_see_private

WEIGHT_YEARS = (1, 3, 5, 10)


@dataclass(frozen=True)
class Stretch:
    """What was let out of some months in one go."""

    since: dt.date
    until: dt.date
    person_years: Span
    leavers: Band
    retired: Band | Withheld
    unexplained: Band | Withheld
    expected: Span
    expected_retired: Span
    table_version: str


@dataclass(frozen=True)
class Weight:
    """The weight that a whole record of so many years would carry, of all in a place's figures."""

    years: int
    z: float


@dataclass(frozen=True)
class GroupExperience:
    """A staff group's own leavers: nothing let out without stretches.

    `weights` are of published figures alone: what a record of everyone in them would carry.
    """

    staff_group: StaffGroup
    stretches: tuple[Stretch, ...] = ()
    weights: tuple[Weight, ...] = ()
    yearly_expected: float | None = None

    @property
    def together(self) -> Experience | None:
        """All leaving, over all stretches."""
        return _together((each.leavers, each.expected) for each in self.stretches)

    @property
    def retired(self) -> Experience | None:
        """Retirement alone, over all stretches; None where one of them withholds it."""
        return _together((each.retired, each.expected_retired) for each in self.stretches)


@dataclass(frozen=True)
class OwnExperience:
    """The own leavers of a hub's area by staff group; a network's are never counted."""

    place: Organisation
    groups: tuple[GroupExperience, ...]

    @property
    def is_counted(self) -> bool:
        """Whether leavers of such a place are counted at all."""
        return self.place.kind == Kind.TRAINING_HUB


def own_experience(
    actor: Actor, place: Organisation, as_at: dt.date | None = None
) -> OwnExperience | None:
    """Return a place's own experience as it stood on a day (today), in three queries.

    For those who may see its private outlook; None for everyone else.
    """
    if not may_see_private(actor, place):
        return None
    on = as_at or today()
    releases = ExperienceRelease.objects.filter(hub=place, quarter__lte=on, since__isnull=False)
    stretches: dict[str, list[Stretch]] = defaultdict(list)
    for release in releases:
        stretches[release.staff_group].append(_stretch(release))
    yearly = _yearly_expected(place, on)
    return OwnExperience(
        place,
        tuple(
            GroupExperience(
                group,
                tuple(stretches[group]),
                _weights(yearly.get(group)),
                yearly.get(group),
            )
            for group in StaffGroup
        ),
    )


def _stretch(release: ExperienceRelease) -> Stretch:
    told, since = release.figures, release.since
    leavers = band_from(told["leavers"] if told else None)
    # Let out only where eight left.
    assert told is not None
    assert since is not None
    assert isinstance(leavers, Band)
    rates = {group: (retire, otherwise) for group, (retire, otherwise) in told["rates"].items()}
    every, retired = expected_leavers(told["years"], rates)
    return Stretch(
        since=since,
        until=release.quarter,
        person_years=sum((years_span(low) for low in told["years"].values()), NOTHING),
        leavers=leavers,
        retired=band_from(told["retired"]),
        unexplained=band_from(told["unexplained"]),
        expected=every,
        expected_retired=retired,
        table_version=release.table_version,
    )


def _together(stretches: Iterable[tuple[Band | Withheld, Span]]) -> Experience | None:
    actual = expected = NOTHING
    for left, due in stretches:
        if isinstance(left, Withheld):
            return None
        actual, expected = actual + Span(left.low, left.high), expected + due
    return experience(actual, expected) if expected.low > 0 else None


def _yearly_expected(place: Organisation, on: dt.date) -> dict[str, float]:
    """Return the leavers a year that the table expects of a place's published people."""
    # Of the day that is shown: a past page keeps the weights that it had.
    month = latest_month(place, on)
    profiles = age_profiles([place], month).values() if month else ()
    return {
        row.staff_group: _expected_of(row)
        for row in profiles
        if row.staff_group in BANDS and is_known(row)
    }


def _expected_of(profile: PublishedProfile) -> float:
    group = profile.staff_group
    ages = known_ages(profile.headcount, BANDS[group])
    people = float(sum(value or 0 for value in profile.headcount.values()))
    rates, shares = (
        group_rates(standard_table(group), ages, BANDS[group]),
        group_shares(ages, BANDS[group]),
    )
    return people * sum(share * sum(rates[name]) for name, share in shares.items())


def _weights(yearly: float | None) -> tuple[Weight, ...]:
    if not yearly:
        return ()
    return tuple(Weight(years, weight_after(yearly, years)) for years in WEIGHT_YEARS)
