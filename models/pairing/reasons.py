"""Why a mentee is without a mentor, and where one more place would help most."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from models.pairing.levels import Gain, Pairing
from models.pairing.problem import PairingProblem


@dataclass(frozen=True)
class FullMentor:
    """A candidate mentor without a free place, and what one more place there would bring to all.

    The one more mentee covered need not be the one who asks.
    """

    mentor: str
    places: int
    gain: Gain


@dataclass(frozen=True)
class Unpaired:
    """Why one mentee was left without.

    Without `full_mentors` there was no candidate: `removed` counts the mentors that each hard rule
    took away. With them, all of them are full; the place that would help most comes first.
    """

    mentee: str
    removed: Mapping[str, int] = field(default_factory=dict)
    full_mentors: tuple[FullMentor, ...] = ()


def explain_unpaired(
    problem: PairingProblem,
    pairing: Pairing,
    removed: Mapping[str, Mapping[str, int]] | None = None,
) -> tuple[Unpaired, ...]:
    """One reason for each mentee without a mentor, sorted by id.

    `removed` gives for a mentee the number of mentors that each rule removed before the candidates
    were listed; the engine knows only the pairs that were left.
    """
    removed = removed or {}
    position = {mentee: i for i, mentee in enumerate(problem.mentees)}
    reasons = [
        Unpaired(
            mentee=mentee,
            removed=dict(removed.get(mentee, {})),
            full_mentors=_full_mentors(problem, pairing, position[mentee]),
        )
        for mentee in (*pairing.blocked, *pairing.unpaired)
    ]
    return tuple(sorted(reasons, key=lambda reason: reason.mentee))


def _full_mentors(problem: PairingProblem, pairing: Pairing, mentee: int) -> tuple[FullMentor, ...]:
    # Pairs are sorted by mentee.
    first, last = np.searchsorted(problem.mentee, [mentee, mentee + 1])
    full = [
        FullMentor(
            mentor=problem.mentors[j],
            places=int(problem.places[j]),
            gain=pairing.one_more_place[problem.mentors[j]],
        )
        for j in problem.mentor[first:last].tolist()
    ]
    # By name last, so that equal gains keep one order.
    return tuple(sorted(full, key=lambda m: (-m.gain.mentees, -m.gain.score, m.mentor)))


def where_one_more_place_helps(pairing: Pairing) -> tuple[tuple[str, Gain], ...]:
    """Mentors whose one more place would bring anything, the greatest gain first."""
    helpful = (entry for entry in pairing.one_more_place.items() if entry[1] != (0, 0))
    return tuple(sorted(helpful, key=lambda entry: (-entry[1].mentees, -entry[1].score, entry[0])))
