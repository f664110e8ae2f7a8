"""What an organisation belonged to, day by day: periods put together from several sources.

A source either prints its dates (the ODS lists) or only shows one day (a monthly map). What it says
counts until the first day on which a later source says something else.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Period:
    """A parent (its code) from a day (in) until a day (out; None while it lasts)."""

    parent: str
    starts_on: dt.date
    ends_on: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the period holds on a day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


Timeline = Sequence[Period]


def until(periods: Timeline, day: dt.date | None) -> list[Period]:
    """Return what held before `day` (None: all of it)."""
    if day is None:
        return list(periods)
    return [
        period if period.ends_on and period.ends_on <= day else replace(period, ends_on=day)
        for period in periods
        if period.starts_on < day
    ]


def since(periods: Timeline, day: dt.date) -> list[Period]:
    """Return what held on `day` and after it."""
    return [
        replace(period, starts_on=max(day, period.starts_on))
        for period in periods
        if period.ends_on is None or period.ends_on > day
    ]


def joined(periods: Iterable[Period]) -> list[Period]:
    """Return periods in order; those that follow one another with the same parent are one."""
    found: list[Period] = []
    for period in sorted(periods, key=lambda period: period.starts_on):
        if found and found[-1].parent == period.parent and found[-1].ends_on == period.starts_on:
            found[-1] = replace(found[-1], ends_on=period.ends_on)
        else:
            found.append(period)
    return found


def with_printed(
    known: Timeline, printed: Timeline, later: dt.date | None, ended: dt.date | None = None
) -> list[Period]:
    """Return `known` with a history that was printed with its dates.

    `later` is the first day on which a newer source told of this place: from it `known` stands.
    `ended` is the day on which a newer source no longer listed it.
    """
    if later is None:
        return joined(until(printed, ended))
    return joined([*until(printed, later), *since(known, later)])


def with_sighting(
    known: Timeline, parent: str, on: dt.date, ended: dt.date | None = None
) -> list[Period]:
    """Return `known` with the news that on one day the parent was this one.

    It counts until what was known then ended or the next period begins, or until `ended`.
    """
    before = [period for period in known if period.starts_on <= on]
    after = [period for period in known if period.starts_on > on]
    if any(period.holds_on(on) and period.parent == parent for period in before):
        return joined(known)
    # Another parent was known for that day: its period is cut there, and this one takes the rest.
    holding = next((period for period in before if period.holds_on(on)), None)
    last = holding.ends_on if holding else (after[0].starts_on if after else ended)
    return joined([*until(before, on), Period(parent, on, last), *after])


def first_day_out(periods: Timeline, since: dt.date) -> dt.date | None:
    """Return the first day, from `since` on, on which no period holds; None where one lasts.

    What begins after `since` (the record learnt of it late) counts from its own first day.
    """
    ahead = [period for period in periods if period.ends_on is None or period.ends_on > since]
    day = max(since, min((period.starts_on for period in ahead), default=since))
    # By their start, so that periods that meet carry the day on from one to the next.
    for period in sorted(ahead, key=lambda period: period.starts_on):
        if period.holds_on(day):
            if period.ends_on is None:
                return None
            day = period.ends_on
    return day


def first_of_april(after: dt.date, by: dt.date) -> dt.date | None:
    """Return the last 1 April after one day and on or before another: when ICBs change."""
    april = dt.date(by.year, 4, 1)
    if april > by:
        april = dt.date(by.year - 1, 4, 1)
    return april if april > after else None
