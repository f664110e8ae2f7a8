"""The distribution of the sessions a place loses: a sum over people who each leave or stay.

Everything is a convolution on a lattice, done by fast Fourier transform. Three ways to the
transform of the sum, by what a place is: people alike (a practice), a few practices, and many.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from models.arrays import Floats
from models.few_practices import LATTICE_STEP, losses_of_few
from models.lattice import DIGITS, SHARES, Losses, quantiles
from models.leavers import chances_of, leaver_transforms, most_leavers, transform_size
from models.many_people import losses_of_many
from models.sum_of_people import Rates, Sum, sum_of

__all__ = ["Losses", "Rates", "Sum", "distributions", "sum_of"]

# Up to here a practice's leavers are counted first (models/few_practices.py); beyond, people are
# put on a wider lattice one by one (models/many_people.py).
PRACTICES_UP_TO = 100


def distributions(sums: Sequence[Sum], rates: Rates) -> list[Losses]:
    """What each of some sums of people may lose, in their order.

    Sums that are alike in size are worked out together: many cost little more than a few.
    """
    if not sums:
        return []
    people = np.array([loss.people.sum() for loss in sums])
    kinds = np.array([len(loss.sessions) for loss in sums])
    nodes = rates.nodes(sums)
    small = people <= PRACTICES_UP_TO
    found: dict[int, Losses] = {}
    # Sums that need as many nodes share one table of transforms.
    for wanted in np.unique(nodes[small].max(axis=1)):
        here = small & (nodes.max(axis=1) == wanted)
        chances = rates.at(int(wanted))
        found |= _alike(sums, np.flatnonzero(here & (kinds <= 1)), *chances)
        few = np.flatnonzero(here & (kinds > 1)).tolist()
        found |= zip(few, losses_of_few([sums[place] for place in few], *chances), strict=True)
    # Large places differ in their nodes from case to case, so each case is spread once and kept.
    at = cache(lambda wanted, case: rates.at(wanted, slice(case, case + 1)))
    many = np.flatnonzero(~small).tolist()
    losses = losses_of_many([sums[place] for place in many], at, nodes[many])
    found |= zip(many, losses, strict=True)
    return [found[place] for place in range(len(sums))]


def _alike(
    sums: Sequence[Sum], places: NDArray[np.int64], chances: Floats, weights: Floats
) -> dict[int, Losses]:
    """Sums of people with the same sessions, which are the step: nothing is rounded."""
    found = {}
    bands, cases, _ = chances.shape
    counts = np.array([sums[place].people.sum(axis=0) for place in places]).reshape(-1, bands)
    most = most_leavers(counts)
    sizes = np.array([transform_size(int(people) + 1) for people in most])
    for size in np.unique(sizes):
        (rows,) = np.nonzero(sizes == size)
        chance = np.empty((len(rows), cases, size))
        for some, transforms in leaver_transforms(counts[rows], chances, size):
            chance[some] = chances_of(np.einsum("rcnf,n->rcf", transforms, weights), size)
        ends = quantiles(chance, SHARES)
        for row, place in enumerate(places[rows]):
            # One kind at most, so the sum is that kind's sessions; a sum of nobody needs some step.
            step = float(sums[place].sessions.sum()) or LATTICE_STEP
            low, high = np.round(ends[:, row] * step, DIGITS)
            own = chance[row, :, : most[rows[row]] + 1]
            found[int(place)] = Losses(step, own, low, high)
    return found
