"""The demo's published side: what the open practice-level file would print of these people."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from hubs.demo import national
from hubs.demo.places import Places
from hubs.demo.seed import stream
from hubs.demo.staff import Colleague
from hubs.demo.turnover import month_end
from hubs.demo.weeks import fte
from retention.actions.practice_level import PrintedCells, printed_of
from retention.imports.cells import (
    ALL,
    CURRENT_POPULATIONS,
    Cell,
    Sex,
    StaffGroup,
    cell_name,
    expected_cells,
    parse_cell,
)
from retention.models.person import Profession
from retention.models.post import PostRole

GROUPS: tuple[StaffGroup, ...] = ("gp", "nurses", "patients")
ROLE_CODES = {
    PostRole.PARTNER: "ptnr_prov",
    PostRole.SALARIED: "sal_by_prac",
    PostRole.RETAINER: "ret",
    PostRole.LOCUM: "locum_abs",
    PostRole.TRAINEE: "trn_gr_st3",
    PostRole.NURSE: "prac_nurse",
    PostRole.ADVANCED_NURSE: "adv_nurse_prac",
}
# These practices sent no valid figures in the last months: printed as NA, which is not known.
NOT_KNOWN: Mapping[int, StaffGroup] = {24: "gp", 40: "nurses"}
NOT_KNOWN_MONTHS = 5
LISTS_GROW_A_YEAR = 0.007


def printed(
    places: Places, everyone: Sequence[Colleague], months: Sequence[dt.date]
) -> Iterator[PrintedCells]:
    """Yield the cells of every practice, month and staff group."""
    lists = _list_sizes(places)
    for number, practice in enumerate(places.practices):
        here = [one for one in everyone if one.practice == number]
        for age, month in enumerate(reversed(months)):
            on = month_end(month)
            in_post = [one for one in here if one.works_on(on)]
            patients = round(lists[number] / (1 + LISTS_GROW_A_YEAR) ** (age / 12))
            found: dict[StaffGroup, dict[str, Cell]] = {
                "gp": staff_cells("gp", in_post, on),
                "nurses": staff_cells("nurses", in_post, on),
                "patients": patient_cells(patients),
            }
            if number in NOT_KNOWN and age < NOT_KNOWN_MONTHS:
                found[NOT_KNOWN[number]] = dict.fromkeys(found[NOT_KNOWN[number]])
            for group, cells in found.items():
                yield printed_of(practice.code, month, group, cells)


def staff_cells(group: StaffGroup, in_post: Sequence[Colleague], on: dt.date) -> dict[str, Cell]:
    """Return the printed cells of a staff group: heads and FTE by population, role, sex, age."""
    wanted = Profession.GP if group == "gp" else Profession.NURSE
    cells: dict[str, float] = dict.fromkeys(_cell_names(group), 0)
    for one in in_post:
        if one.profession != wanted:
            continue
        time = fte(one.week_on(on))
        for name in _heads_of(group, one, on):
            cells[name] += 1
        for name in _time_of(group, one, on):
            cells[name] += time
    return {
        name: round(value, 6) if "_fte" in name else int(value) for name, value in cells.items()
    }


def patient_cells(patients: int) -> dict[str, Cell]:
    """Return the printed cells of a list of patients, with the sexes and ages of England."""
    by_band = national.quota(patients, national.PATIENTS)
    cells: dict[str, Cell] = {
        f"{sex}_patients_{band}": people for (sex, band), people in by_band.items()
    }
    for sex in ("male", "female"):
        cells[f"total_{sex}"] = sum(n for (of, _), n in by_band.items() if of == sex)
    return cells | {"total_patients": patients, "total_unknown_gender": 0}


@cache
def _cell_names(group: StaffGroup) -> tuple[str, ...]:
    """Return the columns that the file prints of a group, but for countries of qualification."""
    return tuple(
        name
        for name in sorted(expected_cells())
        if (cell := parse_cell(name)) and cell.staff_group == group and cell.qualified_in is None
    )


def _sexes(one: Colleague) -> tuple[Sex, Sex]:
    return ("total", "female" if one.sex == "female" else "male")


def _populations(one: Colleague) -> Iterator[str]:
    """Yield the populations that someone counts in: each leaves out trainees, locums or both."""
    for population in CURRENT_POPULATIONS if one.profession == Profession.GP else (ALL,):
        is_out = (one.role == PostRole.TRAINEE and population in ("extg", "extgl")) or (
            one.role == PostRole.LOCUM and population in ("exl", "extgl")
        )
        if not is_out:
            yield population


def _heads_of(group: StaffGroup, one: Colleague, on: dt.date) -> Iterator[str]:
    band = one.band_on(on)
    for sex in _sexes(one):
        yield _role_cell(group, one, sex, "hc")
        for population in _populations(one):
            yield cell_name(group, "hc", sex, population)
            yield cell_name(group, "hc", sex, population, band)


def _time_of(group: StaffGroup, one: Colleague, on: dt.date) -> Iterator[str]:
    yield cell_name(group, "fte", age_band=one.band_on(on))
    for sex in _sexes(one):
        yield _role_cell(group, one, sex, "fte")
        for population in _populations(one):
            yield cell_name(group, "fte", sex, population)


def _role_cell(group: StaffGroup, one: Colleague, sex: Sex, measure: str) -> str:
    return f"{sex}_{'n' if group == 'nurses' else group}_{ROLE_CODES[one.role]}_{measure}"


def _list_sizes(places: Places) -> list[int]:
    """Return the patients of each practice today: England's for each GP, more or less."""
    rng = stream("patients")
    return [
        round((gps + 0.4) * national.PATIENTS_FOR_A_GP * rng.uniform(0.75, 1.25))
        for gps in places.gps
    ]
