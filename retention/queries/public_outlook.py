"""The public outlook: a function of published age bands and the standard table, nothing else.

No private record is read here. A practice has an outlook from models.disclosure's limit on;
networks and areas always have one.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from django.core.cache import cache
from django.db.models import Max

from models.arrays import Floats
from models.bands import spread_unknown
from models.disclosure import may_show_public_outlook
from models.flags import FLAG_YEARS, RetirementFlag, retirement_flag
from models.forecast import HORIZONS, Forecast, Share, expected, forecast_many
from models.sessions import fte_to_sessions
from models.standard_table import standard_table
from organisations.clock import today
from organisations.models.organisation import ENGLAND, Kind, Organisation
from organisations.queries.membership import practices_by_place
from organisations.queries.places import networks_of
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import UNKNOWN, known_ages, latest_month, month_end
from retention.queries.england import Yardstick, published_retirement_share, yardstick

AREAS_WITH_NETWORKS = (Kind.ICB, Kind.SUB_ICB)
FLAGGED_KINDS = (Kind.NETWORK, Kind.ICB)
# The key changes with the figures, so an old entry is never read; this only clears them away.
KEPT_SECONDS = 30 * 24 * 60 * 60
# Beyond, reading every practice of the month is quicker than naming them, and has no limit.
_NAMED_UP_TO = 500
_CHANCE_STEPS = 4
# Raised when PublicOutlook changes its form, so that none of the old form is read from the cache.
_FORM = 1


@dataclass(frozen=True)
class OutlookHorizon:
    """Weekly sessions a place may lose within `years`, unrounded, if nobody joins.

    The interval is the 10th to the 90th percentile. `chances` are pairs (N, chance to lose N
    sessions or more, whatever the reason).
    """

    years: int
    expected: float
    low80: float
    high80: float
    headcount_expected: float
    retirement_expected: float
    retirement_low80: float
    retirement_high80: float
    chances: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class PublicOutlook:
    """The outlook of one place, unrounded, with what it was made from.

    `as_at` is the last day of the month that the figures describe. `people` are those counted,
    `age_not_known` of them without an age; practices without figures are left out and counted.
    """

    place: str
    as_at: dt.date
    table_version: str
    people: int
    age_not_known: int
    practices: int
    practices_not_known: int
    sessions_now: float
    horizons: Mapping[int, OutlookHorizon]

    def retirement_share(self, years: int = FLAG_YEARS) -> Share | None:
        """Return the share of sessions expected to be lost to retirement; None without sessions."""
        horizon = self.horizons[years]
        if not self.sessions_now:
            return None
        return Share(
            horizon.retirement_expected / self.sessions_now,
            horizon.retirement_low80 / self.sessions_now,
            horizon.retirement_high80 / self.sessions_now,
        )


def public_outlook(
    place: Organisation,
    month: dt.date | None = None,
    staff_group: str = StaffGroup.GP,
    years: Iterable[int] = HORIZONS,
) -> PublicOutlook | None:
    """Return the public outlook of a place in a month (its newest if None).

    None without figures, for a practice under the limit, and for England while the
    loaded practices are too few to stand for it. Raises ValueError for a
    staff group other than GPs: the outlook of a place is made for them alone so far.
    """
    if staff_group != StaffGroup.GP:
        raise ValueError("The outlook of a place is made for GPs only.")
    month = month or latest_month(place)
    return public_outlooks([place], month, years).get(place.pk) if month else None


def public_outlooks(
    places: Sequence[Organisation], month: dt.date, years: Iterable[int] = HORIZONS
) -> dict[int, PublicOutlook]:
    """Return the outlooks of some places by primary key, without those that have none.

    The number of queries depends neither on the places nor on their practices. The result is
    kept in the cache until published figures change.
    """
    horizons = tuple(years)
    key = outlook_key("outlook", places, month, horizons)
    found: dict[int, PublicOutlook] | None = cache.get(key)
    if found is None:
        found = _made(places, month, horizons)
        cache.set(key, found, KEPT_SECONDS)
    return found


def public_outlooks_of_areas(month: dt.date, *, as_at: dt.date | None = None) -> None:
    """Put the outlooks of every area, and of its networks on a day (today), into the cache."""
    for area in Organisation.objects.filter(kind__in=AREAS_WITH_NETWORKS):
        public_outlooks([area], month)
        public_outlooks(list(networks_of(area, as_at or today())), month)
    england_share(yardstick(month), month)


def england_share(england: Yardstick, month: dt.date) -> float:
    """Return the share of England's sessions that retirement is expected to take (FLAG_YEARS).

    Expectations add up, so England's distribution, which takes seconds, is not made for it.
    """
    if england.loaded is None:
        return published_retirement_share()
    place = england.loaded.organisation
    key = outlook_key("share", [place], month, (FLAG_YEARS,))
    share: float | None = cache.get(key)
    if share is None:
        share = _expected_share(place, month) or published_retirement_share()
        cache.set(key, share, KEPT_SECONDS)
    return share


def _expected_share(place: Organisation, month: dt.date) -> float | None:
    own = outlook_inputs([place], month).get(place)
    if own is None:
        return None
    losses = expected(own.spread, own.heads, years=[FLAG_YEARS])
    now = float(losses.sessions_now.sum())
    return float(losses.retirement_sessions.sum()) / now if now else None


def flag_of(
    place: Organisation, outlook: PublicOutlook | None, england: float
) -> RetirementFlag | None:
    """Compare a network or ICB with England's share; None for other places, or nothing to lose."""
    share = outlook.retirement_share() if outlook else None
    if place.kind not in FLAGGED_KINDS or share is None:
        return None
    return retirement_flag(share, england)


