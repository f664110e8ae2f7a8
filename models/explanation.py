"""Why a person's chances are what they are: the parts of the log-odds, in words, ordered.

For the person themself and nobody else. Age is stated as what it is: no advice follows from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import Floats
from models.hazard import OffsetHazard
from models.hazard_features import AVERAGE_SESSIONS, design
from models.incidence import LEAVE_OTHERWISE, RETIRE
from models.log_odds import logit
from models.pension_rules import GP_RULES, rule_rows, years_since_eligible
from models.person_years import PersonYears
from models.standard_table import PENSION_SPIKES, StandardTable, standard_table

# Parts are told against someone of this age, well before any pension opens.
REFERENCE_AGE = 45
CAUSES = {RETIRE: "retiring", LEAVE_OTHERWISE: "leaving for another reason"}
# Odds that differ by less than a twentieth are told as no difference.
_SMALL = 0.05

# The pension ages of the table, and what local data add to them.
AGE, PENSION, LOCAL_PENSION = "age", "pension", "local_pension"
SESSIONS, CHANGE, ROLE, SEX, TENURE, PLACE = (
    "sessions",
    "sessions_change",
    "role",
    "female",
    "tenure",
    "place",
)
WHAT_WOULD_CHANGE_IT = {
    AGE: "Only time changes this part. It describes people of your age, and advises nothing.",
    PENSION: "Set by the dates of your pension; nothing you do at work changes it.",
    LOCAL_PENSION: "Set by the dates of your pension, as local leavers have followed them.",
    SESSIONS: "A week with more or fewer sessions would change it: try it below.",
    CHANGE: "It fades once your sessions have stayed the same for three years.",
    ROLE: "It would change with your role.",
    SEX: "Nothing changes this part.",
    TENURE: "Only time changes this part.",
    PLACE: "It describes where you work, as far as its own leavers are known.",
}


@dataclass(frozen=True)
class Part:
    """One part of the log-odds of a cause.

    log_odds: what it adds; times: the odds are multiplied by this; words: what it rests on;
    change: what would change it.
    """

    name: str
    words: str
    log_odds: float
    change: str

    @property
    def times(self) -> float:
        """By how much the odds are multiplied."""
        return float(np.exp(self.log_odds))

    @property
    def effect(self) -> str:
        """The effect in words."""
        if abs(self.log_odds) < _SMALL:
            return "makes no difference"
        direction = "raises" if self.log_odds > 0 else "lowers"
        # Above 1 either way: half the odds are told as lowered 2 times.
        factor = float(np.exp(abs(self.log_odds)))
        times = f"{factor:.0f}" if factor >= 10 else f"{factor:.1f}"
        return f"{direction} the odds {times} times"


@dataclass(frozen=True)
class Explanation:
    """One cause: the yearly chance, that of the reference, and the parts between, largest first.

    The parts add up: log-odds of `chance` = log-odds of `reference` + their sum. `local` says
    whether any local data stand behind them.
    """

    cause: str
    chance: float
    reference: float
    parts: tuple[Part, ...]
    local: bool

    @property
    def sentence(self) -> str:
        """Where the figure comes from, in one sentence."""
        if self.local:
            return (
                f"The chance of {self.cause} this year is {_percent(self.chance)}: the standard"
                " table, moved by what local leavers have shown."
            )
        return (
            f"The chance of {self.cause} this year is {_percent(self.chance)}, from the standard"
            " table alone: your age and the pension ages. No local data are used yet, so"
            " sessions, role, sex and length of service make no difference here."
        )


def explain(
    person: PersonYears,
    *,
    model: OffsetHazard | None = None,
    roles: Sequence[str] = (),
    rules: Sequence[str] = GP_RULES,
    table: StandardTable | None = None,
) -> tuple[Explanation, ...]:
    """Explain one person's yearly chances, one explanation for each cause of the standard table.

    person: a single row, whose event does not matter; model: fitted to design(rows, rules, roles)
    with the standard table as offset, or None for the table alone; table: that of GPs if None.
    Raises ValueError for more than one row.
    """
    if len(person) != 1:
        raise ValueError("Only one person's outlook is explained at a time.")
    table = table or standard_table()
    # A model that has learnt nothing is the table, and has no parts of its own.
    fitted = model is not None and bool(np.any(getattr(model, "coef_", 0.0)))
    shifts = _local_parts(person, model, roles, rules) if fitted and model else {}
    age, words = int(person.age[0]), _words(person, rules)
    return tuple(
        _explanation(table, age, cause, {name: part[cause] for name, part in shifts.items()}, words)
        for cause in CAUSES
    )


def pension_words(person: PersonYears, rules: Sequence[str] = GP_RULES) -> tuple[str, ...]:
    """Each pension rule that the person will meet, and in how many years, longest open first."""
    found = []
    for rule in rules:
        since = float(years_since_eligible(rule, person.year, person.age, person.tenure)[0])
        # Minus infinity: it will never open for them.
        if np.isfinite(since):
            found.append((since, rule_rows(rule)[0].title))
    return tuple(f"{title}: {_when(since)}" for since, title in sorted(found, reverse=True))


def _explanation(
    table: StandardTable,
    age: int,
    cause: int,
    shifts: Mapping[str, float],
    words: Mapping[str, str],
) -> Explanation:
    reference = float(table.hazards(REFERENCE_AGE)[cause])
    parts = {**_table_parts(table, age, cause), **shifts}
    told = [
        Part(name, words.get(name, ""), value, WHAT_WOULD_CHANGE_IT[name])
        for name, value in parts.items()
    ]
    # Chances do not add up; log-odds do.
    total = float(logit(np.array(reference))) + sum(parts.values())
    return Explanation(
        cause=CAUSES[cause],
        chance=float(1 / (1 + np.exp(-total))),
        reference=reference,
        parts=tuple(sorted(told, key=lambda part: -abs(part.log_odds))),
        local=bool(shifts),
    )


def _table_parts(table: StandardTable, age: int, cause: int) -> dict[str, float]:
    """The table's own log-odds against the reference: age, and a pension age on top of it."""
    # What the course would be without its spike: the spike itself is told as the pension's part.
    smooth = np.mean([table.hazards(near)[cause] for near in _beside(age)])
    at_age = table.hazards(age)[cause]
    odds = logit(np.array([table.hazards(REFERENCE_AGE)[cause], smooth, at_age]))
    return {AGE: float(odds[1] - odds[0]), PENSION: float(odds[2] - odds[1])}


