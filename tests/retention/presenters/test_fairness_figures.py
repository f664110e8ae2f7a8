"""Fairness by role, deprivation, sex and age in words: a failure is never left out."""

from typing import Any

from models.evaluation.stored import stored_evaluations
from retention.presenters import fairness_figures as figures

KEPT = stored_evaluations()


def loss(role: str, ratio: float, *, within: bool) -> dict[str, Any]:
    return {
        "role": role,
        "band": figures.ALL_BANDS,
        "actual": 10.0,
        "expected": 10 / ratio,
        "ratio": ratio,
        "low95": ratio - 0.1,
        "high95": ratio + 0.1,
        "within_limit": within,
    }


def test_each_role_that_fails_is_named() -> None:
    roles = {"losses": [loss("partners", 1.4, within=False), loss("locums", 1.0, within=True)]}
    said = figures.role_sentence(roles)
    assert "partners 1.40 (1.30 to 1.50)" in said
    assert "It fails for partners:" in said
    assert figures.role_sentence({"losses": [loss("locums", 1.0, within=True)]}).endswith(
        "No role fails."
    )


def test_more_joined_than_left_is_drawn_from_nothing_on() -> None:
    chart = figures.role_chart({"losses": [loss("salaried GPs", -0.05, within=False)]})
    assert chart.rows == (("Salaried GPs, 55 and over", 0.0, 0.0, 0.05, "-0.05"),)


def test_the_kept_roles_are_those_of_the_decision() -> None:
    """docs/decisions/0026 quotes them."""
    said = figures.role_sentence(KEPT["roles"])
    assert "partners 1.19 (1.11 to 1.28); salaried GPs 0.37 (0.24 to 0.53)" in said
    assert "fails for partners and for salaried GPs" in said
    assert len(figures.role_table(KEPT["roles"]).rows) == 12


def test_fifths_stand_in_order_under_each_assumption() -> None:
    rows = figures.deprivation_table(KEPT["fairness"]).rows
    assert [row[0] for row in rows[::5]] == ["1", "1.09", "1.5"]
    assert [row[1][0] for row in rows[:5]] == ["1", "2", "3", "4", "5"]
    failed = {(row[0], row[1][0]) for row in rows if row[4] == figures.FAILS}
    assert failed == {("1.5", "1"), ("1.5", "5")}
    assert figures.deprivation_sentences(KEPT["fairness"])[-1].endswith(
        "fails in fifth 1 and in fifth 5."
    )


def test_a_withheld_group_shows_stars() -> None:
    hidden = {"group": "women", "attribute": "sex", "ratio": None, "slope": None}
    shown = {
        **hidden,
        "ratio": {"ratio": 1.0, "low95": 0.9, "high95": 1.1},
        "within_limit": True,
    }
    names = [(attribute, key) for attribute, key, _ in figures._GROUPS]
    groups = [
        {**(hidden if key == "women" else shown), "attribute": attribute, "group": key}
        for attribute, key in names
    ]
    table = figures.group_table(
        {"assumed": [{"ratio": 1.09, "model": groups, "table": groups}]}, 1.09
    )
    assert table.rows[0] == ["Women", "*", "*", "*", "Not known", "*", "*"]
    assert table.rows[1][1:4] == ["1.00", "0.90 to 1.10", "Within"]
