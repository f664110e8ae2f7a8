"""Age bands as the General Practice Workforce files print them, for GPs and for nurses.

The codes are the endings of the published columns (`TOTAL_GP_EXTGL_HC_30TO34`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Floats, non_negative

UNKNOWN_AGE = "UNKNOWN_AGE"


@dataclass(frozen=True)
class AgeBand:
    """One published age band.

    `lower` is the youngest age anyone in it is taken to have; `upper` is None in the open last
    band.
    """

    code: str
    label: str
    lower: int
    upper: int | None


def _bands(youngest: int, first: int) -> tuple[AgeBand, ...]:
    """Bands of five years from `first` to 69, one below them and one above."""
    middle = (
        AgeBand(f"{age}TO{age + 4}", f"{age} to {age + 4}", age, age + 4)
        for age in range(first, 70, 5)
    )
    return (
        AgeBand(f"UNDER{first}", f"Under {first}", youngest, first - 1),
        *middle,
        AgeBand("70PLUS", "70 and over", 70, None),
    )


# Medical school (5 years from 18), foundation (2) and training (3): nobody qualifies before 28.
GP_BANDS = _bands(youngest=28, first=30)
# A nursing degree takes three years from 18.
NURSE_BANDS = _bands(youngest=21, first=25)


def band_of(age: int, bands: Sequence[AgeBand] = GP_BANDS) -> AgeBand:
    """The band an age falls in; anyone younger than the first band expects is in the first."""
    # From the oldest down, so that the first band that begins low enough is the one.
    return next((band for band in reversed(bands) if age >= band.lower), bands[0])


def share_aged(
    people: ArrayLike, from_age: int, bands: Sequence[AgeBand] = GP_BANDS
) -> float | None:
    """Share of the people of known age who are `from_age` or older.

    people: shape (bands,), unknown ages left out. None when no age is known. Raises ValueError
    where no band starts at `from_age`, as the share could then only be guessed.
    """
    counts = non_negative("People", people)
    starts = [band.lower for band in bands]
    if from_age not in starts:
        raise ValueError(f"No age band starts at {from_age}.")
    known = counts.sum()
    return float(counts[starts.index(from_age) :].sum() / known) if known else None


def spread_unknown(
    people: ArrayLike, unknown: ArrayLike, fallback: ArrayLike | None = None
) -> Floats:
    """Spread people of unknown age over the bands, pro rata to the people of known age.

    people: (..., bands), unknown: (...). Head counts become fractions; totals are kept. Where a
    place knows no age at all, the proportions of `fallback` (bands,) are used, such as those of
    its ICB; without a fallback, or with one of nobody, that raises ValueError.
    """
    known = non_negative("People", people)
    extra = non_negative("People of unknown age", unknown)[..., np.newaxis]
    totals = known.sum(axis=-1, keepdims=True)
    # There are people, and nothing at all is known of their ages.
    lost = (totals == 0) & (extra > 0)
    if fallback is None:
        if np.any(lost):
            raise ValueError("No age is known here, and no fallback was given.")
        profile = np.zeros(known.shape[-1])
    else:
        profile = non_negative("Fallback", fallback)
        # Only where it is used: a fallback that knows nobody does no harm elsewhere.
        if np.any(lost) and not profile.any():
            raise ValueError("No age is known here, nor in the fallback.")
        profile = profile / (profile.sum() or 1.0)
    # The inner where keeps the division quiet; the outer one chooses.
    shares = np.where(totals > 0, known / np.where(totals > 0, totals, 1.0), profile)
    spread: Floats = known + shares * extra
    return spread