def _beside(age: int) -> tuple[int, ...]:
    """The age itself, or for a declared pension age the nearest ages to each side that are not."""
    if age not in PENSION_SPIKES:
        return (age,)
    below, above = age, age
    while below in PENSION_SPIKES:
        below -= 1
    while above in PENSION_SPIKES:
        above += 1
    return (below, above)


def _local_parts(
    person: PersonYears, model: OffsetHazard, roles: Sequence[str], rules: Sequence[str]
) -> dict[str, Floats]:
    """What local data add, by part: (causes,) each. The constant is the place's."""
    made = design(person, rules, roles)
    each = model.contributions(made.values)[0]
    parts: dict[str, Floats] = {}
    for column, name in enumerate(made.names):
        part = _part_of(name)
        parts[part] = parts.get(part, np.zeros(len(CAUSES))) + each[:, column]
    if PENSION in parts:
        # The table's pension ages and the local ones would be two parts of one name.
        parts[LOCAL_PENSION] = parts.pop(PENSION)
    return parts


def _part_of(column: str) -> str:
    if column == "constant":
        return PLACE
    if column.startswith("tenure"):
        return TENURE
    return ROLE if column.startswith("role:") else PENSION if ":" in column else column


def _words(person: PersonYears, rules: Sequence[str]) -> dict[str, str]:
    """What each part rests on for this person."""
    age, sessions = int(person.age[0]), float(person.sessions[0])
    change, role = float(person.sessions_change[0]), str(person.role[0])
    pensions = "; ".join(pension_words(person, rules))
    stands_out = "a" if age in PENSION_SPIKES else "no"
    sex = {0.0: "A man", 1.0: "A woman"}.get(float(person.female[0]), "Not known")
    return {
        AGE: f"You are {age}; compared with someone of {REFERENCE_AGE}",
        PENSION: f"{age} is {stands_out} pension age in the table. {pensions}",
        LOCAL_PENSION: pensions,
        SESSIONS: (
            f"{sessions:g} sessions a week; compared with {AVERAGE_SESSIONS:g}"
            if np.isfinite(sessions)
            else "Sessions not known: taken as average"
        ),
        CHANGE: (
            f"{change:+g} sessions in three years" if np.isfinite(change) else "Not known: none"
        ),
        ROLE: role or "Not known",
        SEX: sex,
        TENURE: f"In the {_ordinal(int(person.tenure[0]))} year here",
        PLACE: "Leavers where you work, compared with the standard table",
    }


def _when(since: float) -> str:
    years = int(abs(since))
    if since == 0:
        return "this year"
    unit = "year" if years == 1 else "years"
    return f"{years} {unit} ago" if since > 0 else f"in {years} {unit}"


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _percent(chance: float) -> str:
    return "under 1%" if chance < 0.01 else f"{chance * 100:.0f}%"
