"""The stored figures of the evaluations, as tables and charts with their words."""

from collections.abc import Mapping
from typing import Any

from models.evaluation.backtest_result import HORIZON_NAMES, METHODS
from models.fairness import FAIR_HIGH, FAIR_LOW
from retention.presenters.evaluation_charts import Calibration, Dots
from retention.presenters.outlook import Table, percent, within

Part = Mapping[str, Any]
# 95 % of a normal error lies within so many standard errors.
_NORMAL = 1.96
NOMINAL = 0.8
METHOD_NAMES = {
    "model": "This model",
    "no_change": "No change",
    "last_change": "Last year's change again",
    "last_ratio": "Last year's rate of loss again",
    "mean_ratio": "Mean of all past rates",
    "boosting": "Gradient boosting",
    "age_table": "A table by age alone",
}
_GROUPS = (
    ("all", "everyone"),
    ("women", "women"),
    ("men", "men"),
    ("under 60", "under 60"),
    ("60-64", "60 to 64"),
    ("65-69", "65 to 69"),
    ("70 and over", "70 and over"),
)
_PLACES = {
    "practice": "One practice",
    "network": "One network",
    "area": "A whole area",
}


def horizons_of(backtest: Part) -> list[tuple[int, Part]]:
    """Return each horizon in years with its scores."""
    return [(years, backtest[name]) for years, name in HORIZON_NAMES.items()]


def error_table(scores: Part) -> Table:
    """Return the errors of each method at one horizon, in percent of the published heads."""
    bands = list(scores["bands"])
    return Table(
        ["Method", "Mean error", "Standard error", *bands, "Interval score"],
        [
            [
                METHOD_NAMES[name],
                f"{scores['mean'][name]:.1f}%",
                f"{scores['standard_error'][name]:.1f}",
                *(f"{scores['bands'][band][name]:.1f}%" for band in bands),
                f"{scores['interval_score'][name]:.1f}",
            ]
            for name in METHODS
        ],
    )


def error_chart(scores: Part) -> Dots:
    """Return mean errors with what chance may do to them."""
    rows = []
    for name in METHODS:
        mean, error = scores["mean"][name], _NORMAL * scores["standard_error"][name]
        # No error lies below nought, though a normal interval around it may.
        low = max(0.0, mean - error)
        rows.append((METHOD_NAMES[name], mean, low, mean + error, f"{mean:.1f}%"))
    return Dots(tuple(rows), x_title="Mean error in %")


def coverage_rows(backtest: Part) -> list[tuple[str, float, float, float]]:
    """Return for each horizon the share of outcomes inside the 80 % interval, with its interval."""
    return [
        (within(years), backtest["coverage_80"][str(years)], *_pair(backtest, years))
        for years, _ in horizons_of(backtest)
    ]


def coverage_table(backtest: Part) -> Table:
    """Return how often the 80 % interval held."""
    return Table(
        ["Ahead", "Held", "95% bootstrap interval"],
        [
            [label, percent(held), f"{percent(low)} to {percent(high)}"]
            for label, held, low, high in coverage_rows(backtest)
        ],
    )


def coverage_chart(backtest: Part) -> Dots:
    """Return how often the 80 % interval held, beside 80 %."""
    rows = tuple(
        (label, held * 100, low * 100, high * 100, f"{percent(held)}")
        for label, held, low, high in coverage_rows(backtest)
    )
    title = "Outcomes held, in %"
    return Dots(rows, x_title=title, reference=NOMINAL * 100)


def calibration_chart(horizon: Part) -> Calibration:
    """Return predicted against observed in groups of equal size."""
    return Calibration(
        tuple((p["predicted"], p["observed"], p["low95"], p["high95"]) for p in _points(horizon)),
        x_title="Predicted to leave",
        y_title="Left",
    )


def calibration_table(horizon: Part) -> Table:
    """Return the curve's numbers."""
    return Table(
        ["Tenth of people, lowest chance first", "Years counted", "Predicted", "Left", "95%"],
        [
            [
                str(place),
                f"{p['people']:,}",
                _fine(p["predicted"]),
                _fine(p["observed"]),
                f"{_fine(p['low95'])} to {_fine(p['high95'])}",
            ]
            for place, p in enumerate(_points(horizon), start=1)
        ],
    )


