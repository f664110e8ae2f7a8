"""Postcode districts with their coordinates: a CSV of `postcode`, `latitude`, `longitude`.

Only the outward half of a postcode is kept of anyone, so this is as near as pairing knows them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

from retention.imports import checks
from retention.imports.results import Reader, ReadResult, Rejection, Rejections
from retention.imports.tables import Table

FORMAT = "postcode_districts"
DISTRICT = checks.Code(
    "postcode district",
    re.compile("[A-Z]{1,2}[0-9][A-Z0-9]?|GIR"),
    "the first half of a postcode (TS18)",
)
# The United Kingdom, Channel Islands and Isle of Man with room to spare, in degrees.
LATITUDES, LONGITUDES = (49.0, 61.0), (-9.0, 2.0)


@dataclass(frozen=True)
class DistrictRow:
    """The middle of a postcode district, in degrees (WGS 84)."""

    line: int
    code: str
    latitude: float
    longitude: float


def read(table: Table, month: date | None = None) -> ReadResult[DistrictRow]:
    """Read the districts; `month` is not used. A wrong code or coordinate, or a second row for a
    district, is rejected.
    """
    position = table.position()
    rows: dict[str, DistrictRow] = {}
    rejected = Rejections()
    for line, cells in table.records():
        if len(cells) != len(table.columns):
            rejected.append(Rejection(line, checks.width_problem(len(cells), len(table.columns))))
            continue
        code = checks.tidy(cells[position["postcode"]]).upper()
        latitude = _degrees(cells[position["latitude"]], LATITUDES)
        longitude = _degrees(cells[position["longitude"]], LONGITUDES)
        if problem := _problem(code, latitude, longitude, rows):
            rejected.append(Rejection(line, problem))
        elif latitude is not None and longitude is not None:
            rows[code] = DistrictRow(line, code, latitude, longitude)
    return ReadResult(
        format=FORMAT,
        rows=list(rows.values()),
        row_count=len(rows) + len(rejected),
        rejected=rejected,
        member=table.file.member,
    )


def _problem(
    code: str, latitude: float | None, longitude: float | None, rows: dict[str, DistrictRow]
) -> str:
    if problem := DISTRICT.problem(code):
        return problem
    if latitude is None or longitude is None:
        return (
            f"The coordinates of {code} are not in the United Kingdom. Write latitude and "
            "longitude in degrees, such as 54.56 and -1.31."
        )
    if code in rows:
        return f"District {code} is already on line {rows[code].line}. Keep one of the two lines."
    return ""


def _degrees(text: str, limits: tuple[float, float]) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and limits[0] <= value <= limits[1] else None


READER = Reader(
    format=FORMAT,
    title="postcode districts with coordinates (columns postcode, latitude, longitude)",
    signature=frozenset({"postcode", "latitude", "longitude"}),
    read=read,
)
