"""What a practice-level row prints around its counts: places, how figures came about, the month.

The practices of a network print the same, so each combination of texts is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from retention.imports import checks
from retention.imports.cell_layout import picker
from retention.imports.cells import STAFF_GROUPS, StaffGroup
from retention.imports.numbers import UNKNOWN_TEXTS
from retention.imports.reading import Once

# Column in the file -> the code's shape.
CODES: Mapping[str, checks.Code] = {
    "pcn_code": checks.NETWORK,
    "sub_icb_code": checks.SUB_ICB,
    "icb_code": checks.ICB,
    "region_code": checks.REGION,
}
# Column in the file -> the place that it names.
NAMES: Mapping[str, str] = {
    "pcn_name": "network",
    "sub_icb_name": "sub-ICB",
    "icb_name": "ICB",
    "region_name": "region",
}
# How each staff group's figures came about (“Fully provided”, “Fully estimated - ...”).
SOURCES: Mapping[str, StaffGroup] = {
    "gp_source": "gp",
    "nurse_source": "nurses",
    "dpc_source": "dpc",
    "admin_source": "admin",
}
UNALLOCATED = frozenset({"U", "UNALIGNED", "UNALLOCATED"})


@dataclass(frozen=True)
class PrintedPlaces:
    """`places` by column, None where blank, not known or not in this edition."""

    places: Mapping[str, str | None]
    sources: Mapping[StaffGroup, str]
    month: date | None
    problems: tuple[str, ...]


class PlaceReader:
    """Reads them out of the rows of one file."""

    def __init__(
        self, position: Mapping[str, int], months: Mapping[str, str], given: date | None
    ) -> None:
        """`months` are the columns of the month, if any are printed; `given` is the user's."""
        self._months = months
        self._given = given
        self._columns = [name for name in (*CODES, *NAMES, *SOURCES, *months) if name in position]
        self._pick = picker([position[name] for name in self._columns])
        self._found = Once(self._read)

    def of(self, cells: list[str]) -> PrintedPlaces:
        """Return what a row prints, with what is wrong with it."""
        return self._found[self._pick(cells)]

    def _read(self, printed: tuple[str, ...]) -> PrintedPlaces:
        texts = dict(zip(self._columns, map(checks.tidy, printed), strict=True))
        dated = {field: texts[name] for name, field in self._months.items()}
        month, month_problem = checks.month_of(dated, self._given)
        known = {name: text for name, text in texts.items() if not is_unknown(text)}
        places = _places(known)
        sources = {group: known[name] for name, group in SOURCES.items() if name in known}
        problems = [*_place_problems(places), month_problem, *_source_problems(sources)]
        return PrintedPlaces(places, sources, month, tuple(filter(None, problems)))


def is_unknown(text: str) -> bool:
    """Whether a text stands for nothing: blank, NA or ND."""
    return text.upper() in UNKNOWN_TEXTS


def _places(known: Mapping[str, str]) -> dict[str, str | None]:
    codes = {name: known[name].upper() if name in known else None for name in CODES}
    places = codes | {name: known.get(name) for name in NAMES}
    if codes["pcn_code"] is None or codes["pcn_code"] in UNALLOCATED:
        # A practice that is in no network has no network's name, whatever stands there.
        places["pcn_code"] = places["pcn_name"] = None
    return places


def _place_problems(places: Mapping[str, str | None]) -> Iterator[str]:
    for name, code in CODES.items():
        if value := places[name]:
            yield code.problem(value)
    for name, what in NAMES.items():
        if value := places[name]:
            yield checks.name_problem(what, value)


def _source_problems(sources: Mapping[StaffGroup, str]) -> Iterator[str]:
    for group, text in sources.items():
        yield checks.name_problem(f"{STAFF_GROUPS[group]} source", text)
