"""Whoever the demo's files count: where, in which role, of what age and for how many hours."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from hubs.demo.places import Places
from hubs.demo.staff import YEAR, Colleague, band_at
from hubs.demo.weeks import fte
from retention.imports.cell_layout import GroupLayout, group_layout
from retention.imports.cells import (
    ALL,
    CURRENT_POPULATIONS,
    UNKNOWN_AGE,
    Sex,
    StaffGroup,
    cell_name,
    expected_cells,
    parse_cell,
)
from retention.models.person import Profession
from retention.models.post import PostRole

Value = TypeVar("Value")
ROLE_CODES = {
    PostRole.PARTNER: "ptnr_prov",
    PostRole.SALARIED: "sal_by_prac",
    PostRole.RETAINER: "ret",
    PostRole.LOCUM: "locum_abs",
    PostRole.TRAINEE: "trn_gr_st3",
    PostRole.NURSE: "prac_nurse",
    PostRole.ADVANCED_NURSE: "adv_nurse_prac",
}


@dataclass(frozen=True)
class Counted:
    """One post as a file counts it; `practices` and `times` (FTE) are dated, oldest first.

    `role` is the file's; `born` is None where the age is not known; `populations` are those that
    the post counts in.
    """

    group: StaffGroup
    role: str
    sex: Sex
    populations: tuple[str, ...]
    born: dt.date | None
    starts_on: dt.date
    ends_on: dt.date | None
    practices: Sequence[tuple[dt.date, str]]
    times: Sequence[tuple[dt.date, float]]

    def works_on(self, date: dt.date) -> bool:
        """Whether the post has begun and not ended."""
        return self.starts_on <= date and (self.ends_on is None or self.ends_on > date)

    def practice_on(self, date: dt.date) -> str:
        """Return the code of the practice on a date."""
        return _latest(self.practices, date)

    def fte_on(self, date: dt.date) -> float:
        """Return the full-time equivalent on a date."""
        return _latest(self.times, date)

    def band_on(self, date: dt.date) -> str:
        """Return the published age band on a date."""
        if self.born is None:
            return UNKNOWN_AGE
        return band_at(int((date - self.born) / YEAR), is_gp=self.group == "gp")


def _latest(dated: Sequence[tuple[dt.date, Value]], date: dt.date) -> Value:
    """Return the last value that has begun by a date, the first one before any has."""
    found = dated[0][1]
    for starts_on, value in dated[1:]:
        if starts_on <= date:
            found = value
    return found


def counted_colleague(one: Colleague, places: Places) -> Counted:
    """Return a colleague as the file counts them."""
    practices = [(one.starts_on, places.practices[one.practice].code)]
    if one.came_from:
        place, moved_on, _ = one.came_from
        practices = [(one.starts_on, place.code), (moved_on, practices[0][1])]
    return Counted(
        group="nurses" if one.profession == Profession.NURSE else "gp",
        role=ROLE_CODES[one.role],
        sex="female" if one.sex == "female" else "male",
        populations=_populations(one.profession, one.role),
        born=one.born if one.age_is_known else None,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        practices=practices,
        times=[(starts_on, fte(week)) for starts_on, week in one.weeks],
    )


def _populations(profession: str, role: PostRole) -> tuple[str, ...]:
    """Return the populations that someone counts in: each leaves out trainees, locums or both."""
    if profession != Profession.GP:
        return (ALL,)
    # In the words of the file: without trainees (extg), without locums (exl), without both (extgl).
    left_out = {
        PostRole.TRAINEE: ("extg", "extgl"),
        PostRole.LOCUM: ("exl", "extgl"),
    }.get(role, ())
    return tuple(each for each in CURRENT_POPULATIONS if each not in left_out)


@cache
def layout_of(group: StaffGroup) -> GroupLayout:
    """Return the columns that the file prints of a group, but for countries of qualification."""
    cells = {name: parse_cell(name) for name in expected_cells()}
    names = [
        name
        for name, cell in cells.items()
        if cell and cell.staff_group == group and cell.qualified_in is None
    ]
    return group_layout(group, names)


@cache
def places_in(
    group: StaffGroup, role: str, sex: Sex, populations: tuple[str, ...], band: str
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where somebody is counted in a group's layout: as a head, and by hours."""
    position = {name: place for place, name in enumerate(layout_of(group).names)}
    prefix = "n" if group == "nurses" else group
    heads, time = [], [cell_name(group, "fte", age_band=band)]
    both: tuple[Sex, Sex] = ("total", sex)
    for each in both:
        heads.append(f"{each}_{prefix}_{role}_hc")
        time.append(f"{each}_{prefix}_{role}_fte")
        for population in populations:
            heads.append(cell_name(group, "hc", each, population))
            heads.append(cell_name(group, "hc", each, population, band))
            time.append(cell_name(group, "fte", each, population))
    return tuple(map(position.__getitem__, heads)), tuple(map(position.__getitem__, time))
