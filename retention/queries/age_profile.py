"""Age profiles of places, as published: who is there by age band, and their estimated sessions."""

import calendar
import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import Floats
from models.bands import GP_BANDS, NURSE_BANDS, AgeBand, share_aged
from organisations.models.organisation import Organisation
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile

UNKNOWN = "unknown"
BANDS: Mapping[str, tuple[AgeBand, ...]] = {
    StaffGroup.GP: GP_BANDS,
    StaffGroup.NURSES: NURSE_BANDS,
    # Printed in the same bands as nurses.
    StaffGroup.DIRECT_PATIENT_CARE: NURSE_BANDS,
    StaffGroup.ADMIN: NURSE_BANDS,
}
# The usual measure of an ageing workforce, which every outlook is told beside.
OLDER_FROM = 55


@dataclass(frozen=True)
class BandRow:
    """People and estimated sessions of one age band; None is not known, never zero."""

    label: str
    women: int | None
    men: int | None
    people: int | None
    sessions: float | None


def month_end(month: dt.date) -> dt.date:
    """Return the last day of a month: the day that a month's figures describe."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def latest_month(place: Organisation, as_at: dt.date | None = None) -> dt.date | None:
    """Return the newest month with published figures for `place`, its first day; one query.

    With `as_at`, the newest that had ended by that day: a month's figures are of its last day.
    """
    rows = PublishedProfile.objects.filter(organisation=place)
    if as_at is not None:
        # The day after `as_at` lies in the first month that had not ended.
        rows = rows.filter(month__lt=(as_at + dt.timedelta(days=1)).replace(day=1))
    return rows.order_by("-month").values_list("month", flat=True).first()


def age_profiles(
    places: Collection[Organisation], month: dt.date
) -> dict[tuple[int, str], PublishedProfile]:
    """Return the profiles of some places in a month, by primary key and staff group; one query."""
    rows = PublishedProfile.objects.filter(organisation__in=[p.pk for p in places], month=month)
    return {(row.organisation_id, row.staff_group): row for row in rows}


def age_profile(
    place: Organisation, month: dt.date | None = None, staff_group: str = StaffGroup.GP
) -> PublishedProfile | None:
    """Return the profile of a place in a month (the newest if None), or None without figures."""
    rows = PublishedProfile.objects.filter(organisation=place, staff_group=staff_group)
    return (rows.filter(month=month) if month else rows).order_by("-month").first()


def is_known(profile: PublishedProfile) -> bool:
    """Whether the profile has figures at all: `NA` in the file leaves it empty."""
    # An unknown practice is stored without bands; one without people has them, all nought.
    return bool(profile.headcount)


def practices_known(profile: PublishedProfile) -> int:
    """Return how many practices the profile's figures rest on."""
    return (profile.practices or 0) - (profile.practices_not_known or 0)


def known_ages(headcount: Mapping[str, float], bands: Sequence[AgeBand] = GP_BANDS) -> Floats:
    """Return people of known age, shape (bands,)."""
    return np.array([headcount.get(band.code.lower()) or 0 for band in bands], dtype=np.float64)


def sessions_now(profile: PublishedProfile) -> float | None:
    """Return the estimated sessions a week in all, or None where they are not known."""
    # Staff of unknown age have sessions too, in a band of their own.
    values = [value for value in profile.sessions.values() if value is not None]
    return sum(values) if values else None


def share_older(profile: PublishedProfile | None) -> float | None:
    """Return the share of people of known age who are 55 and over; None if nobody's is known."""
    if profile is None:
        return None
    bands = BANDS[profile.staff_group]
    return share_aged(known_ages(profile.headcount, bands), OLDER_FROM, bands)


def band_rows(profile: PublishedProfile) -> list[BandRow]:
    """Return the bands youngest first, and people of unknown age last if there are any."""
    bands = [(band.code.lower(), band.label) for band in BANDS[profile.staff_group]]
    # A row of nought would suggest a gap in the return where there is none.
    if profile.headcount.get(UNKNOWN):
        bands.append((UNKNOWN, "Not known"))
    women, men = (profile.by_sex.get(sex, {}) for sex in ("female", "male"))
    return [
        BandRow(
            label,
            women.get(key),
            men.get(key),
            profile.headcount.get(key),
            profile.sessions.get(key),
        )
        for key, label in bands
    ]
