"""Chart specifications, and their drawing on the server (docs/decisions/0010-charts-as-images.md).

A chart is described by plain data. altair and the drawing engine are loaded only when a picture
that is not in the cache has to be drawn.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from django.core.cache import cache

from retention.presenters import evaluation_charts, profile_charts
from retention.presenters.chart_colours import BLUE, GREY, GRID, PLUM, TEXT
from retention.presenters.evaluation_charts import Calibration, Dots
from retention.presenters.profile_charts import Lines, Pyramid

Size = Literal["wide", "narrow"]
# Narrow fits a phone of 320 pixels with its margins; wide fits the page's column.
WIDTHS: dict[Size, int] = {"wide": 880, "narrow": 290}
# Raised when a drawing changes, so that no old picture is served from the cache.
_DRAWING = 4
_KEPT_SECONDS = 30 * 24 * 60 * 60
_FONT = "Arial, sans-serif"
# The engine measures labels by its own font. Where there is no Arial the browser's may be wider,
# and the longest label at the left would lose its first pixels.
_PADDING = {"left": 12, "right": 4, "top": 4, "bottom": 4}


@dataclass(frozen=True)
class StackedBars:
    """People by age band, stacked by sex: rows of (band, series, people), in drawing order."""

    rows: tuple[tuple[str, str, float], ...]
    y_title: str
    kind: str = "stacked_bars"


@dataclass(frozen=True)
class Intervals:
    """Expected values with intervals: rows of (label, series, expected, low, high, words)."""

    rows: tuple[tuple[str, str, float, float, float, str], ...]
    x_title: str
    kind: str = "intervals"


@dataclass(frozen=True)
class Fan:
    """Lines with bands over years: rows of (year, series, expected, low, high), year by year."""

    rows: tuple[tuple[int, str, float, float, float], ...]
    x_title: str
    y_title: str
    kind: str = "fan"


ChartData = StackedBars | Intervals | Pyramid | Lines | Dots | Calibration | Fan


def fingerprint(chart: ChartData, size: Size) -> str:
    """Return a name that changes whenever the picture would."""
    parts = json.dumps([_DRAWING, size, asdict(chart)], sort_keys=True)
    return hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()


def svg(chart: ChartData, size: Size) -> str:
    """Return the picture as SVG text, out of the cache if it was drawn before."""
    key = f"chart:{fingerprint(chart, size)}"
    drawn: str | None = cache.get(key)
    if drawn is None:
        drawn = draw(chart, size)
        cache.set(key, drawn, _KEPT_SECONDS)
    return drawn


def draw(chart: ChartData, size: Size) -> str:
    """Draw a chart. The engine may fetch nothing: no address is allowed to it."""
    import vl_convert

    specification = specify(chart, size).to_json()
    drawn: str = vl_convert.vegalite_to_svg(specification, vl_version="6.1", allowed_base_urls=[])
    return drawn


def specify(chart: ChartData, size: Size) -> Any:
    """Return the altair chart; sizes include axes, so the picture is as wide as WIDTHS says."""
    return _house_style(_specify(chart, size), size)


def _specify(chart: ChartData, size: Size) -> Any:
    wide = size == "wide"
    match chart:
        case StackedBars():
            return _stacked_bars(chart, size)
        case Pyramid():
            tallest = max((max(row[1:]) for row in chart.rows), default=0)
            return profile_charts.pyramid(chart, (PLUM, BLUE), whole_ticks(tallest), wide=wide)
        case Lines():
            return profile_charts.lines(chart, (BLUE, PLUM, GREY), wide=wide)
        case Dots():
            return evaluation_charts.dots(chart, wide=wide)
        case Calibration():
            return evaluation_charts.calibration(chart, wide=wide)
        case Intervals():
            return _intervals(chart, size)
        case Fan():
            return _fan(chart)


def _house_style(chart: Any, size: Size) -> Any:
    text = 15 if size == "wide" else 13
    return (
        chart.properties(
            width=WIDTHS[size], autosize={"type": "fit", "contains": "padding"}, background="white"
        )
        .configure(font=_FONT, padding=_PADDING)
        .configure_axis(
            labelFontSize=text,
            titleFontSize=text,
            titleFontWeight="normal",
            labelColor=TEXT,
            titleColor=TEXT,
            gridColor=GRID,
            domainColor=GREY,
            tickColor=GREY,
            labelLimit=200,
        )
        .configure_legend(
            labelFontSize=text,
            labelColor=TEXT,
            symbolSize=160,
            symbolOpacity=1,
            # Apart, or the name of one series runs into the sign of the next.
            columnPadding=24,
            orient="top",
            title=None,
        )
        .configure_view(stroke=None)
    )


def _stacked_bars(chart: StackedBars, size: Size) -> Any:
    import altair as alt

    rows = [
        {"band": band, "series": series, "people": people, "order": order}
        for order, (band, series, people) in enumerate(chart.rows)
        if people  # A bar of nobody would still be a line.
    ]
    bands, series = _in_order(row[0] for row in chart.rows), _in_order(r[1] for r in chart.rows)
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=series, range=[BLUE, PLUM, GREY][: len(series)])
    )
    people: dict[str, Any] = {"field": "people", "type": "quantitative", "stack": "zero"}
    whole: dict[str, Any] = {
        "title": chart.y_title,
        "format": ",d",
        "values": whole_ticks(_tallest(chart)),
    }
    # A phone has height and no width: its bars lie.
    band: dict[str, Any] = {
        "field": "band",
        "type": "nominal",
        "scale": alt.Scale(domain=bands),
    }
    base = alt.Chart(alt.InlineData(values=rows)).mark_bar(stroke="white", strokeWidth=1)
    order = alt.Order("order:Q")
    if size == "wide":
        return base.encode(
            x=alt.X(**band, axis=alt.Axis(title=None, labelAngle=0)),
            y=alt.Y(**people, axis=alt.Axis(**whole)),
            color=colour,
            order=order,
        ).properties(height=330)
    return base.encode(
        y=alt.Y(**band, axis=alt.Axis(title=None)),
        x=alt.X(**people, axis=alt.Axis(**whole)),
        color=colour,
        order=order,
    ).properties(height=120 + 26 * len(bands))


def _intervals(chart: Intervals, size: Size) -> Any:
    import altair as alt

    names = ("label", "series", "expected", "low", "high", "words")
    rows = [dict(zip(names, row, strict=True)) for row in chart.rows]
    labels, series = _in_order(r[0] for r in chart.rows), _in_order(r[1] for r in chart.rows)
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=series, range=[BLUE, PLUM][: len(series)])
    )
    offset = alt.YOffset("series:N", sort=series)
    top = max((row[4] for row in chart.rows), default=0) or 1
    x: dict[str, Any] = {"type": "quantitative", "scale": alt.Scale(domain=[0, top * 1.05])}
    axis = alt.Axis(title=chart.x_title, format=",d", values=whole_ticks(top))
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("label:N", sort=labels, axis=alt.Axis(title=None, grid=False)),
        yOffset=offset,
        color=colour,
    )
    bars = base.mark_bar(size=8, opacity=0.45).encode(
        x=alt.X("low", axis=axis, **x), x2=alt.X2("high")
    )
    points = base.mark_point(size=120, filled=True, opacity=1).encode(x=alt.X("expected", **x))
    # A text begins where its bar does; in the right half it ends there, to stay in the picture.
    halves: tuple[tuple[str, str, Literal["left", "right"]], ...] = (
        ("low", "<=", "left"),
        ("high", ">", "right"),
    )
    words = [
        base.transform_filter(f"datum.low {side} {top / 2}")
        .mark_text(dy=-14, align=align, fontSize=13 if size == "wide" else 12, font=_FONT)
        .encode(x=alt.X(end, **x), text=alt.Text("words:N"))
        for end, side, align in halves
    ]
    return alt.layer(bars, points, *words).properties(height=60 + 90 * len(labels))


def _fan(chart: Fan) -> Any:
    import altair as alt

    names = ("year", "series", "expected", "low", "high")
    rows = [dict(zip(names, row, strict=True)) for row in chart.rows]
    series, years = _in_order(row[1] for row in chart.rows), sorted({row[0] for row in chart.rows})
    top = max((row[4] for row in chart.rows), default=0) or 1
    # One line needs no key to tell it from others.
    alone: dict[str, Any] = {} if len(series) > 1 else {"legend": None}
    # From nought: a cut axis would make any loss look like ruin.
    y: dict[str, Any] = {"type": "quantitative", "scale": alt.Scale(domain=[0, top * 1.05])}
    axis = alt.Axis(title=chart.y_title, format=",d", values=whole_ticks(top))
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("year:Q", axis=alt.Axis(title=chart.x_title, format="d", values=years, grid=False)),
        color=alt.Color(
            "series:N",
            scale=alt.Scale(domain=series, range=[BLUE, PLUM][: len(series)]),
            **alone,
        ),
    )
    bands = base.mark_area(opacity=0.25).encode(y=alt.Y("low", axis=axis, **y), y2=alt.Y2("high"))
    # Told apart without colour too: the second line is broken.
    dashes = alt.StrokeDash(
        "series:N", scale=alt.Scale(domain=series, range=[[1, 0], [6, 4]][: len(series)]), **alone
    )
    lines = base.mark_line(strokeWidth=3).encode(y=alt.Y("expected", **y), strokeDash=dashes)
    points = base.mark_point(size=40, filled=True, opacity=1).encode(y=alt.Y("expected", **y))
    return alt.layer(bands, lines, points).properties(height=330)


def whole_ticks(top: float) -> list[int]:
    """Return round whole numbers from 0 to `top`, about five: people do not come in halves."""
    steps = [factor * 10**power for power in range(6) for factor in (1, 2, 5)]
    step = next((step for step in steps if top / step <= 5), steps[-1])
    return list(range(0, int(top) + 1, step))


def _tallest(chart: StackedBars) -> float:
    totals: dict[str, float] = {}
    for band, _, people in chart.rows:
        totals[band] = totals.get(band, 0) + people
    return max(totals.values(), default=0)


def _in_order(values: Any) -> list[str]:
    return list(dict.fromkeys(values))


def sizes() -> Sequence[Size]:
    """Return the sizes that every chart has."""
    return tuple(WIDTHS)
