"""What the hazard model looks at: named columns made from person-years and pension rules."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import Floats
from models.pension_rules import rule_rows, under_former_rule, years_since_eligible
from models.person_years import PersonYears

# Sessions of an average GP (BJGP 2024;74:e652): what unknown sessions are taken to be.
AVERAGE_SESSIONS = 6.2
# Units in which a coefficient is stated: two sessions, a decade, five years.
SESSIONS_UNIT, DECADE, HALF_DECADE, TENURE_KNOT = 2.0, 10.0, 5.0, 20.0
LONGEST_SERVICE = 30.0


@dataclass(frozen=True)
class Design:
    """Features of rows: values (rows, features) and the name of each column."""

    values: Floats
    names: tuple[str, ...]


def design(
    rows: PersonYears, rules: Sequence[str], roles: Sequence[str] = (), *, sessions: bool = True
) -> Design:
    """Return the features of person-years under some pension rules.

    rules: names of models/pension_rules.py, in the order of their columns; roles: those that get
    a column, every other one being the base; sessions: whether sessions and their change count.
    Unknown values take the average, so that they move no log-odds: sex half way, sessions
    AVERAGE_SESSIONS, no change. Raises ValueError for an unknown rule.
    """
    columns = {
        "constant": np.ones(len(rows)),
        "female": np.where(np.isnan(rows.female), 0.5, rows.female),
        # Two slopes that meet at twenty years of service, for leaving need not rise evenly with it.
        "tenure_to_20": np.minimum(rows.tenure, TENURE_KNOT) / TENURE_KNOT,
        "tenure_from_20": np.clip(rows.tenure - TENURE_KNOT, 0, TENURE_KNOT) / TENURE_KNOT,
    }
    if sessions:
        now = np.where(np.isnan(rows.sessions), AVERAGE_SESSIONS, rows.sessions)
        change = np.where(np.isnan(rows.sessions_change), 0.0, rows.sessions_change)
        columns["sessions"] = (now - AVERAGE_SESSIONS) / SESSIONS_UNIT
        columns["sessions_change"] = change / SESSIONS_UNIT
    columns |= {f"role:{role}": (rows.role == role).astype(np.float64) for role in roles}
    for rule in rules:
        columns |= _rule_columns(rule, rows)
    return Design(np.column_stack(list(columns.values())), tuple(columns))


def _rule_columns(rule: str, rows: PersonYears) -> dict[str, Floats]:
    """How far each row is from a pension: a jump when it opens, a slope before and after."""
    since = years_since_eligible(rule, rows.year, rows.age, rows.tenure)
    open_now = (since >= 0).astype(np.float64)
    waited = np.maximum(since, 0.0)
    columns = {
        "open": open_now,
        "first_year": (since == 0).astype(np.float64),
        "second_year": (since == 1).astype(np.float64),
        # Slopes before and after opening, with one bend, so that no single year is left to itself
        # but the first two and the last before.
        "years_open_to_5": np.minimum(waited, HALF_DECADE) / HALF_DECADE,
        "years_open_from_5": np.clip(waited - HALF_DECADE, 0, DECADE) / DECADE,
        "years_to_go": (1 - open_now) * np.minimum(-since, DECADE) / DECADE,
        "last_year_before": (since == -1).astype(np.float64),
    }
    # Only where a rule was replaced does it matter under which one a pension opened.
    if len({row.valid_to for row in rule_rows(rule)}) > 1:
        former = under_former_rule(rule, rows.year)
        columns["first_year_former_rule"] = columns["first_year"] * former
    if any(row.asks_service and not row.joined_before for row in rule_rows(rule)):
        columns |= _age_and_service_columns(rule, rows, open_now, waited)
    return {f"{rule}:{name}": column for name, column in columns.items()}


def _age_and_service_columns(
    rule: str, rows: PersonYears, open_now: Floats, waited: Floats
) -> dict[str, Floats]:
    """Where age and service together open a pension, neither follows from the years since."""
    minimum = min(row.age for row in rule_rows(rule))
    over = np.clip(rows.age - minimum, 0, DECADE) / DECADE
    opened_over = np.clip(rows.age - waited - minimum, 0, None)
    return {
        "open_years_over_minimum": open_now * over,
        "open_at_minimum": open_now * (rows.age <= minimum),
        "opened_at_minimum": open_now * (opened_over == 0),
        "opened_over_minimum": open_now * np.minimum(opened_over, 8) / 8,
        "open_service": open_now * np.minimum(rows.tenure, LONGEST_SERVICE) / LONGEST_SERVICE,
        "not_open_over_minimum": (1 - open_now) * over,
    }
