"""The outlook of people known one by one, beside practices known by published age bands alone.

The table's chances and the convolution are those of the public outlook (models/forecast.py): what
is known better is only who is there, how old, and for how many sessions. Nothing is fitted to the
people themselves, so that a cell depends on nobody outside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import Floats
from models.bands import GP_BANDS, AgeBand, spread_unknown
from models.forecast import HORIZONS, Forecast, forecast
from models.standard_table import FIRST_AGE, LAST_AGE, StandardTable

# Raised when the same people would get other figures.
MODEL_VERSION = "people-and-bands-1"


@dataclass(frozen=True)
class KnownPerson:
    """Someone in a practice's own record: weekly sessions, and the ages that they may have.

    A year of birth makes `ages` a band of one year; None is not known.
    """

    sessions: float
    ages: AgeBand | None = None


@dataclass(frozen=True)
class BandedPractice:
    """A practice as published: people of known age by band, of unknown age, sessions a head."""

    people: tuple[float, ...]
    unknown: float
    sessions_per_head: float


def one_age(age: int) -> AgeBand:
    """A band of one year, within the ages that the standard table knows."""
    # The table clips ages itself; clipped here, everybody past it is also of one kind.
    age = min(max(age, FIRST_AGE), LAST_AGE)
    return AgeBand(str(age), str(age), age, age)


def later(band: AgeBand, years: int) -> AgeBand:
    """The band that people of `band` are in so many years on."""
    if not years:
        return band
    upper = None if band.upper is None else band.upper + years
    # The table ends at LAST_AGE, and an open band must begin within it.
    return AgeBand(f"{band.code}+{years}", band.label, min(band.lower + years, LAST_AGE), upper)


def private_forecast(
    own: Sequence[KnownPerson],
    published: Sequence[BandedPractice],
    *,
    bands: Sequence[AgeBand] = GP_BANDS,
    fallback: Sequence[float] | None = None,
    years: Iterable[int] = HORIZONS,
    table: StandardTable | None = None,
) -> dict[int, Forecast]:
    """Forecast what people of the record and published practices may lose together.

    own: any order, the result is the same. published: people as by `bands`. Whose age is not
    known is spread over the known ages of all, or of `fallback` (people by band) where nobody's
    is; as in the public outlook, nobody counts as a part of a person. Raises ValueError where no
    age is known and there is no fallback, and for negative numbers.
    """
    # In an order of their own: whatever order people come in, the last digits are the same.
    classes = [*bands, *sorted({p.ages for p in own if p.ages} - set(bands), key=_order)]
    known, unknown, heads = _rows(own, published, classes, len(bands))
    ages = known.sum(axis=0)
    if not ages.any() and fallback is not None:
        ages[: len(bands)] = fallback
    # Somebody of unknown age is a row without a known one, so the ages of all decide; a published
    # practice has its own.
    spread = spread_unknown(known, unknown, fallback=ages if ages.any() else None)
    return forecast(spread, heads, years=years, bands=classes, table=table)


def _rows(
    own: Sequence[KnownPerson],
    published: Sequence[BandedPractice],
    classes: Sequence[AgeBand],
    bands: int,
) -> tuple[Floats, Floats, Floats]:
    """People of known age (rows, classes), of unknown age (rows,) and sessions a head (rows,).

    Everybody of the record is a row of their own.
    """
    known = np.zeros((len(own) + len(published), len(classes)))
    unknown, heads = np.zeros((2, len(known)))
    place = {band: number for number, band in enumerate(classes)}
    for row, person in enumerate(own):
        heads[row] = person.sessions
        if person.ages is None:
            unknown[row] = 1
        else:
            known[row, place[person.ages]] = 1
    for row, practice in enumerate(published, start=len(own)):
        known[row, :bands] = practice.people
        unknown[row] = practice.unknown
        heads[row] = practice.sessions_per_head
    return known, unknown, heads


def _order(band: AgeBand) -> tuple[int, float, str]:
    return band.lower, np.inf if band.upper is None else band.upper, band.code
