import re
import sys
from unittest import mock
from xml.etree import ElementTree

import pytest

from retention.presenters import charts
from retention.presenters.charts import Fan, Intervals, Size, StackedBars

BARS = StackedBars(
    (("30 to 34", "Women", 3), ("30 to 34", "Men", 2), ("70 and over", "Women", 1)),
    y_title="Qualified permanent GPs",
)
LOSSES = Intervals(
    (
        ("1 year", "All leaving", 21.0, 6.0, 36.0, "21 (6 to 36)"),
        ("1 year", "Retirement alone", 8.0, 0.0, 16.0, "8 (0 to 16)"),
        ("5 years", "All leaving", 81.0, 58.0, 105.0, "81 (58 to 105)"),
        ("5 years", "Retirement alone", 33.0, 19.0, 48.0, "33 (19 to 48)"),
    ),
    x_title="Estimated sessions a week lost",
)
FAN = Fan(
    (
        (0, "As it is", 90.0, 90.0, 90.0),
        (1, "As it is", 80.0, 70.0, 88.0),
        (0, "Assumed", 85.0, 85.0, 85.0),
        (1, "Assumed", 82.0, 75.0, 85.0),
    ),
    x_title="Years from now",
    y_title="Sessions left",
)
NOTHING = Intervals((("1 year", "All leaving", 0.0, 0.0, 0.0, "0 (0 to 0)"),), x_title="Lost")


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter() if node.text]  # noqa: S314  (a chart of ours)


@pytest.mark.parametrize(
    "chart", [BARS, LOSSES, FAN, NOTHING], ids=["bars", "losses", "fan", "nothing"]
)
@pytest.mark.parametrize("size", charts.sizes())
def test_picture_fits_and_is_safe(chart: charts.ChartData, size: Size) -> None:
    drawn = charts.draw(chart, size)
    width = re.search(r'<svg[^>]* width="([0-9.]+)"', drawn)
    assert width
    assert float(width[1]) <= charts.WIDTHS[size] + 1
    assert not re.search(r"<script|<style|\sstyle=|href=|@import", drawn)


@pytest.mark.parametrize("size", charts.sizes())
def test_bars_name_bands_and_sexes(size: Size) -> None:
    said = texts(charts.draw(BARS, size))
    assert {"30 to 34", "70 and over", "Women", "Men", "Qualified permanent GPs"} <= set(said)


@pytest.mark.parametrize("size", charts.sizes())
def test_axis_of_a_small_practice_counts_each_number_once(size: Size) -> None:
    few = StackedBars((("30 to 34", "Women", 2), ("70 and over", "Men", 0)), y_title="GPs")
    said = texts(charts.draw(few, size))
    assert [text for text in said if text.isdigit()] == ["0", "1", "2"]
    # Nobody of that age, but the band stands on the axis.
    assert "70 and over" in said


@pytest.mark.parametrize("size", charts.sizes())
def test_losses_print_their_numbers(size: Size) -> None:
    said = texts(charts.draw(LOSSES, size))
    assert {"21 (6 to 36)", "33 (19 to 48)", "1 year", "5 years"} <= set(said)


@pytest.mark.parametrize("size", charts.sizes())
def test_numbers_stand_clear_of_the_axis_and_of_the_edge(size: Size) -> None:
    root = ElementTree.fromstring(charts.draw(LOSSES, size))  # noqa: S314  (a chart of ours)
    anchors = {node.text: node.get("text-anchor") for node in root.iter() if node.text}
    assert anchors["8 (0 to 16)"] == "start"
    assert anchors["81 (58 to 105)"] == "end"


def test_labels_at_the_left_have_room_in_a_wider_font() -> None:
    """Set in a browser without Arial, "70 and over" is some nine pixels wider than reckoned."""
    padding = charts.specify(LOSSES, "narrow").to_dict()["config"]["padding"]
    assert padding["left"] >= 12
    assert padding["right"] < padding["left"]


def test_fan_names_its_series_and_begins_at_nought() -> None:
    said = texts(charts.draw(FAN, "wide"))
    assert {"As it is", "Assumed", "Years from now", "Sessions left", "0"} <= set(said)


def test_text_of_a_band_is_not_markup() -> None:
    chart = StackedBars((("<script>alert(1)</script>", "Women", 1),), y_title="GPs")
    assert "<script" not in charts.draw(chart, "wide")


def test_engine_may_fetch_nothing() -> None:
    with mock.patch("vl_convert.vegalite_to_svg", return_value="<svg/>") as engine:
        charts.draw(BARS, "wide")
    assert engine.call_args.kwargs["allowed_base_urls"] == []


@pytest.mark.django_db
def test_a_picture_is_drawn_once() -> None:
    with mock.patch.object(charts, "draw", return_value="<svg/>") as draw:
        assert charts.svg(BARS, "wide") == charts.svg(BARS, "wide") == "<svg/>"
        charts.svg(BARS, "narrow")
    assert draw.call_count == 2


def test_fingerprint_changes_with_the_data_the_kind_and_the_size() -> None:
    more = StackedBars((*BARS.rows, ("70 and over", "Men", 1)), y_title=BARS.y_title)
    found = {
        charts.fingerprint(BARS, "wide"),
        charts.fingerprint(BARS, "narrow"),
        charts.fingerprint(more, "wide"),
        charts.fingerprint(LOSSES, "wide"),
    }
    assert len(found) == 4


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        (0, [0]),
        (2, [0, 1, 2]),
        (23, [0, 5, 10, 15, 20]),
        (7_077, [0, 2_000, 4_000, 6_000]),
    ],
)
def test_axes_count_in_whole_round_numbers(top: float, ticks: list[int]) -> None:
    assert charts.whole_ticks(top) == ticks


def test_module_loads_without_the_engine() -> None:
    """A web worker that draws nothing must not carry it."""
    source = sys.modules["retention.presenters.charts"]
    assert not {"altair", "vl_convert"} & set(vars(source))
