import datetime as dt
from dataclasses import replace

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
        "3\N{NO-BREAK SPACE}years went from 50.0 to 52.1 (+2.1).",
        "Of this, +1.8 comes from the published figures (+1.5 from more or fewer sessions, +0.3 "
        "from the ages behind them and from corrections), +0.3 from the standard table (Table-1 "
        "before, Table-2 now) and 0.0 from the model (still Model-1).",
    ]


def test_with_the_same_table_and_model_all_of_it_is_data() -> None:
    june = replace(THEN, month=NOW.month)
    assert change_sentences(OutlookChange(THEN, june, 5.0, 4.0, -1.5, 0.5, 0.0, 0.0)) == [
        "Since the figures of May 2025 the sessions expected to be lost within "
        "3\N{NO-BREAK SPACE}years went from 5.0 to 4.0 (\N{MINUS SIGN}1.0).",
        "All of it comes from the published figures: \N{MINUS SIGN}1.5 from more or fewer "
        "sessions, +0.5 from the ages behind them and from corrections.",
        "Standard table Table-1 and model Model-1 are the same.",
    ]


def test_what_stayed_is_not_said_to_have_gone_from_itself_to_itself() -> None:
    june = replace(THEN, month=NOW.month)
    moved, data, _ = change_sentences(OutlookChange(THEN, june, 71.2, 71.21, -2.5, 2.51, 0.0, 0.0))
    assert moved.endswith("3\N{NO-BREAK SPACE}years have stayed at 71.2.")
    assert data.startswith("Only the published figures differ: \N{MINUS SIGN}2.5 from more or")
    _, parts = change_sentences(OutlookChange(THEN, NOW, 71.2, 71.2, 1.0, 0.0, -1.0, 0.0))
    assert parts.startswith("Yet +1.0 comes from the published figures")


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
