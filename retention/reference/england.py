"""England's GPs and nurses by age, as NHS England publishes them: what a place is compared with.

Used where fewer practices are loaded than make an England of their own. Two things are ours: the
bulletin prints no split of "65 and over", and its sexes are not crossed with age.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from models.bands import AgeBand
from models.standard_table import standard_table
from retention.imports.age_profile import SESSIONS_PER_FTE

SOURCE = (
    "NHS England, General Practice Workforce, 31 October 2025, bulletin tables 1a, 1b, 2a and 2b"
    " (Open Government Licence v3.0)"
)
AS_AT = dt.date(2025, 10, 31)
# Band: people (table 2b), full-time equivalents (table 2a).
QUALIFIED_PERMANENT_GPS = {
    "under30": (235, 171.02981),
    "30to34": (3_615, 2_464.747963),
    "35to39": (7_177, 4_847.222627),
    "40to44": (7_078, 4_917.985867),
    "45to49": (6_535, 4_838.75965),
    "50to54": (5_593, 4_292.73471),
    "55to59": (4_073, 3_216.258873),
    "60to64": (2_326, 1_827.479123),
    "65plus": (1_568, 1_210.433021),
    "unknown": (325, 230.506621),
}
NURSES = {
    "under25": (178, 159.961333),
    "25to29": (922, 821.510651),
    "30to34": (1_728, 1_407.974477),
    "35to39": (2_313, 1_765.195205),
    "40to44": (2_461, 1_865.835727),
    "45to49": (2_870, 2_168.765849),
    "50to54": (3_337, 2_529.75499),
    "55to59": (3_534, 2_553.909897),
    "60to64": (3_239, 2_068.115138),
    "65plus": (1_478, 842.841322),
    "unknown": (769, 530.952009),
}
# Sex: people (table 1b), full-time equivalents (table 1a); "unknown" includes other.
QUALIFIED_PERMANENT_GPS_BY_SEX = {
    "male": (15_723, 12_982.858906),
    "female": (22_511, 14_864.670545),
    "unknown": (238, 169.628814),
}
NURSES_BY_SEX = {
    "male": (772, 651.667247),
    "female": (21_288, 15_560.567844),
    "unknown": (729, 502.581508),
}
# People in all (table 1b). Someone with two records may be in two bands, or be of two sexes.
PEOPLE = {"gp": 38_462, "nurses": 22_776}


@dataclass(frozen=True)
class GroupInEngland:
    """One staff group. Bands are those of retention.imports.cells.AGE_BANDS, "unknown" last.

    The two bands from 65 are estimated, so their people are fractions; their sum is printed.
    The bands' sum is above `headcount` by the few whose records disagree about their age.
    """

    headcount: int
    headcount_by_band: Mapping[str, float]
    fte_by_band: Mapping[str, float]
    headcount_by_sex: Mapping[str, int]
    fte_by_sex: Mapping[str, float]

    @property
    def fte(self) -> float:
        """Full-time equivalents of everyone."""
        return sum(self.fte_by_band.values())

    @property
    def sessions_by_band(self) -> dict[str, float]:
        """Estimated sessions a week: nine for a full-time equivalent."""
        return {band: fte * SESSIONS_PER_FTE for band, fte in self.fte_by_band.items()}


@dataclass(frozen=True)
class England:
    """England on one day: `groups` by staff group, "gp" (qualified permanent) and "nurses"."""

    as_at: dt.date
    source: str
    groups: Mapping[str, GroupInEngland]


def split_from_65(bands: Mapping[str, tuple[int, float]], measure: int) -> dict[str, float]:
    """Return people (`measure` 0) or FTE (1) by band, with 65 and over split at 70.

    Split by how many of the standard table's 65-year-olds are still there at each age after: the
    bulletin prints no more, and nothing is published for nurses.
    """
    ages, weights = standard_table().band_weights(AgeBand("65PLUS", "65 and over", 65, None))
    share = float(weights[ages < 70].sum())
    found: dict[str, float] = {}
    for band, figures in bands.items():
        value = figures[measure]
        if band == "65plus":
            found |= {"65to69": value * share, "70plus": value * (1 - share)}
        else:
            found[band] = value
    return found


@cache
def england_reference() -> England:
    """Return England's published figures, the latest that the service brings along."""
    groups = {
        "gp": _group(PEOPLE["gp"], QUALIFIED_PERMANENT_GPS, QUALIFIED_PERMANENT_GPS_BY_SEX),
        "nurses": _group(PEOPLE["nurses"], NURSES, NURSES_BY_SEX),
    }
    return England(as_at=AS_AT, source=SOURCE, groups=MappingProxyType(groups))


def _group(
    people: int, bands: Mapping[str, tuple[int, float]], sexes: Mapping[str, tuple[int, float]]
) -> GroupInEngland:
    return GroupInEngland(
        headcount=people,
        headcount_by_band=MappingProxyType(split_from_65(bands, 0)),
        fte_by_band=MappingProxyType(split_from_65(bands, 1)),
        headcount_by_sex=MappingProxyType({sex: people for sex, (people, _) in sexes.items()}),
        fte_by_sex=MappingProxyType({sex: fte for sex, (_, fte) in sexes.items()}),
    )
