"""What each printed cell of the practice-level workforce file counts.

The file prints marginals: by sex and role, by sex and age band, by sex and country of
qualification, never role by age. Several overlap (`extg` lies inside the total), so cells must
not be added without reading their definitions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal

from retention.imports.roles import (
    ADMINISTRATION_ROLES,
    DIRECT_PATIENT_CARE_ROLES,
    EARLIER_ROLES,
    GP_ROLES,
    NURSE_ROLES,
)

StaffGroup = Literal["gp", "nurses", "dpc", "admin", "patients"]
Measure = Literal["hc", "fte"]
Sex = Literal["total", "male", "female", "unknown"]
# A head count, a full-time equivalent, or None: not known, which is never zero.
Cell = int | float | None

STAFF_GROUPS: Mapping[StaffGroup, str] = {
    "gp": "GPs",
    "nurses": "Nurses",
    "dpc": "Direct patient care",
    "admin": "Administration",
    "patients": "Registered patients",
}
ALL = "all"
# Whom a GP count leaves out. `exrrl` is of the earliest editions and has no successor.
POPULATIONS: Mapping[str, str] = {
    ALL: "all",
    "extg": "excluding GPs in training grade",
    "exl": "excluding locums",
    "extgl": "excluding GPs in training grade and locums (qualified permanent GPs)",
    "exrrl": "excluding registrars, retainers and locums",
}
CURRENT_POPULATIONS = (ALL, "extg", "exl", "extgl")
SEXES: tuple[Sex, ...] = ("total", "male", "female")

# Role codes with their names in words; a new one is kept and reported.
ROLES: Mapping[StaffGroup, Mapping[str, str]] = {
    "gp": GP_ROLES,
    "nurses": NURSE_ROLES,
    "dpc": DIRECT_PATIENT_CARE_ROLES,
    "admin": ADMINISTRATION_ROLES,
}
# Countries and regions of qualification.
COUNTRIES = (
    "uk",
    "eea",
    "europe_other",
    "africa",
    "asia_other",
    "asia_south",
    "aus_pac",
    "cen_america",
    "north_america",
    "south_america",
    "middle_east",
    "unknown",
)
_FROM_30 = tuple(f"{age}to{age + 4}" for age in range(30, 70, 5))
UNKNOWN_AGE = "unknown"
AGE_BANDS: Mapping[StaffGroup, tuple[str, ...]] = {
    "gp": ("under30", *_FROM_30, "70plus", UNKNOWN_AGE),
    "nurses": ("under25", "25to29", *_FROM_30, "70plus", UNKNOWN_AGE),
    "dpc": ("under25", "25to29", *_FROM_30, "70plus", UNKNOWN_AGE),
    "admin": ("under25", "25to29", *_FROM_30, "70plus", UNKNOWN_AGE),
    "patients": ("0to4", "5to14", "15to44", "45to64", "65to74", "75to84", "85plus"),
}

# Misprints of published headers, and what they stand for.
MISPRINTS: Mapping[str, str] = {
    "female_trainee_dpc_nurse_assoc_hc": "female_dpc_trainee_nurse_assoc_hc",
}
# Registrars are GPs in training grade by their earlier name.
EARLIER_POPULATIONS: Mapping[str, str] = {"exr": "extg", "exrl": "extgl"}
# The longest printed has 62 characters; a long one could keep the patterns below busy for minutes.
MAX_HEADER = 200
_EARLIER_POPULATION = re.compile(r"(?P<sex>total|male|female|unknown)_gp_(?P<who>exrl?)_(?=hc|fte)")
_BAND = r"(?P<band>under[0-9]{2}|[0-9]{1,2}to[0-9]{1,2}|[0-9]{2}plus|unknown_age)"
_STAFF_CELL = re.compile(
    r"(?P<sex>total|male|female|unknown)_(?P<group>gp|nurses|n|dpc|admin)"
    r"(?:_(?P<who>[a-z0-9_]+?))?_(?P<measure>hc|fte)"
    rf"(?:_(?:{_BAND}|coq_(?P<country>[a-z_]+)))?"
)
_PATIENT_CELL = re.compile(rf"(?P<sex>male|female)_patients_{_BAND}")
_PATIENT_TOTALS: Mapping[str, Sex] = {
    "total_patients": "total",
    "total_male": "male",
    "total_female": "female",
    "total_unknown_gender": "unknown",
}


@dataclass(frozen=True)
class CellDefinition:
    """Who is counted in a printed cell, and how.

    `role`, `age_band` and `qualified_in` (country of qualification) are None where the cell does
    not split by them; `age_band` is "unknown" for people whose age is not known.
    """

    staff_group: StaffGroup
    measure: Measure
    sex: Sex
    population: str = ALL
    role: str | None = None
    age_band: str | None = None
    qualified_in: str | None = None

    @property
    def is_new_role(self) -> bool:
        """True for a role that no edition known to this service has printed."""
        known = ROLES.get(self.staff_group, {})
        return self.role is not None and self.role not in known and self.role not in EARLIER_ROLES


def canonical_name(header: str) -> str:
    """Return the one name of a cell that editions have called by several, lower case."""
    if len(header) > MAX_HEADER:
        return header
    # A space is a misprint: FEMALE_DPC_TRAINEE_ NURSE_ASSOC_FTE.
    name = "".join(header.split()).lower()
    if found := _EARLIER_POPULATION.match(name):
        who = EARLIER_POPULATIONS[found["who"]]
        name = f"{found['sex']}_gp_{who}_{name[found.end() :]}"
    return MISPRINTS.get(name, name)


def parse_cell(header: str) -> CellDefinition | None:
    """Return what the column `header` (any case) counts, or None if it is not such a column."""
    if len(header) > MAX_HEADER:
        return None
    name = canonical_name(header)
    if name in _PATIENT_TOTALS:
        return CellDefinition("patients", "hc", _PATIENT_TOTALS[name])
    if found := _PATIENT_CELL.fullmatch(name):
        sex: Sex = "male" if found["sex"] == "male" else "female"
        return CellDefinition("patients", "hc", sex, age_band=found["band"])
    if found := _STAFF_CELL.fullmatch(name):
        return _staff_cell(found)
    return None


def _staff_cell(found: re.Match[str]) -> CellDefinition | None:
    who = found["who"]
    # Nurses are printed as `nurses` in totals and as `n` before a role.
    if (found["group"] == "n") != (who is not None and found["group"] in ("n", "nurses")):
        return None
    group = _GROUPS[found["group"]]
    is_population = group == "gp" and who in POPULATIONS
    return CellDefinition(
        staff_group=group,
        measure="hc" if found["measure"] == "hc" else "fte",
        sex=_SEX[found["sex"]],
        population=who if is_population else ALL,
        role=None if is_population else who,
        age_band=found["band"] and found["band"].removesuffix("_age"),
        qualified_in=found["country"],
    )


_SEX: Mapping[str, Sex] = {
    "total": "total",
    "male": "male",
    "female": "female",
    "unknown": "unknown",
}
_GROUPS: Mapping[str, StaffGroup] = {
    "gp": "gp",
    "n": "nurses",
    "nurses": "nurses",
    "dpc": "dpc",
    "admin": "admin",
}


def cell_name(
    staff_group: StaffGroup,
    measure: Measure,
    sex: Sex = "total",
    population: str = ALL,
    age_band: str | None = None,
) -> str:
    """Return the column name of a staff count, the reverse of `parse_cell`."""
    who = "" if population == ALL else f"_{population}"
    band = "" if age_band is None else f"_{age_band}"
    return f"{sex}_{staff_group}{who}_{measure}{band}" + ("_age" if age_band == "unknown" else "")


def expected_cells() -> tuple[str, ...]:
    """Return every counted column of the edition of June 2025, in no particular order."""
    # Only to say what an edition lacks: columns are understood by their names, not by this list.
    names = [*_PATIENT_TOTALS]
    names += [f"{sex}_patients_{b}" for sex in SEXES[1:] for b in AGE_BANDS["patients"]]
    for group in ROLES:
        names += _expected_staff(group)
    for sex in SEXES:
        names += [f"{sex}_gp_hc_coq_{country}" for country in COUNTRIES]
    return tuple(names)


def _expected_staff(group: StaffGroup) -> list[str]:
    populations = CURRENT_POPULATIONS if group == "gp" else (ALL,)
    prefix = "n" if group == "nurses" else group
    measures: tuple[Measure, ...] = ("hc", "fte")
    names = [
        f"{sex}_{prefix}_{role}_{measure}"
        for sex, role, measure in product(SEXES, ROLES[group], measures)
    ]
    for population, sex in product(populations, SEXES):
        names += [cell_name(group, measure, sex, population) for measure in measures]
        names += [cell_name(group, "hc", sex, population, b) for b in AGE_BANDS[group]]
    names += [cell_name(group, "fte", age_band=band) for band in AGE_BANDS[group]]
    return names
