"""Age profiles out of printed cells: who is counted, by age band and role, and the FTE they share.

The file prints the FTE of GPs by age with trainees included, and heads by age for qualified
permanent GPs. So the FTE of a band of qualified permanent GPs is estimated: their printed FTE,
shared out by heads. The FTE of other staff by age is printed, and estimated the same way for
editions without it. Nothing else is estimated here, and what is not known stays so: NaN in the
arrays of many practices, None in the profile of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from models.arrays import Floats
from retention.imports.cells import (
    AGE_BANDS,
    ALL,
    SEXES,
    Cell,
    Measure,
    Sex,
    StaffGroup,
    cell_name,
    parse_cell,
)

QUALIFIED_PERMANENT = "extgl"
NOT_IN_TRAINING = "extg"
SESSIONS_PER_FTE = 9
TRAINEE_NURSES = "total_n_trainee_nurse_{}"


@dataclass(frozen=True)
class AgeProfiles:
    """One staff group of many practices of one month: each array has a row for each practice.

    `heads[sex]` and `fte_by_band` have shape (practices, bands), bands as in AGE_BANDS with
    "unknown" last. `headcount` and `fte` are of the same people; `fte_in_all` adds those whom the
    profile leaves out (for GPs: trainees and locums); `trainees` and `trainee_fte` are the
    trainees alone. `role_heads` and `role_fte` have shape (practices, roles), and count everyone.
    """

    staff_group: StaffGroup
    population: str
    heads: Mapping[Sex, Floats]
    fte_by_band: Floats
    headcount: Floats
    fte: Floats
    headcount_in_all: Floats
    fte_in_all: Floats
    trainees: Floats
    trainee_fte: Floats
    roles: tuple[str, ...]
    role_heads: Floats
    role_fte: Floats

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Where total heads, FTE and every age band are known; shape (practices,)."""
        total = np.isfinite(self.headcount) & np.isfinite(self.fte)
        return np.asarray(total & np.isfinite(self.heads["total"]).all(axis=1))


