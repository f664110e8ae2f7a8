"""Proves a plan optimal without the solver: prices whose bound the plan reaches.

For any prices of the places, no plan can be worth more than all places at their prices plus what
each mentee could gain at best over them (weak duality, a sum anyone can check). A plan worth as
much as its bound is optimal.
"""

from dataclasses import dataclass
from operator import mul

import numpy as np

from models.pairing.face import UNPAIRED, Face
from models.pairing.problem import IntArray


@dataclass(frozen=True)
class Certificate:
    """`gap` is the bound less the plan's worth, None where the plan breaks a rule of the face.

    `prices` (one for each mentor) are the smallest that prove the plan, where everyone may go
    without: then each is the worth of one more place. `values` has one entry for each mentee.
    """

    prices: IntArray
    values: IntArray
    gap: int | None

    @property
    def proved(self) -> bool:
        """Whether the plan is optimal beyond the solver's word."""
        return self.gap == 0


def certify(face: Face, plan: IntArray) -> Certificate:
    """Find prices for the plan (for each mentee a position in the face, or UNPAIRED)."""
    paired = plan[plan != UNPAIRED]
    used = np.bincount(face.mentor[paired], minlength=len(face.places))
    prices = _prices(face, plan, used)
    # A price below zero stands only where the places must all be taken.
    prices = np.where(face.must_fill, prices, np.maximum(prices, 0))
    # Whoever must be paired has a pair in the face, so the least number never stays.
    values = np.where(face.must_pair, np.iinfo(np.int64).min, 0)
    np.maximum.at(values, face.mentee, face.weight - prices[face.mentor])
    gap = None
    if _keeps_rules(face, plan, used):
        # Python's integers: this sum must not overflow unseen.
        bound = sum(values.tolist()) + sum(map(mul, face.places.tolist(), prices.tolist()))
        gap = bound - sum(face.weight[paired].tolist())
    return Certificate(prices=prices, values=values, gap=gap)


def _keeps_rules(face: Face, plan: IntArray, used: IntArray) -> bool:
    own_pair = face.mentee[plan[plan != UNPAIRED]] == np.flatnonzero(plan != UNPAIRED)
    return bool(
        own_pair.all()
        and (used <= face.places).all()
        and (used == face.places)[face.must_fill].all()
        and (plan != UNPAIRED)[face.must_pair].all()
    )


def _prices(face: Face, plan: IntArray, used: IntArray) -> IntArray:
    """Raise prices from zero until no mentee would rather be elsewhere.

    Each condition reads "price at the head >= price at the tail + step". If the plan is optimal the
    sweeps end before they have passed every mentor; if not, they are broken off.
    """
    sink = len(face.places)
    tail, head, step = _conditions(face, plan, used)
    order = np.argsort(tail, kind="stable")
    head, step = head[order], step[order]
    starts = np.searchsorted(tail[order], np.arange(sink + 2))
    everyone_free = not (face.must_pair.any() or face.must_fill.any())
    prices = np.zeros(sink + 1, dtype=np.int64)
    raised = np.arange(sink + 1)
    for _ in range(sink + 2):
        # Only what was raised can raise something else.
        at, tails = _arcs_from(starts, raised)
        higher = prices.copy()
        np.maximum.at(higher, head[at], prices[tails] + step[at])
        raised = np.flatnonzero(higher > prices)
        prices = higher
        # With everyone free to go without, a price on doing so means that a better plan exists.
        if not len(raised) or (everyone_free and prices[sink] > 0):
            break
    from_going_without: IntArray = prices[:sink] - prices[sink]
    return from_going_without


def _conditions(face: Face, plan: IntArray, used: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Tail, head and step of every condition; the last node stands for going without."""
    sink = len(face.places)
    # No mentee may gain by a change: from the mentor who holds them to any candidate, to going
    # without, or, where they go without, from there. Places cost nothing while one is free.
    is_paired = plan != UNPAIRED
    holder = np.where(is_paired, np.append(face.mentor, sink)[plan], sink)
    worth = np.where(is_paired, np.append(face.weight, 0)[plan], 0)
    may_pass = np.flatnonzero(~face.must_pair)
    optional = np.flatnonzero(~face.must_fill)
    has_room = np.flatnonzero(~face.must_fill & (used < face.places))
    tail = (holder[face.mentee], holder[may_pass], np.full_like(optional, sink), has_room)
    head = (face.mentor, np.full_like(may_pass, sink), optional, np.full_like(has_room, sink))
    step = (
        face.weight - worth[face.mentee],
        -worth[may_pass],
        np.zeros_like(optional),
        np.zeros_like(has_room),
    )
    return np.concatenate(tail), np.concatenate(head), np.concatenate(step)


def _arcs_from(starts: IntArray, nodes: IntArray) -> tuple[IntArray, IntArray]:
    """Positions of all arcs that leave the nodes, and the tail of each."""
    counts = starts[nodes + 1] - starts[nodes]
    tails = np.repeat(nodes, counts)
    first = np.repeat(starts[nodes] - (np.cumsum(counts) - counts), counts)
    return first + np.arange(len(tails)), tails
