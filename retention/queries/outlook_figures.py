"""The public outlook of a place as pages read it, and in the form in which it is stored."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.flags import FLAG_YEARS
from models.forecast import Share
from models.outlook import OutlookHorizon
from organisations.models.organisation import Organisation
from retention.queries.age_profile import month_end


@dataclass(frozen=True)
class PublicOutlook:
    """The outlook of one place, unrounded, with what it was made from.

    `as_at` is the last day of the month that the figures describe. `people` are those counted,
    `age_not_known` of them without an age; practices without figures are left out and counted.
    Sessions are estimated sessions a week of the staff group: nine to a full-time equivalent.
    """

    place: str
    as_at: dt.date
    staff_group: str
    table_version: str
    model_version: str
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


@dataclass(frozen=True)
class Edition:
    """Which figures an outlook is made of, by which table and which model."""

    month: dt.date
    staff_group: str
    table_version: str
    model_version: str


def as_stored(outlook: PublicOutlook) -> list[Any]:
    """Return an outlook's numbers as the database keeps them, without names and versions."""
    return [
        outlook.people,
        outlook.age_not_known,
        outlook.practices,
        outlook.practices_not_known,
        outlook.sessions_now,
        # Not dataclasses.astuple, which copies every number: most of the time of storing.
        [list(vars(horizon).values()) for horizon in outlook.horizons.values()],
    ]


def of_stored(place: Organisation, edition: Edition, figures: Sequence[Any]) -> PublicOutlook:
    """Return the outlook of a place from what the database keeps of it."""
    # In the order of `as_stored`, which keeps no name beside a number: there are millions.
    *counts, sessions_now, rows = figures
    people, age_not_known, practices, practices_not_known = counts
    horizons = [OutlookHorizon(*row) for row in rows]
    return PublicOutlook(
        place=place.code,
        as_at=month_end(edition.month),
        staff_group=edition.staff_group,
        table_version=edition.table_version,
        model_version=edition.model_version,
        people=people,
        age_not_known=age_not_known,
        practices=practices,
        practices_not_known=practices_not_known,
        sessions_now=sessions_now,
        horizons={
            horizon.years: replace(horizon, chances=tuple((n, p) for n, p in horizon.chances))
            for horizon in horizons
        },
    )
