"""Words, table and chart of the years ahead, under a reader's assumptions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.contributions import Contribution
from models.disclosure import PUBLIC_OUTLOOK_FROM, whole_sessions
from models.flags import FLAG_YEARS
from models.sessions_left import SessionsLeft
from organisations.models.organisation import Organisation
from retention.presenters.charts import Fan
from retention.presenters.outlook import (
    NOT_KNOWN,
    Table,
    interval,
    number,
    plural,
    within,
)
from retention.presenters.outlook_change import MINUS, added_up, signed_tenths, tenths
from retention.presenters.place_history import day
from retention.presenters.rounding import adding_up
from retention.queries.ahead import Ahead, Assumptions, DataChange

AS_IT_IS, ASSUMED = "As it is", "With your assumptions"


@dataclass(frozen=True)
class AheadSection:
    """The years ahead as a page shows them; `says` is what changes with the assumptions."""

    says: str
    description: str
    table: Table
    drivers: Table | None
    driver: str
    notes: Sequence[str]
    change: str


def ahead_section(
    place: Organisation, found: Ahead, given: Assumptions, as_at: dt.date | None = None
) -> AheadSection:
    """Return the section of a place, as its page of a day (today) shows it."""
    then = f"on {day(as_at)}" if as_at else "today"
    return AheadSection(
        says=_says(found, then),
        description=_description(found, then),
        table=ahead_table(found, then),
        drivers=drivers_table(found.drivers) if found.drivers else None,
        driver=_driver(found.drivers),
        notes=_notes(found, given, then),
        change=change_sentence(found.change) if found.change else "",
    )


def ahead_chart(found: Ahead) -> Fan:
    """Return the chart's data, in whole sessions: it must not tell more than the table."""
    series = [(AS_IT_IS, found.now, found.without)]
    if found.under:
        series.append((ASSUMED, found.now - found.at_once, found.under))
    rows = []
    for name, now, years in series:
        rows.append((0, name, *_whole(now, now, now)))
        rows += [(y.years, name, *_whole(y.expected, y.low80, y.high80)) for y in years]
    return Fan(tuple(rows), x_title="Years from now", y_title="Estimated sessions a week left")


def _whole(expected: float, low: float, high: float) -> tuple[float, float, float]:
    return (
        float(whole_sessions(expected)),
        float(whole_sessions(low)),
        float(whole_sessions(high)),
    )


def ahead_table(found: Ahead, then: str) -> Table:
    """Return the sessions left after each year: joiners apart, and assumptions beside."""
    headers = ["After", "Sessions left if nobody joins", "80% interval", "For 1,000 patients"]
    # Apart from what is left: added in, a hope would look like a figure.
    headers += ["Joiners may bring"]
    headers += [ASSUMED, "80% interval", "Difference"] if found.under else []
    per_1000 = _per_1000(found.without[0], found.now)
    rows = [[then[0].upper() + then[1:], number(found.now), "", per_1000, ""]]
    if found.under:
        at_once = found.now - found.at_once
        # As below: the difference of what is printed.
        less = whole_sessions(at_once) - whole_sessions(found.now)
        rows[0] += [number(at_once), "", _signed(less)]
    for i, year in enumerate(found.without):
        row = [
            within(year.years),
            number(year.expected),
            interval(year.low80, year.high80),
            _per_1000(year, year.expected),
            _joiners(found, i),
        ]
        if found.under:
            other = found.under[i]
            row += [number(other.expected), interval(other.low80, other.high80)]
            row += [_difference(other, year)]
        rows.append(row)
    return Table(headers, rows)


def _per_1000(year: SessionsLeft, sessions: float) -> str:
    value = year.per_1000(sessions)
    return NOT_KNOWN if value is None else f"{value:.1f}"


def _joiners(found: Ahead, i: int) -> str:
    if found.joiners is None:
        return NOT_KNOWN
    return interval(found.joiners[i].sessions_low, found.joiners[i].sessions_high)


def _difference(other: SessionsLeft, year: SessionsLeft) -> str:
    # Of what is printed, so that the columns add up.
    return _signed(whole_sessions(other.expected) - whole_sessions(year.expected))


def _more(other: SessionsLeft, year: SessionsLeft) -> str:
    more = whole_sessions(other.expected) - whole_sessions(year.expected)
    if not more:
        return "as many"
    return f"{number(more)} more" if more > 0 else f"{number(-more)} fewer"


def _signed(value: float) -> str:
    whole = whole_sessions(abs(value))
    if not whole:
        return "0"
    return f"{'+' if value > 0 else MINUS}{whole:,}"


