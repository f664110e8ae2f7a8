"""Makes practice-level rows for every practice of the map, drawn from England's published bands.

Nothing in them is about a real practice but its code and name. A fixed seed makes them the same
every time.
"""

import csv
import io
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from models.arrays import Floats
from retention.imports.cells import AGE_BANDS, SEXES, cell_name
from retention.imports.practice_map import PracticeMapRow
from retention.reference.england import england_reference

SEED = 6_139
NOT_KNOWN = 0.02


def practice_level_csv(practices: Sequence[PracticeMapRow], month: str = "2025-06") -> bytes:
    """Return a practice-level file with a row for each practice of a map."""
    stream = io.StringIO(newline="")
    rows = _rows(practices, *month.split("-"))
    first = next(rows)
    writer = csv.DictWriter(stream, list(first))
    writer.writeheader()
    writer.writerow(first)
    writer.writerows(rows)
    return stream.getvalue().encode()


def _rows(practices: Sequence[PracticeMapRow], year: str, month: str) -> Iterator[dict[str, str]]:
    rng = np.random.default_rng(SEED)
    gps = england_reference().groups["gp"]
    bands = AGE_BANDS["gp"]
    shares = np.array([gps.headcount_by_band[band] for band in bands])
    mean = gps.headcount / len(practices)
    women = gps.headcount_by_sex["female"] / gps.headcount
    tilts: dict[str, float] = {}
    for practice in practices:
        # Networks differ more in age than chance alone would make them.
        tilt = tilts.setdefault(practice.pcn_code or "", rng.normal(0, 0.12))
        weights = shares * np.exp(tilt * (np.arange(len(bands)) - 4))
        # The mean of a lognormal of deviation 0.7 lies 0.25 over the logarithm of its middle.
        people = int(max(1, rng.lognormal(np.log(mean) - 0.25, 0.7)))
        heads = rng.multinomial(people, weights / weights.sum())
        yield {
            "prac_code": practice.practice_code,
            "prac_name": practice.practice_name,
            "year": year,
            "month": month,
            **_cells(rng, heads, women, gps.fte / gps.headcount),
        }


def _cells(
    rng: np.random.Generator, heads: npt.NDArray[np.int64], women: float, each: float
) -> dict[str, str]:
    female = rng.binomial(heads, women)
    by_sex = dict(zip(SEXES, (heads, heads - female, female), strict=True))
    people, trainees = int(heads.sum()), int(rng.poisson(1.6))
    fte = float(rng.gamma(12, each / 12, people).clip(0.1, 1.2).sum())
    unknown = rng.random() < NOT_KNOWN
    cells = {
        cell_name("gp", "hc", sex, "extgl", band): "NA" if unknown else str(count)
        for sex, counts in by_sex.items()
        for band, count in zip(AGE_BANDS["gp"], counts, strict=True)
    }
    for population, extra in (("extgl", 0), ("extg", 0), ("all", trainees)):
        cells[cell_name("gp", "hc", population=population)] = str(people + extra)
        cells[cell_name("gp", "fte", population=population)] = f"{fte + extra:.2f}"
    return (
        cells | _nurses(rng, people) | {"total_patients": str(int(rng.normal(1_650, 200)) * people)}
    )


def _nurses(rng: np.random.Generator, gps: int) -> dict[str, str]:
    published = england_reference().groups["nurses"]
    bands = AGE_BANDS["nurses"]
    shares: Floats = np.array([published.headcount_by_band[band] for band in bands])
    heads = rng.multinomial(rng.poisson(0.6 * gps), shares / shares.sum())
    each = published.fte / published.headcount
    cells = {
        cell_name("nurses", "hc", sex, "all", band): str(count if sex != "male" else 0)
        for sex in SEXES
        for band, count in zip(bands, heads, strict=True)
    }
    totals = {"total_nurses_hc": str(heads.sum()), "total_nurses_fte": f"{heads.sum() * each:.2f}"}
    return cells | totals
