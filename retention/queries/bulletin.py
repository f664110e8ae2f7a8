"""The national series of the newest bulletin: from the record, or from a file just read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.imports.bulletin import ENGLAND, BulletinSeries
from retention.models.bulletin_table import BulletinTable

if TYPE_CHECKING:
    from models.arrays import Floats
    from models.cohort_forecast import HeadSeries

AGE_HEADCOUNT = "2b"
QUALIFIED_PERMANENT, PARTNERS = "Qualified Permanent GPs", "GP Partners"
ROLES: Mapping[str, str] = {
    "partners": PARTNERS,
    "salaried GPs": "Salaried GPs",
    "locums": "GP Regular Locums",
}
# “Under 30” is taken as the five years before; nearly all of “65 and over” are under 75.
YOUNGEST_BAND_YEARS, OPEN_BAND_ENDS = 5, 75
UNKNOWN = "Unknown"


@dataclass(frozen=True)
class AgeSeries:
    """Heads of one group by age band, in each month; months without figures are left out.

    `people` has one list for each month, in the order of `bands`; `unknown` are those of unknown
    age. `total` is the printed total, which in some groups is less than the bands together: a
    person with two records can be in two of them.
    """

    group: str
    months: tuple[dt.date, ...]
    bands: tuple[str, ...]
    people: tuple[tuple[float, ...], ...]
    unknown: tuple[float, ...]
    total: tuple[float, ...]


def age_series_of(rows: Iterable[BulletinSeries]) -> dict[str, AgeSeries]:
    """Gather the rows of table 2b by group (“GP Partners”, “Nurses”)."""
    parts: dict[str, dict[str, Mapping[dt.date, float | None]]] = {}
    for row in rows:
        if row.sheet == AGE_HEADCOUNT and row.measure == "headcount":
            parts.setdefault(row.group, {})[row.part] = row.values
    return {group: _series(group, own) for group, own in parts.items()}


def age_series() -> dict[str, AgeSeries]:
    """The same from the newest bulletin in the record; empty where none is loaded."""
    table = (
        BulletinTable.objects.filter(sheet=AGE_HEADCOUNT, place=ENGLAND).order_by("-month").first()
    )
    # Each bulletin prints all months again, so the newest alone is the whole series.
    if table is None:
        return {}
    months = [dt.date.fromisoformat(month) for month in table.months]
    parts: dict[str, dict[str, Mapping[dt.date, float | None]]] = {}
    for row in table.series:
        if row["measure"] == "headcount":
            values = dict(zip(months, row["values"], strict=True))
            parts.setdefault(row["group"], {})[row["part"]] = values
    return {group: _series(group, own) for group, own in parts.items()}


def _series(group: str, parts: dict[str, Mapping[dt.date, float | None]]) -> AgeSeries:
    """Put the bands in their printed order; a month counts only where every part is known."""
    bands = tuple(part for part in parts if part and part != UNKNOWN)
    wanted = [parts.get(part, {}) for part in (*bands, UNKNOWN, "")]
    # A month with one part missing would look like a month in which people left.
    months = tuple(
        month for month in sorted(wanted[-1]) if all(own.get(month) is not None for own in wanted)
    )

    def at(part: str) -> tuple[float, ...]:
        return tuple(float(parts[part][month] or 0) for month in months)

    return AgeSeries(
        group=group,
        months=months,
        bands=bands,
        people=tuple(zip(*(at(band) for band in bands), strict=True)),
        unknown=at(UNKNOWN),
        total=at(""),
    )


def edges_of(bands: Iterable[str]) -> tuple[int, ...]:
    """The first age of each printed band, and the age at which the open band is taken to end."""
    starts = []
    for band in bands:
        if band.startswith("Under "):
            starts.append(int(band.removeprefix("Under ")) - YOUNGEST_BAND_YEARS)
        else:
            starts.append(int(band[:2]))
    return (*starts, OPEN_BAND_ENDS)


def printed_heads(group: AgeSeries) -> tuple[Floats, Floats]:
    """Heads by band and of unknown age, (months, bands) and (months,)."""
    import numpy as np  # heavy, and most requests do without

    return np.array(group.people, dtype=np.float64), np.array(group.unknown, dtype=np.float64)


def role_heads(series: Mapping[str, AgeSeries]) -> dict[str, HeadSeries]:
    """Partners, salaried GPs and locums, each as a series of its own, by name.

    Retainers are left out: a few hundred, who join late in their careers as often as they leave.
    Raises KeyError where the bulletin has no such groups.
    """
    from models.cohort_forecast import head_series

    return {
        name: head_series(
            series[group].months,
            edges_of(series[group].bands),
            printed_heads(series[group]),
            [],
        )
        for name, group in ROLES.items()
    }


def qualified_permanent_gps(series: Mapping[str, AgeSeries]) -> HeadSeries:
    """Qualified permanent GPs as the back-test takes them: partners apart from all others.

    Raises KeyError where the bulletin has no such groups.
    """
    from models.cohort_forecast import head_series

    whole, partners = series[QUALIFIED_PERMANENT], series[PARTNERS]
    return head_series(
        whole.months, edges_of(whole.bands), printed_heads(whole), [printed_heads(partners)]
    )