def outlook_key(name: str, places: Sequence[Organisation], month: dt.date, *given: object) -> str:
    """Return the cache key of something made of published figures; `given` tells it apart."""
    # Every load of a file makes the rows of all places again, so the newest row tells of it.
    figures = PublishedProfile.objects.aggregate(newest=Max("pk"))["newest"]
    codes = ",".join(sorted(place.code for place in places))
    parts = (_FORM, figures, standard_table().version, month, *given, codes)
    return f"{name}:" + hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _made(
    places: Sequence[Organisation], month: dt.date, years: tuple[int, ...]
) -> dict[int, PublicOutlook]:
    inputs = outlook_inputs(places, month)
    # All at once: thousands of practices cost little more than the largest of them.
    forecasts = forecast_many([(own.spread, own.heads) for own in inputs.values()], years=years)
    return {
        place.pk: _outlook(place, month, own, results)
        for (place, own), results in zip(inputs.items(), forecasts, strict=True)
    }


def outlook_inputs(
    places: Sequence[Organisation], month: dt.date
) -> dict[Organisation, "OutlookInputs"]:
    """Return what the outlooks of some places are made from, without those that have none."""
    places = [place for place in places if place.code != ENGLAND or yardstick(month).loaded]
    members = _members(places, month)
    rows = _practice_rows(set(chain.from_iterable(members.values())), month)
    # Asked for only where a place knows no age at all, and then once.
    elsewhere = lru_cache(maxsize=1)(lambda: yardstick(month).ages)
    inputs = {}
    for place in places:
        own = {pk: rows[pk] for pk in sorted(members[place.pk]) if pk in rows}
        if (found := _inputs(place, own, elsewhere)) is not None:
            inputs[place] = found
    return inputs


def _members(places: Sequence[Organisation], month: dt.date) -> dict[int, frozenset[int]]:
    """Return the practices of each place at the end of the month, by the profiles' own rule."""
    if all(place.kind == Kind.PRACTICE for place in places):
        return {place.pk: frozenset({place.pk}) for place in places}
    members = practices_by_place(month_end(month))
    return {
        place.pk: frozenset({place.pk})
        if place.kind == Kind.PRACTICE
        else members.get(place.pk, frozenset())
        for place in places
    }


@dataclass(frozen=True)
class _PracticeRow:
    """One practice's people of known age by band, those of unknown age, and its sessions."""

    known: Floats
    unknown: float
    sessions: float

    @property
    def people(self) -> float:
        return float(self.known.sum()) + self.unknown


