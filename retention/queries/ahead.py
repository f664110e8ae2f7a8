"""A place's sessions year by year for ten years, as it is and under a reader's assumptions.

Public figures and the standard table only, as retention.queries.public_outlook; no assumption
here is a published figure, and each holds for everyone of the place alike.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace

import numpy as np
from django.core.cache import cache

from models.contributions import Contribution, contributions, in_groups
from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.flags import FLAG_YEARS
from models.forecast import expected
from models.joiners import Joiners, joiners
from models.leaving import leaving
from models.scenarios import (
    FewerSessions,
    Place,
    PracticeCloses,
    RetireLater,
    Scenario,
    SchemeEffect,
)
from models.sessions_left import SessionsLeft, sessions_left
from models.sessions_lost import PRACTICES_UP_TO
from organisations.models.organisation import Kind, Organisation
from organisations.queries.membership import practices_counted
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import age_profile, is_known, month_end
from retention.queries.places_within import PlaceOutlook
from retention.queries.public_outlook import (
    KEPT_SECONDS,
    OutlookInputs,
    outlook_inputs,
    outlook_key,
)

# Regions have none, for nobody is shown the outlook of a region.
AHEAD_KINDS = (
    Kind.PRACTICE,
    Kind.NETWORK,
    Kind.ICB,
    Kind.SUB_ICB,
    Kind.TRAINING_HUB,
    Kind.COUNTRY,
)
YEARS = tuple(range(1, 11))
# What a reader may assume: years later, and per cents. Few, so that what is kept stays little.
RETIRE, FEWER, SCHEME, STAYING = (0, -2, 2), (0, 10, 20), (0, 10, 20, 30), (0, 50, 100)
# A scheme's effect is nowhere published: half and one and a half times the reader's own figure.
SCHEME_LOW, SCHEME_HIGH = 0.5, 1.5
_EFFECTS = range(3)  # of models.scenarios.SchemeEffect: low, central, high
_KEPT_SECONDS = 24 * 60 * 60  # under assumptions; without any, as long as an outlook
_HUNDRED = 100


@dataclass(frozen=True)
class Assumptions:
    """What a reader sets: years, and whole per cents. Without any, the place stays as it is.

    `closes` is the code of a practice of the network, `staying` how many of its people stay.
    """

    retire: int = 0
    fewer: int = 0
    scheme: int = 0
    closes: str = ""
    staying: int = 0

    @property
    def are_any(self) -> bool:
        """Whether anything is assumed; who stays matters only where a practice closes."""
        return bool(self.retire or self.fewer or self.scheme or self.closes)


@dataclass(frozen=True)
class DataChange:
    """What differs from the figures before, both by the same table and model.

    `expected` is the change of the sessions expected to be lost within FLAG_YEARS: `by_sessions`
    as there are more or fewer, `by_ages` as their people are older or younger. They add up.
    """

    since: dt.date
    sessions: float
    expected: float
    by_sessions: float
    by_ages: float


@dataclass(frozen=True)
class Ahead:
    """Sessions left after each of YEARS, and what drives the loss within FLAG_YEARS.

    `under` is None without assumptions; `at_once` are the sessions that they take on the first
    day; `scheme_range` the sessions left at the end, with a scheme's smallest and largest effect.
    """

    now: float
    patients: int | None
    without: tuple[SessionsLeft, ...]
    joiners: tuple[Joiners, ...] | None
    drivers: tuple[Contribution, ...]
    change: DataChange | None
    under: tuple[SessionsLeft, ...] | None = None
    at_once: float = 0.0
    scheme_range: tuple[float, float] | None = None


def closable(
    place: Organisation, month: dt.date, practices: Iterable[PlaceOutlook]
) -> list[PlaceOutlook]:
    """Return which of a network's practices today its reader may close in thought; one query.

    With and without a practice, a network's outlook tells the practice's: so only those whose own
    outlook the reader may see, and that have one. They must have been there in the month, too.
    """
    if place.kind != Kind.NETWORK:
        return []
    there = practices_counted(place, month_end(month))
    # A practice that came since is no row of the month's inputs, and could not be taken out.
    return [row for row in practices if row.outlook and row.place.pk in there]


def ahead(place: Organisation, month: dt.date, given: Assumptions | None = None) -> Ahead | None:
    """Return a place's years ahead under assumptions; None where it has no outlook.

    Kept in the cache until published figures change. Raises ValueError for a kind of place that
    has none, and for a practice that is not among the place's.
    """
    if place.kind not in AHEAD_KINDS:
        raise ValueError("There are no years ahead for this kind of place.")
    given = given or Assumptions()
    key = outlook_key("ahead", [place], month, astuple(given))
    found: Ahead | None = cache.get(key)
    if found is None:
        # None is not kept: it costs little to find out, and a first file is then seen at once.
        own = outlook_inputs([place], month).get(place)
        if own is None:
            return None
        found = _found(place, month, own, given)
        cache.set(key, found, _KEPT_SECONDS if given.are_any else KEPT_SECONDS)
    return found


def _found(
    place: Organisation, month: dt.date, own: OutlookInputs, given: Assumptions
) -> Ahead | None:
    if not given.are_any:
        return _made(place, month, own)
    # A switch asks for one forecast: the place as it is has been worked out already.
    found = ahead(place, month)
    return _with_assumptions(found, own, given) if found else None


def _made(place: Organisation, month: dt.date, own: OutlookInputs) -> Ahead:
    profile = age_profile(place, month)
    patients = profile.patients if profile else None
    # No figures are no trainees known, which is not the same as none in training.
    trainees = profile.trainees if profile and is_known(profile) else None
    joined = joiners(trainees, YEARS) if trainees is not None else None
    without = _left(Place(own.spread, own.heads), patients)
    return Ahead(
        now=without[0].now,
        patients=patients,
        without=without,
        joiners=tuple(joined.values()) if joined else None,
        drivers=_drivers(place, own),
        change=_change(place, month, own),
    )


def _drivers(place: Organisation, own: OutlookInputs) -> tuple[Contribution, ...]:
    """Return the parts of the loss; a band of a practice may be one person, so its are groups."""
    parts = contributions(own.spread, own.heads, years=FLAG_YEARS)
    if place.kind == Kind.PRACTICE:
        return tuple(in_groups(parts, PUBLIC_OUTLOOK_FROM))
    return tuple(parts)


def _left(place: Place, patients: int | None) -> tuple[SessionsLeft, ...]:
    """Return what is left of a place; a large one's in half the time, to the same digit."""
    people, heads = place.people, place.sessions_per_head
    if people.sum() > PRACTICES_UP_TO:
        lost = leaving(people, heads, years=YEARS, bands=place.bands, table=place.table)
        return tuple(sessions_left(year, patients=patients) for year in lost.values())
    return tuple(sessions_left(year, patients=patients) for year in place.forecast(YEARS).values())


