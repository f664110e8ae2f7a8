"""The standard table: yearly chances of retiring, and of leaving for another reason, by age.

It is CONSTRUCTED, not published. From 50 on, retiring is fitted to the national age bands; below,
and for leaving otherwise, it rests on a few published leaver rates of GPs, or on one all-age rate
where nothing is published by age (column `basis`). scripts/build_standard_table.py makes it, and
docs/decisions/0023 says by which rules.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Floats, held_ages, horizon_years
from models.bands import GP_BANDS, AgeBand
from models.incidence import cumulative_incidence

FIRST_AGE, LAST_AGE = 25, 75
# Ages at which a pension starts: 60 (1995 section), 65 and State Pension age (2008, 2015).
PENSION_SPIKES = (60, 65, 66)
BASES = frozenset({"published", "interpolated", "fitted", "spike", "assumed"})
# The sum of both chances does not fall between these ages, but after a pension age.
# Where the fitted series speaks; below 50 leaving falls with age, as early careers settle.
RISING_FROM, RISING_TO = 50, 65
STAFF_GROUPS = ("gp", "nurses", "dpc", "admin")
_SERIES = (
    "Retiring from 50 on: fitted to heads by age band, England, NHS England, General Practice "
    "Workforce, bulletin table 2b, October 2025: what cohorts lose in twelve-month windows to "
    "March 2025, the newest counting most (half-life two years). Within a band the course is "
    "smooth; 60 and 65 stand out by a stated factor, as bands cannot show pension ages."
)
_PENSION_AGES = (
    "Pension ages: NHS Pension Scheme, 1995 section 60, 2008 section 65, 2015 scheme State "
    "Pension age."
)
_GP_RATES = (
    "Leaver rates by age, England, 12 months to December 2022 (FTE): Institute for Government "
    "analysis of NHS Digital data, in Pulse, 'One in five GPs under 30 quit the profession last "
    "year'. Under 30: 21.6%; 30 to 34: 11.4%; 40 to 49: 5.9%; 55 to 59: 11.2%; all ages: 8.8%."
)
_OTHER_RATES = (
    "Leaving otherwise: no rate by age was found. One level before 50 is set so that all ages "
    "together leave at 11.5% a year, the rate of nurses of NHS trusts in the year to June 2022."
)
_VERSIONS = {
    "gp": "GP-England-2026.2",
    "nurses": "Nurses-England-2026.1",
    "dpc": "Direct-patient-care-England-2026.1",
    "admin": "Admin-England-2026.1",
}
_WINDOW = "12-month windows to March 2025 (age bands) and 12 months to 2022 (leaver rates)"
# Chances are kept with four decimals, so a sum of two may be off by one in the last.
_ROUNDING = 1.5e-4
_PATH = Path(__file__).with_name("data") / "standard_table.csv"


@dataclass(frozen=True)
class StandardTable:
    """Yearly chances for single ages from FIRST_AGE; the last age stands for all older ones."""

    version: str
    window: str
    sources: tuple[str, ...]
    retire: Floats
    leave_otherwise: Floats
    basis: tuple[str, ...]
    constructed: bool = True

    def hazards(self, ages: ArrayLike) -> Floats:
        """Yearly (retire, leave otherwise) at whole `ages`: shape (...) gives (..., 2).

        Ages below and above the table take its first and last row. Raises ValueError for an age
        that is not known.
        """
        # Somebody of 80 still works, and leaves at the rate of the last row.
        rows = held_ages(ages, FIRST_AGE, LAST_AGE) - FIRST_AGE
        return np.stack([self.retire[rows], self.leave_otherwise[rows]], axis=-1)

    def incidence(self, ages: ArrayLike, years: Iterable[int]) -> Floats:
        """Chances of (retire, leave otherwise) within each horizon: (..., horizons, 2).

        Each year's chance is that of the age then reached.
        """
        horizons = horizon_years(years)
        steps = np.arange(max(horizons))
        # Everybody is a year older in each coming year.
        yearly = self.hazards(np.asarray(ages)[..., np.newaxis] + steps)
        return cumulative_incidence(yearly)[..., np.array(horizons) - 1, :]

    def band_weights(self, band: AgeBand) -> tuple[Floats, Floats]:
        """Single ages of a band and the share of its people taken to be at each.

        Closed bands are even, as nothing published says otherwise. The open band thins out by
        the table's own survival, as people who leave do not grow older in it.
        """
        if band.upper is not None:
            ages = np.arange(band.lower, band.upper + 1, dtype=np.float64)
            return ages, np.full(len(ages), 1 / len(ages))
        ages = np.arange(band.lower, LAST_AGE + 1, dtype=np.float64)
        staying = 1 - self.hazards(ages[:-1]).sum(axis=-1)
        alive = np.concatenate([[1.0], np.cumprod(staying)])
        return ages, alive / alive.sum()

    def band_incidence(self, years: Iterable[int], bands: Sequence[AgeBand] = GP_BANDS) -> Floats:
        """Chances of (retire, leave otherwise) for someone of each band: (bands, horizons, 2).

        The mean over the band's single ages, each followed through the years at its own ages:
        chaining a band's mean rate instead would keep 59-year-olds from ever reaching 60.
        """
        horizons = horizon_years(years)
        chances = [
            np.tensordot(weights, self.incidence(ages, horizons), axes=1)
            for ages, weights in map(self.band_weights, bands)
        ]
        return np.stack(chances)


def validate(table: StandardTable) -> None:
    """Raise ValueError unless the table is what it says it is.

    Both columns are chances that leave some to stay; retiring never grows rarer with age but
    after a declared pension age, nor does leaving at all from RISING_FROM to RISING_TO; leaving
    otherwise never grows more common.
    """
    retire, otherwise = table.retire, table.leave_otherwise
    if not len(retire) == len(otherwise) == len(table.basis) == LAST_AGE - FIRST_AGE + 1:
        raise ValueError(f"The table must hold every age from {FIRST_AGE} to {LAST_AGE} once.")
    if not np.all((retire > 0) & (otherwise > 0) & (retire + otherwise < 1)):
        raise ValueError("Chances must lie above 0 and leave some chance to stay.")
    ages = np.arange(FIRST_AGE, LAST_AGE + 1)
    plain = ~np.isin(ages, PENSION_SPIKES)
    if np.any(np.diff(retire[plain]) < 0):
        raise ValueError("Retiring must not grow rarer with age outside declared pension ages.")
    if np.any(np.diff(otherwise) > 0):
        raise ValueError("Leaving for another reason must not grow more common with age.")
    rising = plain & (ages >= RISING_FROM) & (ages <= RISING_TO)
    if np.any(np.diff((retire + otherwise)[rising]) < -_ROUNDING):
        raise ValueError("Leaving must not grow rarer from 50 to 65 outside pension ages.")
    if unknown := set(table.basis) - BASES:
        raise ValueError(f"Unknown basis: {', '.join(sorted(unknown))}.")


def read_table(path: Path, staff_group: str = "gp", *, version: str, window: str) -> StandardTable:
    """Read and validate the rows of a staff group.

    The file is a CSV of staff_group, age, retire, leave_otherwise, basis. Raises ValueError for
    rows that are missing or break the table's word.
    """
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["staff_group"] == staff_group]
    # In order and once each, as a row is found by its age.
    if [int(row["age"]) for row in rows] != list(range(FIRST_AGE, LAST_AGE + 1)):
        raise ValueError(f"The table must hold every age from {FIRST_AGE} to {LAST_AGE} once.")
    rates = _GP_RATES if staff_group == "gp" else _OTHER_RATES
    table = StandardTable(
        version=version,
        window=window,
        sources=(_SERIES, rates, _PENSION_AGES),
        retire=np.array([float(row["retire"]) for row in rows]),
        leave_otherwise=np.array([float(row["leave_otherwise"]) for row in rows]),
        basis=tuple(row["basis"] for row in rows),
    )
    validate(table)
    return table


@cache
def standard_table(staff_group: str = "gp") -> StandardTable:
    """The standard table in force for a staff group: gp, nurses, dpc or admin.

    It is one table for partners and salaried GPs, and for both sexes: the series cannot tell a
    partner who leaves from one who becomes salaried, and does not cross age with sex. Raises
    ValueError for another group.
    """
    if staff_group not in STAFF_GROUPS:
        raise ValueError(f"There is no standard table for {staff_group!r}.")
    return read_table(_PATH, staff_group, version=_VERSIONS[staff_group], window=_WINDOW)
