"""A practice or network among those most like it in list size, deprivation and rurality.

Open data alone. Which places these are is told by their ranges and never by name: it is a
background to read one place against, and no list to stand in.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from django.db.models import Max

from models.disclosure import may_show_public_outlook
from models.forecast import expected
from models.patients_per_session import patients_per_session
from models.sessions import fte_to_sessions
from models.similar_places import (
    FEWEST,
    FEWEST_OF_ALL,
    Among,
    SimilarPlaces,
    UsualRange,
    WholeRange,
    similar_places,
    standardised,
    usual_range,
    weighted_mean,
    whole_range,
)
from organisations.models.organisation import Kind, Organisation
from organisations.queries.membership import practices_of_networks
from retention.models.published_count import StaffGroup
from retention.models.published_place import Deprivation
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import is_known, month_end, share_older
from retention.queries.outlook_inputs import outlook_inputs
from retention.queries.population import loaded
from retention.queries.public_outlook import PublicOutlook, outlook_key
from retention.queries.rurality import rural_practices, year_ended

SIMILAR_KINDS = (Kind.PRACTICE, Kind.NETWORK)
LOSS_YEARS = 5
_KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class _Features:
    """What is known of all places of a kind, each by primary key: patients, score, rural share."""

    sizes: Mapping[int, int]
    scores: Mapping[int, float]
    rural: Mapping[int, float]


@dataclass(frozen=True)
class Measure:
    """A place's value, None if not known, and the range of similar places, None if too few."""

    value: float | None
    usual: UsualRange | None


@dataclass(frozen=True)
class Beside:
    """A place's value, None if not known, and the range of all others, None if too few."""

    value: float | None
    others: WholeRange | None


@dataclass(frozen=True)
class Others:
    """A place beside all others of its kind, too few to choose those like it from."""

    places: int
    older: Beside
    per_session: Beside


@dataclass(frozen=True)
class Similar:
    """A place among similar ones: how many, how like, and three measures.

    `list_sizes`, `scores` and `rural` (the share of patients whose practice is rural) are the
    smallest and largest of the similar places; `rural` is None where it had no part in the choice.
    `lost` is the share of sessions expected to be lost within LOSS_YEARS, whatever the reason.
    """

    places: int
    list_sizes: tuple[float, float]
    scores: tuple[float, float]
    rural: tuple[float, float] | None
    older: Measure
    per_session: Measure
    lost: Measure


@dataclass(frozen=True)
class Lost:
    """A place's own share lost within LOSS_YEARS, and how it lies; None where nothing is known."""

    expected: float | None
    low80: float | None
    high80: float | None
    lies: Among | None


def lost_here(measure: Measure, outlook: PublicOutlook) -> Lost:
    """Return the share of a place, told apart only where its whole interval is out of the range.

    measure: that of `Similar.lost`; outlook: the place's, which its reader may see.
    """
    h, now, usual = outlook.horizons[LOSS_YEARS], outlook.sessions_now, measure.usual
    if not now:
        return Lost(None, None, None, None if usual is None else Among.USUAL)
    lies = None
    if usual is not None:
        lies = Among.USUAL
        if h.low80 / now > usual.high:
            lies = Among.ABOVE
        elif h.high80 / now < usual.low:
            lies = Among.BELOW
    return Lost(h.expected / now, h.low80 / now, h.high80 / now, lies)


def similar(place: Organisation, month: dt.date, as_at: dt.date) -> Similar | Others | None:
    """Return a practice or network among similar ones in a month's figures.

    Where a hub has loaded too few to choose from, among all of them. None where its list size or
    deprivation, or that of enough others, is not loaded. A fixed number of queries; kept for a
    day, or until another file is loaded. Raises ValueError for other kinds of place.
    """
    if place.kind not in SIMILAR_KINDS:
        raise ValueError("Only practices and networks are compared with similar ones.")
    editions = (as_at.year, year_ended(as_at))
    key = outlook_key("similar", [place], month, editions, loaded())
    found: tuple[Similar | Others | None] | None = cache.get(key)
    if found is None:
        # In a tuple, so that "none" is kept too.
        found = (_made(place, month, as_at),)
        cache.set(key, found, _KEPT_SECONDS)
    return found[0]


def _made(place: Organisation, month: dt.date, as_at: dt.date) -> Similar | Others | None:
    known = _features(Kind(place.kind), month, as_at)
    if place.pk not in known.sizes:
        return None
    keys = sorted(known.sizes)
    found, by_rurality = _nearest(known, keys, keys.index(place.pk))
    if found is None:
        return _beside_all(place, keys, month)
    chosen = [keys[row] for row in found.rows]
    older, per_session = _published([place.pk, *chosen], month)
    return Similar(
        places=len(chosen),
        list_sizes=_range(known.sizes, chosen),
        scores=_range(known.scores, chosen),
        rural=_range(known.rural, chosen) if by_rurality else None,
        older=_among(older),
        per_session=_among(per_session),
        lost=_among(_lost([place.pk, *chosen], month)),
    )