def _practice_rows(practices: set[int], month: dt.date) -> dict[int, _PracticeRow | None]:
    """Return the figures of each practice; None where the file had no usable ones."""
    rows = PublishedProfile.objects.filter(month=month, staff_group=StaffGroup.GP)
    if len(practices) > _NAMED_UP_TO:
        rows = rows.filter(organisation__kind=Kind.PRACTICE)
    else:
        rows = rows.filter(organisation__in=practices)
    return {
        pk: _practice_row(headcount, fte)
        for pk, headcount, fte in rows.values_list("organisation", "headcount", "fte")
        if pk in practices
    }


def _practice_row(headcount: Mapping[str, float], fte: float | None) -> _PracticeRow | None:
    if not headcount or fte is None:
        return None
    row = _PracticeRow(known_ages(headcount), headcount.get(UNKNOWN) or 0, fte_to_sessions(fte))
    # FTE without people is a gap in the return: there is nobody to share it.
    return None if fte and not row.people else row


@dataclass(frozen=True)
class OutlookInputs:
    """What an outlook is made from: the practices with people, and how many are not known."""

    practices: Sequence[int]  # their primary keys
    counted: Sequence[_PracticeRow]
    without_gps: int
    not_known: int
    spread: Floats  # (practices, bands), unknown ages spread over the known
    heads: Floats  # (practices,), sessions a head


def _inputs(
    place: Organisation,
    rows: Mapping[int, _PracticeRow | None],
    ages_elsewhere: Callable[[], Floats],
) -> OutlookInputs | None:
    """Return what the outlook of a place is made from; None where it has none."""
    counted = [row for row in rows.values() if row is not None and row.people]
    people = sum(row.people for row in counted)
    if not counted or (place.kind == Kind.PRACTICE and not may_show_public_outlook(people)):
        return None
    known = np.stack([row.known for row in counted])
    unknown = np.array([row.unknown for row in counted])
    ages = known.sum(axis=0) if known.any() else ages_elsewhere()
    return OutlookInputs(
        practices=[pk for pk, row in rows.items() if row is not None and row.people],
        counted=counted,
        without_gps=sum(1 for row in rows.values() if row is not None and not row.people),
        not_known=sum(1 for row in rows.values() if row is None),
        spread=spread_unknown(known, unknown, fallback=ages),
        heads=np.array([row.sessions / row.people for row in counted]),
    )


def _outlook(
    place: Organisation, month: dt.date, own: OutlookInputs, results: Mapping[int, Forecast]
) -> PublicOutlook:
    now = sum(row.sessions for row in own.counted)
    levels = chance_levels(now)
    return PublicOutlook(
        place=place.code,
        as_at=month_end(month),
        table_version=standard_table().version,
        people=round(sum(row.people for row in own.counted)),
        age_not_known=round(sum(row.unknown for row in own.counted)),
        practices=len(own.counted) + own.without_gps,
        practices_not_known=own.not_known,
        sessions_now=now,
        horizons={year: _horizon(result, levels) for year, result in results.items()},
    )


def chance_levels(sessions: float) -> tuple[int, ...]:
    """Return the losses whose chance is told: round steps of about a tenth of the sessions."""
    steps = [factor * 10**power for power in range(6) for factor in (1, 2, 5)]
    step = min(steps, key=lambda step: abs(step - sessions / 10))
    return tuple(step * number for number in range(1, _CHANCE_STEPS + 1))


def _horizon(result: Forecast, levels: tuple[int, ...]) -> OutlookHorizon:
    return OutlookHorizon(
        years=result.years,
        expected=result.expected,
        low80=result.low80,
        high80=result.high80,
        headcount_expected=result.headcount_expected,
        retirement_expected=result.retirement_expected,
        retirement_low80=result.retirement_low80,
        retirement_high80=result.retirement_high80,
        chances=tuple((level, result.chance_of_losing_at_least(level)) for level in levels),
    )
