import datetime as dt

import pytest

from retention.presenters.outlook_change import added_up, change_sentences
from retention.queries.outlook_change import OutlookChange
from retention.queries.outlook_figures import Edition

THEN = Edition(dt.date(2025, 5, 1), "gp", "Table-1", "Model-1")
NOW = Edition(dt.date(2025, 6, 1), "gp", "Table-2", "Model-1")


def test_change_is_told_with_its_parts() -> None:
    change = OutlookChange(THEN, NOW, 50.0, 52.14, 1.5, 0.3, 0.34, 0.0)
    assert change_sentences(change) == [
        "Since the figures of May 2025 the sessions expected to be lost within "
        "3\N{NO-BREAK SPACE}years went from 50.0 to 52.1: +1.8 as the published figures differ, "
        "+0.3 as the standard table differs, 0.0 as the model differs.",
        "Of the published figures' part, +1.5 comes from more or fewer sessions and +0.3 from the "
        "ages behind them and from corrections.",
        "The standard table was Table-1 and is now Table-2. The model is the same, Model-1.",
    ]


def test_a_fall_has_a_minus_sign() -> None:
    text = change_sentences(OutlookChange(THEN, THEN, 5.0, 4.0, -1.0, 0.0, 0.0, 0.0))[0]
    assert "from 5.0 to 4.0: \N{MINUS SIGN}1.0 as" in text


@pytest.mark.parametrize(
    ("parts", "total", "shown"),
    [
        ([0.04, 0.04, 0.04], 1, [1, 0, 0]),
        ([1.26, -0.06, 0.0], 12, [13, -1, 0]),
        ([0.0, 0.0, 0.0], 0, [0, 0, 0]),
        ([0.349, 2.349, -0.649], 20, [3, 23, -6]),
    ],
)
def test_shown_tenths_add_up(parts: list[float], total: int, shown: list[int]) -> None:
    assert added_up(parts, total) == shown
    assert sum(added_up(parts, total)) == total
