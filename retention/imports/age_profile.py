"""Age profiles out of printed cells: who is counted, by age band, and the FTE they share.

The file prints the FTE of GPs by age with trainees included, and heads by age for qualified
permanent GPs. So the FTE of a band of qualified permanent GPs is estimated: their printed FTE,
shared out by heads. The FTE of nurses by age is printed, and estimated the same way for editions
without it. Nothing else is estimated here, and what is not known stays None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from retention.imports.cells import (
    AGE_BANDS,
    ALL,
    SEXES,
    Cell,
    Sex,
    StaffGroup,
    cell_name,
)

QUALIFIED_PERMANENT = "extgl"
NOT_IN_TRAINING = "extg"
SESSIONS_PER_FTE = 9


@dataclass(frozen=True)
class PrintedAgeProfile:
    """One staff group of one practice and month, as printed.

    `headcount_by_band[sex][band]` holds heads; bands are those of the staff group, with
    "unknown" last. `headcount` and `fte` are of the same people. `printed_fte_by_band` is empty
    where the file prints no FTE by age for just these people. `headcount_in_all` and
    `fte_in_all` add those whom the profile leaves out (for GPs: trainees and locums);
    `trainee_headcount` and `trainee_fte` are the trainees alone. None means not known.
    """

    staff_group: StaffGroup
    population: str
    headcount: int | None
    fte: float | None
    headcount_by_band: Mapping[Sex, Mapping[str, int | None]]
    printed_fte_by_band: Mapping[str, float | None]
    headcount_in_all: int | None
    fte_in_all: float | None
    trainee_headcount: int | None
    trainee_fte: float | None

    @property
    def is_known(self) -> bool:
        """True if total heads, FTE and every age band are known."""
        bands = self.headcount_by_band["total"].values()
        return self.headcount is not None and self.fte is not None and None not in bands


def qualified_permanent_gps(cells: Mapping[str, Cell]) -> PrintedAgeProfile:
    """Return the profile of GPs who are neither in training nor locums, from the `gp` cells."""
    heads = _whole(cells, cell_name("gp", "hc"))
    heads_qualified = _whole(cells, cell_name("gp", "hc", population=NOT_IN_TRAINING))
    fte = cells.get(cell_name("gp", "fte"))
    fte_qualified = cells.get(cell_name("gp", "fte", population=NOT_IN_TRAINING))
    # A difference of two printed totals, not a sum of roles: a person may have two roles.
    trainees = None if heads is None or heads_qualified is None else heads - heads_qualified
    trainee_fte = None if fte is None or fte_qualified is None else round(fte - fte_qualified, 9)
    return _profile(cells, "gp", QUALIFIED_PERMANENT, trainees, trainee_fte)


def nurses(cells: Mapping[str, Cell]) -> PrintedAgeProfile:
    """Return the profile of all nurses, from the `nurses` cells; trainee nurses are among them."""
    trainees = _whole(cells, "total_n_trainee_nurse_hc")
    return _profile(cells, "nurses", ALL, trainees, cells.get("total_n_trainee_nurse_fte"))


def fte_by_band(profile: PrintedAgeProfile) -> dict[str, float | None]:
    """Return the FTE of each band as printed, else estimated by the band's share of heads.

    Shares are of the sum of the bands. All are None if a band or the FTE is not known, or if
    there is FTE and nobody to share it.
    """
    if profile.printed_fte_by_band:
        return dict(profile.printed_fte_by_band)
    bands = profile.headcount_by_band["total"]
    known = {band: heads for band, heads in bands.items() if heads is not None}
    everyone = sum(known.values())
    if profile.fte is None or len(known) < len(bands) or (profile.fte and not everyone):
        return dict.fromkeys(bands)
    return {band: profile.fte * heads / (everyone or 1) for band, heads in known.items()}


def sessions_by_band(profile: PrintedAgeProfile) -> dict[str, float | None]:
    """Estimate the weekly sessions of each band: 9 for a full-time equivalent."""
    return {
        band: None if fte is None else fte * SESSIONS_PER_FTE
        for band, fte in fte_by_band(profile).items()
    }


def _profile(
    cells: Mapping[str, Cell],
    group: StaffGroup,
    population: str,
    trainee_headcount: int | None,
    trainee_fte: float | None,
) -> PrintedAgeProfile:
    return PrintedAgeProfile(
        staff_group=group,
        population=population,
        headcount=_whole(cells, cell_name(group, "hc", population=population)),
        fte=cells.get(cell_name(group, "fte", population=population)),
        headcount_by_band={
            sex: {
                band: _whole(cells, cell_name(group, "hc", sex, population, band))
                for band in AGE_BANDS[group]
            }
            for sex in SEXES
        },
        printed_fte_by_band={
            band: cells[name]
            for band in AGE_BANDS[group]
            if (name := cell_name(group, "fte", "total", population, band)) in cells
        },
        headcount_in_all=_whole(cells, cell_name(group, "hc")),
        fte_in_all=cells.get(cell_name(group, "fte")),
        trainee_headcount=trainee_headcount,
        trainee_fte=trainee_fte,
    )


def _whole(cells: Mapping[str, Cell], name: str) -> int | None:
    """Return a head count; cells that came back from storage as 3.0 are 3 again."""
    value = cells.get(name)
    return None if value is None else int(value)