def _with_assumptions(found: Ahead, own: OutlookInputs, given: Assumptions) -> Ahead:
    """Return the same with the forecast of the changed place beside it."""
    as_it_is = Place(own.spread, own.heads)
    # All three cuts go through the same changes, so that only the effect tells them apart.
    row = _row(own, given.closes) if given.closes else None
    low, central, high = (_changed(as_it_is, row, given, effect) for effect in _EFFECTS)
    under = _left(central, found.patients)
    return replace(
        found,
        under=under,
        at_once=found.now - under[0].now,
        scheme_range=(_expected_left(low), _expected_left(high)) if given.scheme else None,
    )


def _row(own: OutlookInputs, code: str) -> int:
    found = Organisation.objects.filter(pk__in=own.practices, code=code).values_list("pk")
    if not found:
        raise ValueError("This practice is not among those of the place.")
    return list(own.practices).index(found[0][0])


def _changed(place: Place, closes: int | None, given: Assumptions, effect: int) -> Place:
    """Return the place under all that is assumed: closing first, for it names a row."""
    cut = given.scheme / _HUNDRED
    # Of everyone: whose leaving a scheme changes is not known, and no age decides it.
    scheme = SchemeEffect(SCHEME_LOW * cut, cut, SCHEME_HIGH * cut, from_age=None)
    scenarios: list[Scenario] = [
        RetireLater(given.retire),
        FewerSessions(given.fewer / _HUNDRED),
        scheme.scenarios[effect],
    ]
    if closes is not None:
        scenarios.insert(0, PracticeCloses(closes, given.staying / _HUNDRED))
    for scenario in scenarios:
        place = scenario.of(place)
    return place


def _expected_left(place: Place) -> float:
    losses = expected(
        place.people,
        place.sessions_per_head,
        years=YEARS[-1:],
        bands=place.bands,
        table=place.table,
    )
    return float(losses.sessions_now.sum() - losses.sessions.sum())


def _change(place: Organisation, month: dt.date, own: OutlookInputs) -> DataChange | None:
    before = (
        PublishedProfile.objects.filter(
            organisation=place, staff_group=StaffGroup.GP, month__lt=month
        )
        .order_by("-month")
        .values_list("month", flat=True)
        .first()
    )
    # By today's table and model: what is left is the data alone.
    then = outlook_inputs([place], before).get(place) if before else None
    if before is None or then is None:
        return None
    now, lost = _sums(own)
    was, had = _sums(then)
    if not was or not now:
        return None
    return DataChange(
        since=before,
        sessions=now - was,
        expected=lost - had,
        by_sessions=(now - was) * had / was,
        by_ages=now * (lost / now - had / was),
    )


def _sums(own: OutlookInputs) -> tuple[float, float]:
    """Return the sessions now, and those expected to be lost within FLAG_YEARS."""
    losses = expected(own.spread, own.heads, years=[FLAG_YEARS])
    return float(losses.sessions_now.sum()), float(np.sum(losses.sessions))
