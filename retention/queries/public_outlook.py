"""The public outlook: a function of published age bands and the standard table, nothing else.

No private record is read here. A practice has an outlook from models.disclosure's limit on;
networks and areas always have one.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

from django.core.cache import cache
from django.db.models import Max

from models.flags import FLAG_YEARS, RetirementFlag, retirement_flag
from models.forecast import HORIZONS, expected
from models.outlook import (
    MODEL_VERSION,
    Horizons,
    OutlookHorizon,
    PlacePeople,
    chance_levels,
    outlooks_of,
    unit_of,
)
from models.standard_table import standard_table
from organisations.models.organisation import Kind, Organisation
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.models.stored_outlook import StoredOutlook
from retention.queries.age_profile import BANDS, latest_month, month_end
from retention.queries.england import Yardstick, published_retirement_share
from retention.queries.outlook_figures import Edition, PublicOutlook, of_stored
from retention.queries.outlook_inputs import OutlookInputs, outlook_inputs

__all__ = [
    "OutlookHorizon",
    "OutlookInputs",
    "PublicOutlook",
    "chance_levels",
    "edition_in_force",
    "england_share",
    "flag_of",
    "made_outlooks",
    "outlook_inputs",
    "outlook_key",
    "public_outlook",
    "public_outlooks",
]

AREAS_WITH_NETWORKS = (Kind.ICB, Kind.SUB_ICB)
FLAGGED_KINDS = (Kind.NETWORK, Kind.ICB)
# The key changes with the figures, so an old entry is never read; this only clears them away.
KEPT_SECONDS = 30 * 24 * 60 * 60
# Raised when anything that is kept under `outlook_key` changes its form, so that no page reads
# what an older version of the service left in the cache.
_FORM = 3
# Beyond, a month's rows are read without naming the places, which has no limit.
_NAMED_UP_TO = 500


def public_outlook(
    place: Organisation,
    month: dt.date | None = None,
    staff_group: str = StaffGroup.GP,
    years: Iterable[int] = HORIZONS,
) -> PublicOutlook | None:
    """Return the public outlook of a place in a month (its newest if None).

    None without figures, for a practice under the limit, and for England while the
    loaded practices are too few to stand for it.
    """
    month = month or latest_month(place)
    if month is None:
        return None
    return public_outlooks([place], month, years, staff_group=staff_group).get(place.pk)


def public_outlooks(
    places: Sequence[Organisation],
    month: dt.date,
    years: Iterable[int] = HORIZONS,
    *,
    staff_group: str = StaffGroup.GP,
) -> dict[int, PublicOutlook]:
    """Return the outlooks of some places by primary key, without those that have none.

    As stored after the release (retention.actions.stored_outlooks); worked out, and kept in the
    cache until published figures change, where none is stored yet. The number of queries depends
    neither on the places nor on their practices.
    """
    # Only the usual horizons are stored; any other is worked out.
    horizons = tuple(years)
    stored = _stored(places, month, staff_group) if horizons == HORIZONS else {}
    found = {pk: outlook for pk, outlook in stored.items() if outlook}
    missing = [place for place in places if place.pk not in stored]
    return (found | _kept(missing, month, horizons, staff_group)) if missing else found


def _stored(
    places: Sequence[Organisation], month: dt.date, staff_group: str
) -> dict[int, PublicOutlook | None]:
    """Return what is stored by today's table and model of the month's figures as they are."""
    edition = edition_in_force(month, staff_group)
    rows = StoredOutlook.objects.filter(
        edition__month=month,
        edition__staff_group=staff_group,
        edition__table_version=edition.table_version,
        edition__model_version=edition.model_version,
        edition__holds=True,
    )
    by_key = {place.pk: place for place in places}
    if len(by_key) <= _NAMED_UP_TO:
        rows = rows.filter(organisation__in=by_key)
    return {
        pk: of_stored(by_key[pk], edition, figures) if figures else None
        for pk, figures in rows.values_list("organisation", "figures")
        if pk in by_key
    }


def _kept(
    places: Sequence[Organisation], month: dt.date, years: tuple[int, ...], staff_group: str
) -> dict[int, PublicOutlook]:
    table = standard_table(staff_group).version
    key = outlook_key("outlook", places, month, years, staff_group, table)
    found: dict[int, PublicOutlook] | None = cache.get(key)
    if found is None:
        found = made_outlooks(places, month, years, staff_group=staff_group)
        cache.set(key, found, KEPT_SECONDS)
    return found


def england_share(england: Yardstick, month: dt.date) -> float:
    """Return the share of England's sessions that retirement is expected to take (FLAG_YEARS).

    Of England's outlook as stored, so that a flag rests on two stored figures and can be explained
    later. Where none is stored yet it is added up: expectations need no distribution.
    """
    if england.loaded is None:
        return published_retirement_share()
    place = england.loaded.organisation
    stored = _stored([place], month, StaffGroup.GP).get(place.pk)
    if stored and (kept := stored.retirement_share()):
        return kept.expected
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
    parts = (_FORM, MODEL_VERSION, figures, standard_table().version, month, *given, codes)
    return f"{name}:" + hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def made_outlooks(
    places: Sequence[Organisation],
    month: dt.date,
    years: Iterable[int] = HORIZONS,
    *,
    staff_group: str = StaffGroup.GP,
    processes: int = 1,
) -> dict[int, PublicOutlook]:
    """Work the outlooks of some places out from the published figures, without those with none."""
    inputs = outlook_inputs(places, month, staff_group)
    unit = unit_of(staff_group)
    # All at once: thousands of practices cost little more than the largest of them.
    found = outlooks_of(
        [
            PlacePeople(own.spread, own.heads, chance_levels(own.sessions, unit))
            for own in inputs.values()
        ],
        years=years,
        bands=BANDS[staff_group],
        table=standard_table(staff_group),
        processes=processes,
    )
    edition = edition_in_force(month, staff_group)
    return {
        place.pk: _outlook(place, edition, own, horizons)
        for (place, own), horizons in zip(inputs.items(), found, strict=True)
    }


def edition_in_force(month: dt.date, staff_group: str = StaffGroup.GP) -> Edition:
    """Return by which table and model the outlooks of a month are made today."""
    return Edition(month, staff_group, standard_table(staff_group).version, MODEL_VERSION)


def _outlook(
    place: Organisation, edition: Edition, own: OutlookInputs, horizons: Horizons
) -> PublicOutlook:
    return PublicOutlook(
        place=place.code,
        as_at=month_end(edition.month),
        staff_group=edition.staff_group,
        table_version=edition.table_version,
        model_version=edition.model_version,
        people=own.people,
        age_not_known=round(sum(row.unknown for row in own.counted)),
        practices=len(own.counted) + own.without_people,
        practices_not_known=own.not_known,
        sessions_now=own.sessions,
        horizons=horizons,
    )