def rivals_table(hazard: Part) -> Table:
    """Return the model beside its rivals on real people, at each horizon."""
    rows = [
        [
            f"{METHOD_NAMES[name]}, {within(int(years))}",
            f"{scores[name]['auc']:.3f}",
            f"{scores[name]['ipa']:.3f} ({scores[name]['standard_errors']['ipa']:.3f})",
            f"{scores[name]['intercept']:.2f}",
            f"{scores[name]['slope']:.2f} ({scores[name]['standard_errors']['slope']:.2f})",
        ]
        for years, scores in hazard["horizons"].items()
        for name in ("model", "boosting", "age_table")
    ]
    return Table(["Method", "AUC", "IPA (s.e.)", "Calibration in the large", "Slope (s.e.)"], rows)


def ratio_rows(horizon: Part) -> list[tuple[str, Part, bool]]:
    """Return each group, its actual over expected, and whether that is within the limit for use."""
    found = horizon["actual_expected"]
    return [(name.capitalize(), found[key], within_limit(found[key])) for key, name in _GROUPS]


def within_limit(ratio: Part) -> bool:
    """Whether the interval of actual over expected reaches the range of the limit for use."""
    # The interval's reach and not the ratio: a small group must not fail by chance alone.
    return bool(ratio["low95"] <= FAIR_HIGH and ratio["high95"] >= FAIR_LOW)


def ratio_table(horizon: Part) -> Table:
    """Return actual over expected by group, with the verdict."""
    return Table(
        ["Group", "Left", "Expected", "Left for each expected", "95% interval", "Limit for use"],
        [
            [
                label,
                f"{ratio['actual']:,}",
                f"{ratio['expected']:,.0f}",
                f"{ratio['ratio']:.2f}",
                f"{ratio['low95']:.2f} to {ratio['high95']:.2f}",
                "Within" if inside else "Fails: do not use",
            ]
            for label, ratio, inside in ratio_rows(horizon)
        ],
    )


def ratio_chart(horizon: Part) -> Dots:
    """Return actual over expected by group, over the range of the limit for use."""
    return Dots(
        tuple(
            (label, ratio["ratio"], ratio["low95"], ratio["high95"], f"{ratio['ratio']:.2f}")
            for label, ratio, _ in ratio_rows(horizon)
        ),
        x_title="Left for each expected",
        reference=1.0,
        band=(FAIR_LOW, FAIR_HIGH),
    )


def simulated_coverage_table(simulated: Part) -> Table:
    """Return how often the 80 % interval held in simulated hubs, by size of place."""
    return Table(
        ["Place", "Held", "Held, once ties are split at random", "Outcomes"],
        [
            [
                name,
                percent(simulated["coverage"][place]["by_interval"]),
                percent(simulated["coverage"][place]["by_pit"]),
                f"{simulated['coverage'][place]['outcomes']:,}",
            ]
            for place, name in _PLACES.items()
        ],
    )


def learning_table(simulated: Part) -> Table:
    """Return how much local record it takes before local data help."""
    words = {
        "0.0": "No difference at all",
        "0.5": "Half of what we assumed",
        "1.0": "All of what we assumed",
    }
    found = simulated["beats_the_table_from"]
    return Table(
        ["How far local leaving differs from the table", "Local data help from"],
        [
            [
                words[strength],
                f"{found[strength]:,} person-years" if found[strength] else "Never, rightly",
            ]
            for strength in words
        ],
    )


def _points(horizon: Part) -> list[Part]:
    return list(horizon["calibration"])


def _pair(backtest: Part, years: int) -> tuple[float, float]:
    low, high = backtest["coverage_80_interval"][str(years)]
    return low, high


def _fine(share: float) -> str:
    """Return a small share to a tenth of a per cent: the lowest groups lie below one."""
    return f"{share * 100:.1f}%"