def age_profiles(
    group: StaffGroup, names: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> AgeProfiles:
    """Return the profiles of practices from the cells `names` of `group`, a row for each practice.

    GPs are the qualified permanent ones; of other groups everyone is counted, trainees included.
    """
    population = QUALIFIED_PERMANENT if group == "gp" else ALL
    cells = _Columns(names, rows)
    heads = {
        sex: cells.many(cell_name(group, "hc", sex, population, b) for b in AGE_BANDS[group])
        for sex in SEXES
    }
    fte = cells.one(cell_name(group, "fte", population=population))
    headcount_in_all, fte_in_all = (cells.one(cell_name(group, m)) for m in ("hc", "fte"))
    roles = _roles(group, tuple(names))
    prefix = "n" if group == "nurses" else group
    return AgeProfiles(
        staff_group=group,
        population=population,
        heads=heads,
        fte_by_band=_fte_by_band(group, population, cells, heads["total"], fte),
        headcount=cells.one(cell_name(group, "hc", population=population)),
        fte=fte,
        headcount_in_all=headcount_in_all,
        fte_in_all=fte_in_all,
        trainees=_trainees(group, "hc", cells, headcount_in_all),
        trainee_fte=_trainees(group, "fte", cells, fte_in_all),
        roles=roles,
        role_heads=cells.many(f"total_{prefix}_{role}_hc" for role in roles),
        role_fte=cells.many(f"total_{prefix}_{role}_fte" for role in roles),
    )


class _Columns:
    """The columns of many rows by name; one that the edition lacks is not known throughout."""

    def __init__(self, names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        self._position = {name: place for place, name in enumerate(names)}
        # None becomes NaN.
        self._cells = np.array(rows, dtype=np.float64).reshape(len(rows), len(names))

    def __contains__(self, name: str) -> bool:
        return name in self._position

    def one(self, name: str) -> Floats:
        place = self._position.get(name)
        return np.full(len(self._cells), np.nan) if place is None else self._cells[:, place]

    def many(self, names: Iterable[str]) -> Floats:
        columns = [self.one(name) for name in names]
        return np.column_stack(columns) if columns else np.empty((len(self._cells), 0))


@lru_cache(maxsize=64)
def _roles(group: StaffGroup, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles that these cells print heads of, for both sexes together.

    Kept for the layouts of the last files: each month of an edition has the same.
    """
    found = []
    for name in names:
        cell = parse_cell(name)
        if (
            cell
            and cell.role
            and (cell.staff_group, cell.measure, cell.sex)
            == (
                group,
                "hc",
                "total",
            )
        ):
            found.append(cell.role)
    return tuple(sorted(found))


def _fte_by_band(
    group: StaffGroup, population: str, cells: _Columns, heads: Floats, fte: Floats
) -> Floats:
    """Return the FTE of each band as printed, else estimated by the band's share of heads.

    Shares are of the sum of the bands. All are NaN if a band or the FTE is not known, or if there
    is FTE and nobody to share it.
    """
    printed = [cell_name(group, "fte", "total", population, band) for band in AGE_BANDS[group]]
    if any(name in cells for name in printed):
        return cells.many(printed)
    # Of the bands and not the printed total: shares must add up to the whole FTE.
    everyone = heads.sum(axis=1)
    divisor = np.where(everyone == 0, np.where(fte != 0, np.nan, 1), everyone)
    return np.asarray(heads / divisor[:, None] * fte[:, None])


def _trainees(group: StaffGroup, measure: Measure, cells: _Columns, in_all: Floats) -> Floats:
    if group == "gp":
        # A difference of two printed totals, not a sum of roles: a person may have two roles.
        not_in_training = cells.one(cell_name("gp", measure, population=NOT_IN_TRAINING))
        return np.round(in_all - not_in_training, 9)
    if group == "nurses":
        return cells.one(TRAINEE_NURSES.format(measure))
    # In other groups trainees are roles among others, and count with everyone.
    return np.full(len(in_all), np.nan)


@dataclass(frozen=True)
class PrintedAgeProfile:
    """One staff group of one practice and month: AgeProfiles with None for what is not known."""

    staff_group: StaffGroup
    headcount: int | None
    fte: float | None
    headcount_by_band: Mapping[Sex, Mapping[str, int | None]]
    fte_by_band: Mapping[str, float | None]
    headcount_in_all: int | None
    fte_in_all: float | None
    trainee_headcount: int | None
    trainee_fte: float | None
    by_role: Mapping[str, tuple[int | None, float | None]]
    is_known: bool

    @property
    def sessions_by_band(self) -> dict[str, float | None]:
        """Return the estimated weekly sessions of each band: 9 for a full-time equivalent."""
        return {
            band: None if fte is None else fte * SESSIONS_PER_FTE
            for band, fte in self.fte_by_band.items()
        }


def age_profile(group: StaffGroup, cells: Mapping[str, Cell]) -> PrintedAgeProfile:
    """Return the profile of one practice from the cells of `group`, by the rules for many."""
    found = age_profiles(group, list(cells), [list(cells.values())])
    bands = AGE_BANDS[group]
    return PrintedAgeProfile(
        staff_group=group,
        headcount=_whole(found.headcount[0]),
        fte=_known(found.fte[0]),
        headcount_by_band={
            sex: dict(zip(bands, map(_whole, found.heads[sex][0]), strict=True)) for sex in SEXES
        },
        fte_by_band=dict(zip(bands, map(_known, found.fte_by_band[0]), strict=True)),
        headcount_in_all=_whole(found.headcount_in_all[0]),
        fte_in_all=_known(found.fte_in_all[0]),
        trainee_headcount=_whole(found.trainees[0]),
        trainee_fte=_known(found.trainee_fte[0]),
        by_role={
            role: (_whole(found.role_heads[0, place]), _known(found.role_fte[0, place]))
            for place, role in enumerate(found.roles)
        },
        is_known=bool(found.known[0]),
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
