"""The best plan of a face, by OR-tools' min-cost flow."""

import numpy as np

from models.pairing.face import UNPAIRED, Face
from models.pairing.problem import IntArray, PairingError

# The solver multiplies costs by the number of nodes and keeps sums of them in 64 bits.
COST_LIMIT = 10**14
SUM_LIMIT = 2**62


def best_plan(face: Face) -> IntArray:
    """For each mentee the position of their pair in the face, or UNPAIRED.

    Each mentee sends one unit through a pair to a mentor, or past all mentors to the sink. Raises
    PairingError where costs are too great for an exact answer.
    """
    plan = np.full(len(face.must_pair), UNPAIRED, dtype=np.int64)
    if not len(face.mentee):
        return plan
    used = np.flatnonzero(_pair_flows(face))
    plan[face.mentee[used]] = used
    return plan


def _pair_flows(face: Face) -> IntArray:
    # Slow to import, and a web worker may never need it.
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    mentees, mentors = len(face.must_pair), len(face.must_fill)
    sink = mentees + mentors
    # Every mentee takes one way exactly, so a mentee's costs may all be counted from their best.
    best = np.zeros(mentees, dtype=np.int64)
    np.maximum.at(best, face.mentee, face.weight)
    cost = best[face.mentee] - face.weight
    _check_costs(max(int(cost.max()), int(best.max())), sink + 1)

    flow = SimpleMinCostFlow()
    # Mentee to mentor, then mentee past all mentors, then mentor to the sink.
    one = np.ones(len(cost), dtype=np.int64)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(face.mentee, mentees + face.mentor, one, cost)
    may_pass = np.flatnonzero(~face.must_pair)
    one, to_sink = np.ones_like(may_pass), np.full_like(may_pass, sink)
    flow.add_arcs_with_capacity_and_unit_cost(may_pass, to_sink, one, best[may_pass])
    may_have_room = np.flatnonzero(~face.must_fill)
    to_sink, free = np.full_like(may_have_room, sink), np.zeros_like(may_have_room)
    flow.add_arcs_with_capacity_and_unit_cost(
        mentees + may_have_room, to_sink, face.places[may_have_room], free
    )
    # A mentor who must be filled keeps the units; from the others they flow on to the sink.
    taken = np.where(face.must_fill, face.places, 0)
    supply = np.concatenate([np.ones(mentees, dtype=np.int64), -taken, [taken.sum() - mentees]])
    flow.set_nodes_supplies(np.arange(sink + 1), supply)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise PairingError(f"The solver found no plan ({status}).")
    return np.asarray(flow.flows(arcs), dtype=np.int64)


def _check_costs(greatest: int, nodes: int) -> None:
    if greatest >= COST_LIMIT or greatest * (nodes + 1) >= SUM_LIMIT:
        raise PairingError(
            "The scores lie too far apart for an exact answer with so many people: "
            "use a smaller range of scores, such as 0 to 1,000."
        )
