"""Drawings for the evaluation page: figures with intervals, and a calibration curve."""

from dataclasses import dataclass
from typing import Any

from retention.presenters.chart_colours import BAND, BLUE, GREY

_ROW_HEIGHT = 52


@dataclass(frozen=True)
class Dots:
    """Figures with intervals: rows of (label, value, low, high, words).

    reference is where a figure should lie, band the range that is good enough; None for neither.
    """

    rows: tuple[tuple[str, float, float, float, str], ...]
    x_title: str
    reference: float | None = None
    band: tuple[float, float] | None = None
    kind: str = "dots"


@dataclass(frozen=True)
class Calibration:
    """Predicted against observed: rows of (predicted, observed, low, high), as shares of 1."""

    rows: tuple[tuple[float, float, float, float], ...]
    x_title: str
    y_title: str
    kind: str = "calibration"


def dots(chart: Dots, *, wide: bool) -> Any:
    """Return a dot and its interval on each line, over the good range and the reference."""
    import altair as alt

    names = ("label", "value", "low", "high", "words")
    rows = [dict(zip(names, row, strict=True)) for row in chart.rows]
    # Room for the words above the dot at the far right.
    top = max([row[3] for row in chart.rows] + [chart.reference or 0]) * 1.08
    x: dict[str, Any] = {"type": "quantitative", "scale": alt.Scale(domain=[0, top])}
    axis = alt.Axis(title=chart.x_title, tickCount=6 if wide else 4)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("label:N", sort=None, axis=alt.Axis(title=None, grid=False))
    )
    # The title stands on one layer alone, or it would be written once for each.
    bars = base.mark_rule(size=6, opacity=0.45, color=BLUE).encode(
        x=alt.X("low", axis=axis, **x), x2=alt.X2("high")
    )
    points = base.mark_point(size=120, filled=True, opacity=1, color=BLUE).encode(
        x=alt.X("value", title=chart.x_title, **x)
    )
    words = base.mark_text(dy=-13, fontSize=13 if wide else 12).encode(
        x=alt.X("value", title=chart.x_title, **x), text=alt.Text("words:N")
    )
    layers = [*_behind(chart, x), bars, points, words]
    return alt.layer(*layers).properties(height=40 + _ROW_HEIGHT * len(rows))


def calibration(chart: Calibration, *, wide: bool) -> Any:
    """Return observed over predicted shares, with intervals, beside the line where both agree."""
    import altair as alt

    names = ("predicted", "observed", "low", "high")
    rows = [dict(zip(names, row, strict=True)) for row in chart.rows]
    top = max(max(row[0], row[3]) for row in chart.rows) * 1.04
    scale = alt.Scale(domain=[0, top])
    percent: dict[str, Any] = {"format": ".0%", "tickCount": 5}
    x = alt.X("predicted:Q", scale=scale, axis=alt.Axis(title=chart.x_title, **percent))
    y_axis = alt.Axis(title=chart.y_title, **percent)
    agree: list[dict[str, Any]] = [
        {"predicted": 0, "observed": 0},
        {"predicted": top, "observed": top},
    ]
    line = (
        alt.Chart(alt.InlineData(values=agree))
        .mark_line(color=GREY, strokeDash=[6, 4])
        .encode(x=x, y=alt.Y("observed:Q", scale=scale, axis=y_axis))
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x)
    bars = base.mark_rule(size=4, opacity=0.45, color=BLUE).encode(
        y=alt.Y("low:Q", title=chart.y_title, scale=scale), y2=alt.Y2("high:Q")
    )
    points = base.mark_point(size=90, filled=True, opacity=1, color=BLUE).encode(
        y=alt.Y("observed:Q", title=chart.y_title, scale=scale)
    )
    return alt.layer(line, bars, points).properties(height=400 if wide else 260)


def _behind(chart: Dots, x: dict[str, Any]) -> list[Any]:
    """The good range and the reference line, behind the figures."""
    import altair as alt

    layers: list[Any] = []
    if chart.band is not None:
        low, high = chart.band
        layers.append(
            alt.Chart(alt.InlineData(values=[{"low": low, "high": high}]))
            .mark_rect(color=BAND)
            .encode(x=alt.X("low:Q", title=chart.x_title, **_plain(x)), x2=alt.X2("high:Q"))
        )
    if chart.reference is not None:
        layers.append(
            alt.Chart(alt.InlineData(values=[{"at": chart.reference}]))
            .mark_rule(color=GREY, strokeDash=[6, 4], size=2)
            .encode(x=alt.X("at:Q", title=chart.x_title, **_plain(x)))
        )
    return layers


def _plain(x: dict[str, Any]) -> dict[str, Any]:
    return {"scale": x["scale"]}
