"""Postcode districts with their coordinates: a CSV of `postcode`, `latitude`, `longitude`.

Only the outward half of a postcode is kept of anyone, so this is as near as pairing knows them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

from retention.imports import checks
from retention.imports.reading import Values, read_rows
from retention.imports.results import Reader, ReadResult, Rejection
from retention.imports.tables import Table

FORMAT = "postcode_districts"
COLUMNS = ("postcode", "latitude", "longitude")
# Of the list that most people have; nothing else of it is needed.
IGNORED = (
    "eastings",
    "northings",
    "town",
    "region",
    "uk_region",
    "country",
    "country_string",
)
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
    seen: dict[str, int] = {}
    return read_rows(
        table,
        format=FORMAT,
        columns={name: name for name in COLUMNS},
        ignored=IGNORED,
        row=lambda line, values: _row(line, values, seen),
    )


def _row(line: int, values: Values, seen: dict[str, int]) -> DistrictRow | Rejection:
    code = values["postcode"].upper()
    latitude = _degrees(values["latitude"], LATITUDES)
    longitude = _degrees(values["longitude"], LONGITUDES)
    if problem := DISTRICT.problem(code):
        return Rejection(line, problem)
    if latitude is None or longitude is None:
        return Rejection(
            line,
            f"The coordinates of {code} are not in the United Kingdom. Write latitude and "
            "longitude in degrees, such as 54.56 and -1.31.",
        )
    if problem := checks.repeat_problem(f"District {code}", seen.setdefault(code, line), line):
        return Rejection(line, problem)
    return DistrictRow(line, code, latitude, longitude)


def _degrees(text: str, limits: tuple[float, float]) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and limits[0] <= value <= limits[1] else None


READER = Reader(
    format=FORMAT,
    title="postcode districts with coordinates (columns postcode, latitude, longitude)",
    signature=frozenset(COLUMNS),
    read=read,
)
