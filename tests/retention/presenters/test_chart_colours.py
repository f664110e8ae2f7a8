import pytest

from retention.presenters.chart_colours import BLUE, GREY, PLUM, TEXT


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [BLUE, PLUM, GREY, TEXT])
def test_colours_can_be_told_from_white(colour: str) -> None:
    """WCAG 1.4.3: at least 4.5 to 1."""
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5
