"""A clinician with two posts in two practices, whose weeks meet on one half-day.

Nobody is told of that but the clinician, on their own page.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from hubs.demo.staff import Colleague
from hubs.demo.weeks import WORKING_DAYS
from retention.models.post import DEFAULT_SESSION_MINUTES, PostRole
from retention.models.session_pattern import CellKind, PartOfDay
from retention.queries.patterns import HalfDay, Week

# In the next network, so that each practice sees a post of its own; since that month.
SECOND_PRACTICE, SINCE = 8, 16


def second_post(first: Colleague, months: Sequence[dt.date]) -> Colleague:
    """Return a second, salaried post of someone: one half-day that is free, and one that is not."""
    starts_on = months[SINCE]
    return replace(
        first,
        key=f"{first.key}-second",
        practice=SECOND_PRACTICE,
        role=PostRole.SALARIED,
        starts_on=starts_on,
        weeks=[(starts_on, _week_that_meets(first.weeks[-1][1]))],
        came_from=None,
        held_by=first.key,
    )


def _week_that_meets(week: Week) -> Week:
    mornings: list[HalfDay] = [(int(day), str(PartOfDay.MORNING)) for day in WORKING_DAYS]
    afternoons: list[HalfDay] = [(int(day), str(PartOfDay.AFTERNOON)) for day in WORKING_DAYS]
    taken = next(half_day for half_day in (*mornings, *afternoons) if half_day in week)
    # Who works all ten half-days has a free evening.
    evening: HalfDay = (int(WORKING_DAYS[0]), str(PartOfDay.EVENING))
    free = next((half for half in (*afternoons, *mornings) if half not in week), evening)
    return dict.fromkeys((taken, free), (str(CellKind.CLINICAL), DEFAULT_SESSION_MINUTES))
