"""Solves a pairing problem level by level: most mentees, highest total, then a fixed tie-break."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

import numpy as np

from models.pairing.certificate import Certificate, certify
from models.pairing.face import (
    UNPAIRED,
    Face,
    face_of_best,
    strict_coverage,
    whole_face,
)
from models.pairing.flow import best_plan
from models.pairing.problem import IntArray, PairingProblem
from models.pairing.ties import tie_numbers


class Pair(NamedTuple):
    """One pair, by public ids."""

    mentee: str
    mentor: str
    score: int


class Gain(NamedTuple):
    """What one more place would bring: mentees covered (0 or 1) and the change of total score."""

    mentees: int
    score: int


@dataclass(frozen=True)
class Pairing:
    """The pairs, sorted by mentee id, and everyone left without.

    `blocked` have no candidate mentor at all; for `unpaired` every candidate mentor is full.
    `one_more_place` has a Gain for each mentor. `gaps` holds, for each step, the distance to the
    bound that was proved apart from the solver: all 0 when `proved_optimal`.
    """

    pairs: tuple[Pair, ...]
    blocked: tuple[str, ...]
    unpaired: tuple[str, ...]
    one_more_place: dict[str, Gain]
    gaps: dict[str, int | None]
    seconds: dict[str, float]

    @property
    def total(self) -> int:
        """The sum of the pairs' scores."""
        return sum(pair.score for pair in self.pairs)

    @property
    def proved_optimal(self) -> bool:
        """Whether every level was proved, by sums of our own and not by the solver's word."""
        return all(gap == 0 for gap in self.gaps.values())


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        start = perf_counter()
        yield
        self.seconds[step] = self.seconds.get(step, 0.0) + perf_counter() - start


def solve(problem: PairingProblem) -> Pairing:
    """The one best pairing: most mentees covered by band, then score, then the ids' numbers.

    Raises PairingError where the numbers are too great for an exact answer.
    """
    clock = _Clock()
    with clock("all"):
        face, plan, proof = _cover_and_score(problem, clock)
        gaps = {"coverage and score": proof.gap}
        # A face of best plans is known only once the optimum is.
        if proof.proved:
            plan, gaps["ties"] = _settle_ties(problem, face, proof, clock)
    return _as_pairing(problem, plan, proof, gaps, clock.seconds)


def _cover_and_score(problem: PairingProblem, clock: _Clock) -> tuple[Face, IntArray, Certificate]:
    """Levels 1 and 3 as one flow, judged by weights that put coverage strictly first."""
    strict = strict_coverage(problem)
    face = whole_face(problem, strict)
    # Smaller costs are solved twice as fast and nearly always cover as many; the check decides.
    modest = min(4 * problem.score_spread + 1, strict)
    for coverage in sorted({modest, strict}):
        with clock("first flow"):
            plan = best_plan(whole_face(problem, coverage))
        with clock("first check"):
            proof = certify(face, plan)
        if proof.proved:
            break
    return face, plan, proof


def _settle_ties(
    problem: PairingProblem, face: Face, proof: Certificate, clock: _Clock
) -> tuple[IntArray, int | None]:
    """Level 5: of the plans that share the optimum, the one with the smallest sum of numbers."""
    with clock("second flow"):
        best, positions = face_of_best(face, proof.values, proof.prices, -tie_numbers(problem))
        plan = best_plan(best)
    with clock("second check"):
        gap = certify(best, plan).gap
    # The last entry is a place for UNPAIRED, which is -1, to point at.
    return np.where(plan == UNPAIRED, UNPAIRED, np.append(positions, UNPAIRED)[plan]), gap


def _as_pairing(
    problem: PairingProblem,
    plan: IntArray,
    proof: Certificate,
    gaps: dict[str, int | None],
    seconds: dict[str, float],
) -> Pairing:
    # Nobody to choose from is another reason than nobody free.
    has_candidate = np.isin(np.arange(len(problem.mentees)), problem.mentee)
    pairs = (
        Pair(problem.mentees[i], problem.mentors[problem.mentor[e]], int(problem.score[e]))
        for i, e in enumerate(plan.tolist())
        if e != UNPAIRED
    )
    without = np.flatnonzero(plan == UNPAIRED).tolist()
    return Pairing(
        pairs=tuple(pairs),
        blocked=tuple(problem.mentees[i] for i in without if not has_candidate[i]),
        unpaired=tuple(problem.mentees[i] for i in without if has_candidate[i]),
        one_more_place=_gains(problem, proof.prices),
        gaps=gaps,
        seconds=seconds,
    )


def _gains(problem: PairingProblem, prices: IntArray) -> dict[str, Gain]:
    """Take each price apart again: a multiple of the coverage weight, and score."""
    coverage, lowest = strict_coverage(problem), problem.lowest_score
    gains = {}
    for mentor, price in zip(problem.mentors, prices.tolist(), strict=True):
        # Rounded, because a change of score may be below zero; it is less than half the weight.
        band = (price + coverage // 2) // coverage
        score = price - band * coverage
        gains[mentor] = Gain(1, score + lowest) if band else Gain(0, score)
    return gains
