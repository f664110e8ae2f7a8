"""The patients beside the workforce, in sentences and two tables."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from models.patients_per_session import PatientsPerSession, after_loss, patients_per_session
from retention.presenters.outlook import NOT_KNOWN, Table, number, percent, plural, within
from retention.presenters.place_history import day
from retention.queries.age_profile import month_end
from retention.queries.population import (
    AGE_GROUPS,
    OLDER,
    Behind,
    ListDeprivation,
    Patients,
    Population,
)
from retention.queries.public_outlook import PublicOutlook
from retention.queries.rurality import ListRurality

AFTER_YEARS = (1, 5)
Part = TypeVar("Part")
_FIFTHS = (
    "the least deprived fifth",
    "the second least deprived fifth",
    "the middle fifth",
    "the second most deprived fifth",
    "the most deprived fifth",
)
NO_PATIENTS = "Patients by age are not loaded for this place."
NO_DEPRIVATION = "Deprivation is not loaded for this place."
NO_RURALITY = "Whether its practices are rural or urban is not loaded."
NO_SESSIONS = (
    "Patients for each session are not known: the workforce file has no list size or no hours here."
)


@dataclass(frozen=True)
class PopulationSection:
    """What a page tells of a place's patients; `missing` says what was not loaded."""

    sentences: list[str]
    ages: Table | None
    ages_caption: str
    per_session: Table | None
    missing: list[str]


def population_section(found: Population, outlook: PublicOutlook | None) -> PopulationSection:
    """Return the section; outlook: the place's, None where the reader may not see it."""
    told = (
        (_said(found.patients, _patients_sentence), NO_PATIENTS),
        (_said(found.deprivation, deprivation_sentence), NO_DEPRIVATION),
        (_said(found.rurality, rurality_sentence), NO_RURALITY),
        (_said(found.behind, lambda behind: _session_sentence(behind, outlook)), NO_SESSIONS),
    )
    return PopulationSection(
        sentences=[sentence for sentence, _ in told if sentence],
        ages=_ages(found.patients) if found.patients else None,
        ages_caption=_ages_caption(found.patients.month) if found.patients else "",
        per_session=_per_session(found.behind, outlook) if found.behind and outlook else None,
        missing=[missing for sentence, missing in told if not sentence],
    )


def _said(part: Part | None, sentence: Callable[[Part], str]) -> str:
    """Return the sentence of a part; nothing where it was not loaded."""
    return "" if part is None else sentence(part)


def _patients_sentence(patients: Patients) -> str:
    if not patients.total:
        return f"No patient was registered on {day(patients.month)}."
    of_practices = _of_practices(patients.practices, patients.not_known)
    older = [i for i, group in enumerate(AGE_GROUPS) if group in OLDER]
    share = sum(patients.women[i] + patients.men[i] for i in older) / patients.total
    said = (
        f"{plural(patients.total, 'patient was', 'patients were')} registered{of_practices} on "
        f"{day(patients.month)}; {percent(share)} of them are 65 and over"
    )
    england = percent(sum(patients.england[i] for i in older))
    return f"{said}, against {england} in England{_then(patients)}."


def _then(patients: Patients) -> str:
    """Say of which day England's figures are, where that is another."""
    return "" if patients.england_on == patients.month else f" on {day(patients.england_on)}"


def _of_practices(known: int, not_known: int) -> str:
    """Say how many practices figures rest on where that is not all or just one."""
    if not not_known:
        return ""
    return f" with {number(known)} of {plural(known + not_known, 'practice')}"


def deprivation_sentence(deprivation: ListDeprivation) -> str:
    """Return the score, what it is made of, and where it lies in England if that is known."""
    practices = deprivation.practices + deprivation.not_known
    made = "" if practices == 1 else ", the mean by patients"
    if deprivation.not_known:
        made += f" of {number(deprivation.practices)} of {plural(practices, 'practice')}"
    said = (
        f"Deprivation: a score of {deprivation.score:.1f} in the {deprivation.year} Index of "
        f"Multiple Deprivation{made}; a higher score is more deprived."
    )
    if deprivation.fifth is None:
        return said
    said += f" That is in {_FIFTHS[deprivation.fifth - 1]} of the practices in England."
    # Of one practice it is all or none of its patients, as the fifth says already.
    if practices == 1 or deprivation.most_deprived is None:
        return said
    share = percent(deprivation.most_deprived)
    return f"{said} {share} of its patients have a practice in the most deprived fifth."


def rurality_sentence(rurality: ListRurality) -> str:
    """Return whether a practice is rural, or the share of patients whose practice is."""
    practices = rurality.practices + rurality.not_known
    ended = f"{rurality.year - 1}/{rurality.year % 100:02d}"
    if practices == 1:
        return f"It counts as {'a rural' if rurality.share else 'an urban'} practice ({ended})."
    of = ""
    if rurality.not_known:
        of = f", of the {number(rurality.practices)} of {plural(practices, 'practice')} known"
    return f"{percent(rurality.share)} of its patients have a rural practice ({ended}{of})."


def _session_sentence(behind: Behind, outlook: PublicOutlook | None) -> str:
    now = patients_per_session(behind.patients, behind.sessions)
    if now is None:
        return ""
    said = (
        f"There were {plural(now, 'patient')} for each estimated session a week on "
        f"{day(month_end(behind.month))}{_of_practices(behind.practices, behind.not_known)}."
    )
    if outlook is None:
        return said
    later = _after(now, outlook, AFTER_YEARS[-1])
    said, years = f"{said} If nobody joined, the expected loss would leave", within(AFTER_YEARS[-1])
    if later.expected is None:
        return f"{said} no session after {years}."
    return (
        f"{said} about {number(later.expected)} for each after {years} (80% interval "
        f"{_interval(later)})."
    )


def _after(now: float, outlook: PublicOutlook, years: int) -> PatientsPerSession:
    h = outlook.horizons[years]
    return after_loss(now, outlook.sessions_now, h.expected, h.low80, h.high80)


def _interval(later: PatientsPerSession) -> str:
    if later.high is None:
        return f"from {_ends(later.low)}, with no upper end: every session may be lost"
    return f"{_ends(later.low)} to {_ends(later.high)}"


def _ends(value: float | None) -> str:
    return NOT_KNOWN if value is None else number(value)


def _ages(patients: Patients) -> Table:
    headers = ["Age", "Women and girls", "Men and boys", "All", "Share", "In England"]
    rows = []
    for i, group in enumerate(AGE_GROUPS):
        together = patients.women[i] + patients.men[i]
        share = together / patients.total if patients.total else None
        row = [group, number(patients.women[i]), number(patients.men[i]), number(together)]
        rows.append([*row, percent(share), percent(patients.england[i])])
    women, men = sum(patients.women), sum(patients.men)
    # No sum of the shares: rounded one by one they need not add up to 100.
    total = ["All ages", number(women), number(men), number(patients.total), ""]
    return Table(headers, [*rows, [*total, ""]])


def _ages_caption(month: dt.date) -> str:
    return f"Registered patients by age and sex on {day(month)}"


def _per_session(behind: Behind, outlook: PublicOutlook) -> Table | None:
    now = patients_per_session(behind.patients, behind.sessions)
    if now is None:
        return None
    rows = [[day(month_end(behind.month)), number(now), ""]]
    for years in AFTER_YEARS:
        later = _after(now, outlook, years)
        expected = "No session left" if later.expected is None else number(later.expected)
        rows.append([f"After {within(years)}", expected, _interval(later)])
    return Table(["When", "Patients for each session", "80% interval"], rows)
