"""The charts of an age profile: a pyramid of women and men, and lines over the loaded months."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_DASHES = [[1, 0], [6, 4], [2, 3]]


@dataclass(frozen=True)
class Pyramid:
    """People by age band, women to the left and men to the right: rows of (band, women, men)."""

    rows: tuple[tuple[str, float, float], ...]
    x_title: str
    kind: str = "pyramid"


@dataclass(frozen=True)
class Lines:
    """Values over time: rows of (ISO date, series, value), None where there is a gap.

    `is_share` says that values are shares, printed as per cent.
    """

    rows: tuple[tuple[str, str, float | None], ...]
    is_share: bool = False
    kind: str = "lines"


def pyramid(chart: Pyramid, colours: Sequence[str], ticks: Sequence[int], *, wide: bool) -> Any:
    """Return the altair chart of a pyramid; `ticks` are whole numbers of people from 0."""
    import altair as alt

    sexes = ("Women", "Men")
    rows = [
        {"band": band, "sex": sex, "people": people, "signed": sign * people}
        for band, *heads in chart.rows
        for sex, people, sign in zip(sexes, heads, (-1, 1), strict=True)
        if people  # A bar of nobody would still be a line.
    ]
    bands = [row[0] for row in reversed(chart.rows)]
    both_ways = [*(-tick for tick in reversed(ticks) if tick), *ticks]
    # Both sides reach as far, or a glance would compare the wrong lengths.
    reach = max((max(row[1:]) for row in chart.rows), default=0) or 1
    # Room for the longest band, in whatever font the reader has.
    labels = alt.Axis(title=None, grid=False, minExtent=100 if wide else 88)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("band:N", scale=alt.Scale(domain=bands), axis=labels),
        color=alt.Color("sex:N", scale=alt.Scale(domain=sexes, range=list(colours[:2]))),
    )
    axis = alt.Axis(
        title=chart.x_title, values=both_ways, labelExpr="format(abs(datum.value), ',d')"
    )
    room = reach * (1.1 if wide else 1.3)
    scale = alt.Scale(domain=[-room, room])
    bars = base.mark_bar(stroke="white", strokeWidth=1).encode(
        x=alt.X("signed:Q", axis=axis, scale=scale)
    )
    words = _words_outside(base, alt.X("signed:Q", scale=scale), 13 if wide else 12)
    return alt.layer(bars, *words).properties(height=60 + 28 * len(bands))


def _words_outside(base: Any, place: Any, size: int) -> list[Any]:
    """Return the numbers outside their bars, so that colour carries nothing alone."""
    import altair as alt

    sides: tuple[tuple[str, Any, int], ...] = (("<", "right", -5), (">", "left", 5))
    return [
        base.transform_filter(f"datum.signed {side} 0")
        .mark_text(align=align, dx=dx, fontSize=size, color="#212b32")
        .encode(x=place, text=alt.Text("people:Q", format=",d"), color=alt.value("#212b32"))
        for side, align, dx in sides
    ]


def lines(chart: Lines, colours: Sequence[str], *, wide: bool) -> Any:
    """Return the altair chart of values over time, from zero, with a gap where none is known."""
    import altair as alt

    names = list(dict.fromkeys(row[1] for row in chart.rows))
    rows = [{"month": month, "series": name, "value": value} for month, name, value in chart.rows]
    months = len({row[0] for row in chart.rows})
    # The heading says what is drawn: a title along the axis would only cost width.
    value = alt.Y(
        "value:Q",
        scale=alt.Scale(zero=True),
        axis=alt.Axis(title=None, format=".0%" if chart.is_share else ",d", tickCount=5),
    )
    month = alt.X(
        "month:T",
        axis=alt.Axis(title=None, format="%b %Y", tickCount=min(months, 6 if wide else 3)),
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=month, y=value)
    line = base.mark_line(strokeWidth=3)
    # One month alone makes no line.
    points = base.mark_point(filled=True, size=50 if months < 30 else 0, opacity=1)
    if len(names) > 1:
        colour = alt.Color(
            "series:N",
            scale=alt.Scale(domain=names, range=list(colours[: len(names)])),
            legend=alt.Legend(symbolType="stroke", columnPadding=24),
        )
        # Dashes tell the series apart in print.
        dashes = alt.Scale(domain=names, range=_DASHES[: len(names)])
        line = line.encode(color=colour, strokeDash=alt.StrokeDash("series:N", scale=dashes))
        points = points.encode(color=colour)
    else:
        line, points = (mark.encode(color=alt.value(colours[0])) for mark in (line, points))
    return alt.layer(line, points).properties(height=300 if wide else 240)
