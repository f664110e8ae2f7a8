"""England as a yardstick: from the loaded files where they cover it, else as published."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

import numpy as np

from models.arrays import Floats
from models.bands import share_aged, spread_unknown
from models.flags import FLAG_YEARS
from models.forecast import expected
from models.sessions import fte_to_sessions
from organisations.models.organisation import ENGLAND
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import BANDS, OLDER_FROM, UNKNOWN, known_ages, month_end
from retention.reference.england import england_reference

# Of some 6,200 practices. A hub that loads its own area only must not be compared with itself.
COVERED_FROM = 5_000


@dataclass(frozen=True)
class Yardstick:
    """England's GPs by age, on a day. `loaded` is their profile where loaded files cover England.

    `ages` are people of known age, shape (bands,); `share_older` the share of them from 55.
    """

    as_at: dt.date
    ages: Floats
    loaded: PublishedProfile | None

    @property
    def share_older(self) -> float:
        """The share of GPs of known age who are 55 and over."""
        share = share_aged(self.ages, OLDER_FROM)
        assert share is not None  # covered, or published: either way ages are known
        return share


def yardstick(month: dt.date | None) -> Yardstick:
    """Return the yardstick for a month's figures, as published without one; one query."""
    loaded = _loaded(month, StaffGroup.GP)
    if loaded and loaded.practices - (loaded.practices_not_known or 0) >= COVERED_FROM:
        ages = known_ages(loaded.headcount)
        if ages.any():
            return Yardstick(month_end(loaded.month), ages, loaded)
    published = england_reference()
    return Yardstick(published.as_at, known_ages(published.groups["gp"].headcount_by_band), None)


def ages_of_england(month: dt.date | None, staff_group: str) -> Floats:
    """Return England's people of known age in a staff group, shape (bands,).

    Of the practices loaded for `month` where they know any, else as published. Staff of whom
    nothing is published by age are taken to be as old as nurses, whose bands are theirs.
    """
    if staff_group == StaffGroup.GP:
        return yardstick(month).ages
    bands = BANDS[staff_group]
    loaded = _loaded(month, staff_group)
    ages = known_ages(loaded.headcount, bands) if loaded else np.zeros(len(bands))
    nurses = england_reference().groups["nurses"].headcount_by_band
    return ages if ages.any() else known_ages(nurses, bands)


def _loaded(month: dt.date | None, staff_group: str) -> PublishedProfile | None:
    """Return the profile of all loaded practices of a month, however many; None without one."""
    if month is None:
        return None
    rows = PublishedProfile.objects.filter(
        organisation__code=ENGLAND, month=month, staff_group=staff_group
    )
    return rows.select_related("organisation").first()


@cache
def published_retirement_share() -> float:
    """Return the share of England's sessions that retirement takes within FLAG_YEARS, expected.

    Made as for a place, with everyone's sessions alike: the published hours by age would make
    England differ from its own practices by method.
    """
    gps = england_reference().groups["gp"]
    known = known_ages(gps.headcount_by_band)[np.newaxis]
    people = spread_unknown(known, [gps.headcount_by_band[UNKNOWN]])
    losses = expected(people, [fte_to_sessions(gps.fte) / people.sum()], years=[FLAG_YEARS])
    return float(losses.retirement_sessions[0, 0] / losses.sessions_now[0])