def _nearest(known: _Features, keys: list[int], row: int) -> tuple[SimilarPlaces | None, bool]:
    """Return the places most like that of a row, and whether rurality had a part in the choice.

    Where it is not known of the place, or of too few others, list size and deprivation decide.
    """
    sizes = [known.sizes[pk] for pk in keys]
    scores, rural = (
        [figure.get(pk, np.nan) for pk in keys] for figure in (known.scores, known.rural)
    )
    found = similar_places(standardised(sizes, scores, rural), row)
    if found is not None:
        return found, True
    return similar_places(standardised(sizes, scores), row), False


def _beside_all(place: Organisation, keys: list[int], month: dt.date) -> Others | None:
    """Return a place beside all others (primary keys) where those are few, but not too few."""
    others = [pk for pk in keys if pk != place.pk]
    if not FEWEST_OF_ALL <= len(others) < FEWEST:
        return None
    older, per_session = _published([place.pk, *others], month)
    return Others(
        places=len(others),
        older=Beside(older[0], whole_range(older[1:])),
        per_session=Beside(per_session[0], whole_range(per_session[1:])),
    )


def _range(values: Mapping[int, float], chosen: Sequence[int]) -> tuple[float, float]:
    found = [values[pk] for pk in chosen]
    return min(found), max(found)


def _among(values: list[float | None]) -> Measure:
    """Return the first value and the range of the others."""
    return Measure(values[0], usual_range(values[1:]))


def _features(kind: Kind, month: dt.date, as_at: dt.date) -> _Features:
    """Return what is known of all places of a kind.

    Kept like what is made of it: it is the same for the thousandth place as for the first.
    """
    key = f"similar-features:{kind}:{month}:{as_at.year}:{year_ended(as_at)}:{loaded()}"
    found: _Features | None = cache.get(key)
    if found is None:
        found = _features_made(kind, month, as_at)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _features_made(kind: Kind, month: dt.date, as_at: dt.date) -> _Features:
    lists = PublishedProfile.objects.filter(
        month=month, staff_group=StaffGroup.GP, patients__gt=0
    ).order_by()
    sizes = {
        pk: patients or 0
        for pk, patients in lists.filter(organisation__kind=kind).values_list(
            "organisation", "patients"
        )
    }
    newest = Deprivation.objects.filter(year__lte=as_at.year).aggregate(newest=Max("year"))
    editions = Deprivation.objects.filter(year=newest["newest"])
    scores: dict[int, float] = dict(editions.values_list("practice", "score"))
    rural = {pk: float(is_rural) for pk, is_rural in rural_practices(as_at)[1].items()}
    if kind == Kind.PRACTICE:
        return _Features(sizes, scores, rural)
    of_practices = lists.filter(organisation__kind=Kind.PRACTICE)
    weights = dict(of_practices.values_list("organisation", "patients"))
    members = practices_of_networks(month_end(month))
    within = {pk: sorted(members.get(pk, ())) for pk in sizes}
    return _Features(sizes, _means(scores, weights, within), _means(rural, weights, within))


def _means(
    values: Mapping[int, float],
    weights: Mapping[int, int | None],
    within: Mapping[int, Sequence[int]],
) -> dict[int, float]:
    """Return the mean of practices' values by their patients, for each network that has one."""
    means = {
        pk: weighted_mean([values.get(one) for one in of], [weights.get(one) for one in of])
        for pk, of in within.items()
    }
    return {pk: mean for pk, mean in means.items() if mean is not None}


def _published(keys: list[int], month: dt.date) -> tuple[list[float | None], list[float | None]]:
    """Return share from 55 and patients for each session, each in the order of `keys`."""
    rows = PublishedProfile.objects.filter(
        organisation__in=keys, month=month, staff_group=StaffGroup.GP
    )
    profiles = {row.organisation_id: row for row in rows}
    return (
        [_older(profiles.get(pk)) for pk in keys],
        [_per_session(profiles.get(pk)) for pk in keys],
    )


def _lost(keys: list[int], month: dt.date) -> list[float | None]:
    """Return the share of sessions expected to be lost, in the order of `keys`."""
    places = list(Organisation.objects.filter(pk__in=keys))
    lost = {
        one.pk: _share_lost(own.spread, own.heads)
        for one, own in outlook_inputs(places, month).items()
    }
    return [lost.get(pk) for pk in keys]


def _share_lost(spread: np.ndarray, heads: np.ndarray) -> float | None:
    losses = expected(spread, heads, years=[LOSS_YEARS])
    now = float(losses.sessions_now.sum())
    return float(losses.sessions.sum()) / now if now else None


def _older(profile: PublishedProfile | None) -> float | None:
    """Return the share aged 55 and over; none is made of fewer people than an outlook needs."""
    if profile is None or not is_known(profile):
        return None
    people = sum(count or 0 for count in profile.headcount.values())
    return share_older(profile) if may_show_public_outlook(people) else None


def _per_session(profile: PublishedProfile | None) -> float | None:
    """Return patients for each session where both are known of every practice."""
    if profile is None or profile.practices_not_known or profile.fte is None:
        return None
    if profile.patients is None:
        return None
    return patients_per_session(profile.patients, fte_to_sessions(profile.fte))
