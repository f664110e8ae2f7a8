"""How right the model is for each group, as tables and charts with their words."""

from collections.abc import Mapping
from typing import Any

from models.fairness import FAIR_HIGH, FAIR_LOW
from retention.presenters.evaluation_charts import Dots
from retention.presenters.outlook import Table

Part = Mapping[str, Any]
ALL_BANDS = "55 and over"
WITHIN, FAILS, WITHHELD = "Within", "Fails: do not use", "*"
X_TITLE = "Left for each expected"
# The least deprived fifth first; groups in the order that people expect.
_FIFTHS = {"1": "1, least deprived", "2": "2", "3": "3", "4": "4", "5": "5, most deprived"}
_GROUPS = (
    ("sex", "women", "Women"),
    ("sex", "men", "Men"),
    ("role", "partner", "Partners"),
    ("role", "salaried", "Salaried GPs"),
    ("age", "Under 40", "Under 40"),
    ("age", "40 to 49", "40 to 49"),
    ("age", "50 to 54", "50 to 54"),
    ("age", "55 to 59", "55 to 59"),
    ("age", "60 to 64", "60 to 64"),
    ("age", "65 and over", "65 and over"),
)


def role_table(roles: Part) -> Table:
    """Return heads that each role lost, net, beside those expected."""
    return Table(
        ["Role and age", "Lost", "Expected", "Lost for each expected", "95%", "Limit for use"],
        [
            [
                _role_label(loss),
                f"{loss['actual']:,.0f}",
                f"{loss['expected']:,.0f}",
                f"{loss['ratio']:.2f}",
                f"{loss['low95']:.2f} to {loss['high95']:.2f}",
                WITHIN if loss["within_limit"] else FAILS,
            ]
            for loss in roles["losses"]
        ],
    )


def role_chart(roles: Part) -> Dots:
    """Return the same ratios over the range of the limit for use."""
    return Dots(
        tuple(
            (
                _role_label(loss),
                # A role that grew on balance lost less than none; the axis begins at none.
                max(0.0, loss["ratio"]),
                max(0.0, loss["low95"]),
                max(0.0, loss["high95"]),
                f"{loss['ratio']:.2f}",
            )
            for loss in roles["losses"]
        ),
        x_title="Lost for each expected",
        reference=1.0,
        band=(FAIR_LOW, FAIR_HIGH),
    )


def role_sentence(roles: Part) -> str:
    """Return the ratio of each role over all ages, and what it must not be used for."""
    of_all = [loss for loss in roles["losses"] if loss["band"] == ALL_BANDS]
    said = "; ".join(
        f"{loss['role']} {loss['ratio']:.2f} ({loss['low95']:.2f} to {loss['high95']:.2f})"
        for loss in of_all
    )
    failed = [loss["role"] for loss in of_all if not loss["within_limit"]]
    limit = (
        f" It fails for {' and for '.join(failed)}: the outlook of a place must not be read as that"
        " of its partners, or of its salaried GPs."
        if failed
        else " No role fails."
    )
    return f"Heads of 55 and over lost in a year for each that was expected: {said}.{limit}"


def deprivation_table(fairness: Part) -> Table:
    """Return each fifth under each assumed difference, with calibration."""
    rows = []
    for assumed in fairness["assumed"]:
        found = {group["group"]: group for group in _of(assumed["model"], "deprivation")}
        rows += [
            [f"{assumed['ratio']:g}", name, *_figures(found[key]), _slope(found[key])]
            for key, name in _FIFTHS.items()
        ]
    return Table(
        ["Assumed", "Fifth", X_TITLE, "95%", "Limit for use", "Calibration slope"],
        rows,
    )


def deprivation_sentences(fairness: Part) -> list[str]:
    """Return for each assumed difference which fifths fail."""
    said = []
    for assumed in fairness["assumed"]:
        groups = _of(assumed["model"], "deprivation")
        failed = [group["group"] for group in groups if group["within_limit"] is False]
        result = f"fails in fifth {' and in fifth '.join(failed)}" if failed else "no fifth fails"
        said.append(f"Where {_assumed_words(assumed['ratio'])}: {result}.")
    return said


def group_table(fairness: Part, ratio: float) -> Table:
    """Return sex, role and age under one assumed difference: the model, and the table alone."""
    assumed = next(one for one in fairness["assumed"] if one["ratio"] == ratio)
    rows = []
    for attribute, key, name in _GROUPS:
        model, table = (
            next(group for group in _of(assumed[kind], attribute) if group["group"] == key)
            for kind in ("model", "table")
        )
        rows.append([name, *_figures(model), _slope(model), *_figures(table)[::2]])
    return Table(
        [
            "Group",
            X_TITLE,
            "95%",
            "Limit for use",
            "Calibration slope",
            "Table alone",
            "Its limit for use",
        ],
        rows,
    )


def _role_label(loss: Part) -> str:
    role = str(loss["role"])
    return f"{role[0].upper()}{role[1:]}, {loss['band']}"


def _of(groups: list[Part], attribute: str) -> list[Part]:
    return [group for group in groups if group["attribute"] == attribute]


def _figures(group: Part) -> list[str]:
    """Ratio, interval and verdict of a group; stars where it is withheld."""
    ratio = group["ratio"]
    # Too few people behind it: ratio, interval and verdict go together or not at all.
    if ratio is None:
        return [WITHHELD, WITHHELD, WITHHELD]
    return [
        f"{ratio['ratio']:.2f}",
        f"{ratio['low95']:.2f} to {ratio['high95']:.2f}",
        WITHIN if group["within_limit"] else FAILS,
    ]


def _slope(group: Part) -> str:
    return "Not known" if group["slope"] is None else f"{group['slope']:.2f}"


def _assumed_words(ratio: float) -> str:
    if ratio == 1:
        return "deprivation makes no difference"
    return f"{ratio:g} leave in the most deprived fifth for each in the least"
