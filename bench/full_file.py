"""Makes a practice-level file of the full published shape: every practice, all 831 columns.

The figures are invented but keep to the file's own sums: by sex and by band they add up to the
totals, most are zero as in the real file, and some practices print NA. The seed is fixed.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from retention.imports.cells import (
    AGE_BANDS,
    COUNTRIES,
    CURRENT_POPULATIONS,
    ROLES,
    SEXES,
    Measure,
    Sex,
    StaffGroup,
    cell_name,
    expected_cells,
)
from retention.imports.practice_map import PracticeMapRow

SEED = 831
NOT_KNOWN = 0.03
MEAN_PEOPLE: Mapping[StaffGroup, float] = {"gp": 7.5, "nurses": 4.0, "dpc": 3.5, "admin": 16.0}
FTE_SHARES = (1, 0.8, 0.6, 0.533333333, 0.4, 0.906666667, 0.746666667, 0.24)


def full_practice_level_csv(practices: Sequence[PracticeMapRow], month: str = "2025-06") -> bytes:
    """Return the file: about 25 MB for England's 6,139 practices."""
    rng = np.random.default_rng(SEED)
    names = expected_cells()
    year, number = month.split("-")
    stream = io.StringIO(newline="")
    # Every cell quoted, as published.
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow([*_PLACES, *names, "year", "month"])
    for practice in practices:
        cells = dict.fromkeys(names, "0")
        for group in ROLES:
            cells |= _staff(rng, group)
        cells |= _patients(rng)
        writer.writerow([*_places(practice), *(cells[name] for name in names), year, number])
    return stream.getvalue().encode()


_PLACES = (
    "prac_code", "prac_name", "pcn_code", "pcn_name", "sub_icb_code", "sub_icb_name",
    "icb_code", "icb_name", "region_code", "region_name",
    "gp_source", "nurse_source", "dpc_source", "admin_source",
)  # fmt: skip


def _places(row: PracticeMapRow) -> list[str]:
    return [
        row.practice_code, row.practice_name, row.pcn_code or "U", row.pcn_name or "Unallocated",
        row.sub_icb_code, row.sub_icb_name, row.icb_code, row.icb_name,
        row.region_code, row.region_name, *["Fully provided"] * 4,
    ]  # fmt: skip


def _staff(rng: np.random.Generator, group: StaffGroup) -> dict[str, str]:
    """Draw each person's sex, band, role and FTE, and count them into the printed cells."""
    if rng.random() < NOT_KNOWN:
        return _not_known(group)
    people = int(rng.poisson(MEAN_PEOPLE[group]))
    roles, bands = tuple(ROLES[group]), AGE_BANDS[group]
    heads: Counter[str] = Counter()
    fte: defaultdict[str, float] = defaultdict(float)
    for who in zip(
        rng.integers(1, 3, people), rng.integers(0, len(bands) - 1, people),
        rng.integers(0, len(roles), people), rng.choice(FTE_SHARES, people), strict=True,
    ):  # fmt: skip
        sex, band, role, time = SEXES[who[0]], bands[who[1]], roles[who[2]], float(who[3])
        for of in ("total", sex):
            heads.update(_head_cells(group, of, role, band))
            if group == "gp":
                heads[f"{of}_gp_hc_coq_{COUNTRIES[who[1]]}"] += 1
            for name in _fte_cells(group, of, role):
                fte[name] += time
        fte[cell_name(group, "fte", age_band=band)] += time
    return {n: str(v) for n, v in heads.items()} | {n: f"{v:.9g}" for n, v in fte.items()}


def _not_known(group: StaffGroup) -> dict[str, str]:
    prefixes = (f"_{group}_", "_n_") if group == "nurses" else (f"_{group}_",)
    return {n: "NA" for n in expected_cells() if any(p in n for p in prefixes)}


def _head_cells(group: StaffGroup, of: Sex, role: str, band: str) -> Iterator[str]:
    """Yield the head counts that one person adds to."""
    yield _role_cell(group, of, role, "hc")
    for population in _populations(group, role):
        yield cell_name(group, "hc", of, population)
        yield cell_name(group, "hc", of, population, band)


def _fte_cells(group: StaffGroup, of: Sex, role: str) -> Iterator[str]:
    yield _role_cell(group, of, role, "fte")
    yield from (cell_name(group, "fte", of, name) for name in _populations(group, role))


def _role_cell(group: StaffGroup, of: Sex, role: str, measure: Measure) -> str:
    return f"{of}_{'n' if group == 'nurses' else group}_{role}_{measure}"


def _populations(group: StaffGroup, role: str) -> list[str]:
    if group != "gp":
        return ["all"]
    # Each population leaves some roles out; the wider ones hold the same person again.
    out = {"extg", "extgl"} if role.startswith("trn_gr") else set()
    out |= {"exl", "extgl"} if role.startswith("locum") else set()
    return [name for name in CURRENT_POPULATIONS if name not in out]


def _patients(rng: np.random.Generator) -> dict[str, str]:
    by_cell = {
        f"{sex}_patients_{band}": int(n)
        for sex in ("male", "female")
        for band, n in zip(AGE_BANDS["patients"], rng.poisson(750, 7), strict=True)
    }
    men, women = (
        sum(n for name, n in by_cell.items() if name.startswith(f"{sex}_"))
        for sex in ("male", "female")
    )
    totals = {"total_male": men, "total_female": women, "total_patients": men + women}
    return {name: str(n) for name, n in (by_cell | totals).items()}
