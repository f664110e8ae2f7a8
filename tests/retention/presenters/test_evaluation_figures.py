import pytest

from models.evaluation.stored import stored_evaluations
from retention.presenters import evaluation_figures as figures

KEPT = stored_evaluations()


@pytest.mark.parametrize(
    ("low", "high", "inside"),
    [(0.8, 0.9, True), (0.8, 0.89, False), (1.1, 1.3, True), (1.11, 1.3, False)],
)
def test_the_limit_is_that_the_interval_reaches_the_range(
    low: float, high: float, inside: bool
) -> None:
    assert figures.within_limit({"low95": low, "high95": high}) is inside


def test_groups_are_in_order_and_add_up() -> None:
    rows = figures.ratio_rows(KEPT["hazard"]["horizons"]["1"])
    left = {label: ratio["actual"] for label, ratio, _ in rows}
    assert list(left)[:4] == ["Everyone", "Women", "Men", "Under 60"]
    assert left["Women"] + left["Men"] == left["Everyone"]
    assert sum(list(left.values())[3:]) == left["Everyone"]


def test_errors_never_reach_below_nothing() -> None:
    for _, scores in figures.horizons_of(KEPT["backtest"]):
        rows = figures.error_chart(scores).rows
        assert all(0 <= low <= mean <= high for _, mean, low, high, _ in rows)
        assert [row[0] for row in rows] == [row[0] for row in figures.error_table(scores).rows]


def test_coverage_stands_beside_what_was_promised() -> None:
    chart = figures.coverage_chart(KEPT["backtest"])
    assert chart.reference == 80
    assert figures.coverage_table(KEPT["backtest"]).rows[0][1:] == ["72%", "57% to 86%"]


def test_small_chances_are_told_to_a_tenth() -> None:
    rows = figures.calibration_table(KEPT["hazard"]["horizons"]["1"]).rows
    assert len(rows) == 10
    assert rows[0][2:4] == ["0.1%", "0.2%"]


def test_local_data_are_never_said_to_help_where_nothing_differs() -> None:
    assert figures.learning_table(KEPT["simulated"]).rows[0][1] == "Never, rightly"


def test_a_small_place_is_shown_to_over_cover() -> None:
    assert figures.simulated_coverage_table(KEPT["simulated"]).rows[0][:3] == [
        "One practice",
        "96%",
        "80%",
    ]


def test_rivals_stand_at_each_horizon() -> None:
    rows = figures.rivals_table(KEPT["hazard"]).rows
    assert len(rows) == 6
    assert {len(row) for row in rows} == {5}
