"""A timeline of sessions in words."""

from retention.presenters.session_grid import (
    TableWords,
    hours_words,
    period_words,
    sessions_words,
    totals_words,
)
from retention.queries.timeline import Timeline

_YEARS = {1: "a year ago", 3: "three years ago"}


def timeline_sentences(timeline: Timeline) -> list[str]:
    """Return today's sessions, and their change since one and three years ago."""
    now = timeline.sessions
    first = "No week is told for today." if now is None else f"Today: {sessions_words(now)} a week."
    return [first, *(_change(timeline, years) for years in timeline.changes)]


def timeline_table(timeline: Timeline, *, with_places: bool) -> TableWords:
    """Return the periods as a table, latest first; `with_places` for a person's several posts."""
    headers = ("When", *(("Post",) if with_places else ()), "Sessions", "Hours", "FTE")
    return TableWords(
        headers=headers,
        rows=tuple(
            (
                period_words(period.starts_on, period.ends_on),
                *((str(period.post),) if with_places else ()),
                f"{round(period.totals.sessions, 1):g}",
                hours_words(period.totals.minutes),
                totals_words(period.totals).fte_named.removesuffix(" FTE"),
            )
            for period in timeline.periods
        ),
    )


def _change(timeline: Timeline, years: int) -> str:
    change = timeline.changes[years]
    then = _YEARS[years]
    if change is None:
        return f"Compared with {then}: not known, since nothing was told for one of the two days."
    # Less than a tenth is as many: it is printed to a tenth.
    if round(change, 1) == 0:
        return f"Compared with {then}: as many."
    more = "more" if change > 0 else "fewer"
    return f"Compared with {then}: {sessions_words(abs(change))} {more}."
