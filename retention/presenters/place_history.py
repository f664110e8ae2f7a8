"""What became of a place, in tables: where it belonged, and which practices joined and left it."""

import datetime as dt

from retention.presenters.outlook import Table, plural
from retention.presenters.session_grid import date_words, last_day_words
from retention.queries.place_figures import PlaceFigures

# A practice has a network and a sub-ICB, and that alone is no history.
MOST_PARENTS_AT_ONCE = 2


def practice_history(figures: PlaceFigures) -> Table | None:
    """Return what a place belonged to, newest first, once there is more to tell than today."""
    # Who still belongs where they always did has no history to tell.
    if len(figures.history) < MOST_PARENTS_AT_ONCE + 1 and not figures.place.ends_on:
        return None
    return Table(
        headers=["Belonged to", "From", "Until"],
        rows=[
            [period.place.name, day(period.starts_on), last_day(period.ends_on)]
            for period in figures.history
        ],
    )


def practices_history(figures: PlaceFigures) -> tuple[Table | None, str]:
    """Return the practices that joined or left a place, and a sentence on all the others.

    The first day on which the record knows the place is no day of joining: those who were there
    then, and still are, are counted only. Whole history, whatever the day of the page.
    """
    found = figures.practices_then
    first = min((period.starts_on for period in found), default=None)
    changed = [one for one in found if one.starts_on != first or one.ends_on]
    if not changed or first is None:
        return None, ""
    unchanged = len(found) - len(changed)
    table = Table(
        headers=["Practice", "Code", "From", "Until"],
        rows=[
            [one.place.name, one.place.code, day(one.starts_on), last_day(one.ends_on)]
            for one in changed
        ],
    )
    if not unchanged:
        return table, ""
    have = "has" if unchanged == 1 else "have"
    others = plural(unchanged, "other practice")
    return table, f"{others} {have} belonged to it since {day(first)} without a break."


def day(date: dt.date) -> str:
    """Return a day in words."""
    return date_words(date)


def last_day(ends_on: dt.date | None) -> str:
    """Return the last day of a period that ends before `ends_on`."""
    return last_day_words(ends_on) if ends_on else "today"
