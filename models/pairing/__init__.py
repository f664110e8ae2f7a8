"""Pairs mentees with mentors: exact, proved by its own check, and free of any order of input.

`pairing_problem` checks and holds the input, `solve` gives the pairs, `reasons` says why anyone was
left without. Arrays and ids in, dataclasses out; no Django.
"""

from models.pairing.levels import Gain, Pair, Pairing, solve
from models.pairing.problem import PairingError, PairingProblem, pairing_problem
from models.pairing.reasons import (
    FullMentor,
    Unpaired,
    explain_unpaired,
    where_one_more_place_helps,
)

__all__ = [
    "FullMentor",
    "Gain",
    "Pair",
    "Pairing",
    "PairingError",
    "PairingProblem",
    "Unpaired",
    "explain_unpaired",
    "pairing_problem",
    "solve",
    "where_one_more_place_helps",
]
