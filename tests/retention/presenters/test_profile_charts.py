import re
from xml.etree import ElementTree

import pytest

from retention.presenters import charts
from retention.presenters.charts import Size
from retention.presenters.profile_charts import Lines, Pyramid

PEOPLE = Pyramid((("Under 30", 0, 0), ("30 to 34", 3, 12), ("70 and over", 1, 0)), x_title="Nurses")
OLDER = Lines(
    tuple(
        (f"2025-{month:02d}-01", series, value)
        for month in range(1, 7)
        for series, value in (("55 and over", 0.3), ("60 and over", None if month == 3 else 0.1))
    ),
    is_share=True,
)
ONE_MONTH = Lines((("2025-06-01", "Estimated sessions a week", 44.1),))
NOTHING = Pyramid((("Under 30", 0, 0),), x_title="GPs")


def texts(svg: str) -> list[str]:
    return [node.text for node in ElementTree.fromstring(svg).iter() if node.text]  # noqa: S314  (ours)


@pytest.mark.parametrize("size", charts.sizes())
@pytest.mark.parametrize(
    "chart", [PEOPLE, OLDER, ONE_MONTH, NOTHING], ids=["people", "older", "one", "nothing"]
)
def test_picture_fits_and_is_safe(chart: charts.ChartData, size: Size) -> None:
    drawn = charts.draw(chart, size)
    width = re.search(r'<svg[^>]* width="([0-9.]+)"', drawn)
    assert width
    assert float(width[1]) <= charts.WIDTHS[size] + 1
    assert not re.search(r"<script|<style|\sstyle=|href=|@import", drawn)


def test_pyramid_prints_its_numbers_and_no_negative_people() -> None:
    said = texts(charts.draw(PEOPLE, "wide"))
    assert {"Women", "Men", "70 and over", "Under 30", "Nurses", "3", "12", "1"} <= set(said)
    assert not [text for text in said if re.match(r"[-\N{MINUS SIGN}]\d", text)]


def test_youngest_are_at_the_bottom() -> None:
    said = texts(charts.draw(PEOPLE, "wide"))
    assert said.index("70 and over") < said.index("30 to 34") < said.index("Under 30")


def test_lines_name_their_series_and_print_per_cent() -> None:
    said = texts(charts.draw(OLDER, "wide"))
    assert {"55 and over", "60 and over", "30%", "0%"} <= set(said)
    assert "Estimated sessions a week" not in texts(charts.draw(ONE_MONTH, "wide"))
