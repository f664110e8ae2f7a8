import re

import pytest

from retention.presenters import charts
from retention.presenters.charts import Size
from retention.presenters.evaluation_charts import Calibration, Dots
from tests.retention.presenters.test_charts import texts

RATIOS = Dots(
    (("Women", 1.47, 1.27, 1.70, "1.47"), ("Men", 0.83, 0.75, 0.90, "0.83")),
    x_title="Left for each expected",
    reference=1.0,
    band=(0.9, 1.1),
)
CURVE = Calibration(((0.1, 0.2, 0.1, 0.3), (0.5, 0.4, 0.3, 0.5)), "Predicted", "Left")


@pytest.mark.parametrize("chart", [RATIOS, CURVE], ids=["dots", "curve"])
@pytest.mark.parametrize("size", charts.sizes())
def test_picture_fits_is_safe_and_names_its_axes_once(
    chart: Dots | Calibration, size: Size
) -> None:
    drawn = charts.draw(chart, size)
    width = re.search(r'<svg[^>]* width="([0-9.]+)"', drawn)
    assert width
    assert float(width[1]) <= charts.WIDTHS[size] + 1
    assert not re.search(r"<script|<style|\sstyle=|href=|@import", drawn)
    assert texts(drawn).count(chart.x_title) == 1


def test_dots_print_their_groups_and_numbers_in_the_order_given() -> None:
    said = texts(charts.draw(RATIOS, "wide"))
    assert {"Women", "Men", "1.47", "0.83"} <= set(said)
    assert said.index("Women") < said.index("Men")