def drivers_table(drivers: Sequence[Contribution]) -> Table:
    """Return the parts of the expected loss, largest first; the last row is all of it."""
    # Told as adding up, so each column is rounded as one.
    people = adding_up([group.people for group in drivers])
    sessions = adding_up([group.sessions for group in drivers])
    lost = adding_up([group.expected * 10 for group in drivers])
    rows = [
        [
            group.band.label.replace(" ", "\N{NO-BREAK SPACE}"),
            f"{people[i]:,}",
            f"{sessions[i]:,}",
            f"{lost[i] / 10:,.1f}",
            part,
            f"{group.times:.1f} times" if group.times is not None else "",
        ]
        for i, (group, part) in enumerate(zip(drivers, _parts(drivers), strict=True))
    ]
    totals = [f"{sum(people):,}", f"{sum(sessions):,}", f"{sum(lost) / 10:,.1f}"]
    return Table(
        [
            "Age",
            "GPs",
            "Sessions a week",
            f"Expected loss within {within(FLAG_YEARS)}",
            "Part of the loss",
            "Beside as many sessions of all ages",
        ],
        [*rows, ["All", *totals, "100%" if any(_parts(drivers)) else "", ""]],
    )


def _per_cents(drivers: Sequence[Contribution]) -> list[int]:
    """Return the parts of the loss in whole per cents that add up to 100; none without a loss."""
    shares = [group.share for group in drivers if group.share is not None]
    return adding_up([share * 100 for share in shares], 100) if shares else []


def _parts(drivers: Sequence[Contribution]) -> list[str]:
    parts = iter(_per_cents(drivers))
    return ["" if group.share is None else f"{next(parts)}%" for group in drivers]


def _driver(drivers: Sequence[Contribution]) -> str:
    """Return the largest parts in a sentence; several, where no one is most of it."""
    if not drivers:
        return (
            f"It is not split by age here: a part would be of fewer than {PUBLIC_OUTLOOK_FROM} GPs."
        )
    first = drivers[0].share
    if first is None:
        return "There is no loss to explain."
    # A band that is not most of the loss must not be named as if it were.
    most = drivers[:1] if first > 1 / 2 else drivers[:2]
    parts = " and ".join(group.band.label.lower() for group in most)
    # The sum of what the table prints.
    whole = sum(_per_cents(drivers)[: len(most)])
    return (
        f"{whole}% of the sessions expected to be lost within {within(FLAG_YEARS)} are "
        f"those of GPs aged {parts}."
    )


def _says(found: Ahead, then: str) -> str:
    """Return the end of the ten years in a sentence, and what the assumptions change."""
    last = found.without[-1]
    as_it_is = (
        f"Of {plural(found.now, 'estimated session')} a week {then}, about {number(last.expected)} "
        f"would be left after {within(last.years)} if nobody joined (80% interval "
        f"{interval(last.low80, last.high80)})."
    )
    if not found.under:
        return as_it_is
    other = found.under[-1]
    said = (
        f"With your assumptions it would be about {number(other.expected)} "
        f"({interval(other.low80, other.high80)}), {_more(other, last)}."
    )
    # No scheme's effect is published, so the reader's own number stands between two others.
    if found.scheme_range:
        low, high = found.scheme_range
        said += (
            " With half the scheme's effect it would be about "
            f"{number(low)}, with one and a half times its effect about {number(high)}."
        )
    return f"{as_it_is} {said}"


def _description(found: Ahead, then: str) -> str:
    # 1, 3, 5 and 10 years: ten figures in a row are too many to be heard.
    years = [0, 2, 4, 9]
    parts = [f"after {within(found.without[i].years)} {_said(found.without[i])}" for i in years]
    text = f"Estimated sessions left, with 80% intervals, from {number(found.now)} {then}: "
    text += "; ".join(parts)
    if found.under:
        assumed = [f"after {within(found.under[i].years)} {_said(found.under[i])}" for i in years]
        text += f". {ASSUMED}: {'; '.join(assumed)}"
    return f"{text}."


def _said(year: SessionsLeft) -> str:
    return f"{number(year.expected)} ({interval(year.low80, year.high80)})"


def _notes(found: Ahead, given: Assumptions, then: str) -> list[str]:
    notes = [
        "Joiners are not in the sessions left. The range beside them is what this place's GPs in "
        "training may bring, if as many join here as finish here; nobody publishes where they go."
    ]
    if found.patients is not None:
        notes.append(
            f"Sessions for 1,000 patients take the {number(found.patients)} patients of the "
            "workforce file, in ten years too."
        )
    if given.are_any:
        notes.append(
            f"What you assume holds for everyone here from {then.removeprefix('on ')} on. It is "
            "your assumption and no published figure."
        )
    if given.closes:
        notes.append("Where the patients of a practice that closes go is not modelled.")
    return notes


def change_sentence(change: DataChange) -> str:
    """Return what differs from the figures before, and why."""
    whole = tenths(change.expected)
    by_sessions, by_ages = added_up([change.by_sessions, change.by_ages], whole)
    return (
        f"Since {change.since:%B %Y} the estimated sessions have changed by "
        f"{_signed(change.sessions)}, and those expected to be lost within {within(FLAG_YEARS)} by "
        f"{signed_tenths(whole)}: {signed_tenths(by_sessions)} as there are more or fewer "
        f"sessions, {signed_tenths(by_ages)} as the ages behind them differ. Both months are "
        "worked out with the same table and model, so neither is part of the change."
    )
