"""Problems small enough to try every plan, and the trying."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from models.pairing import PairingProblem, pairing_problem
from models.pairing.ties import tie_numbers


@dataclass(frozen=True)
class Small:
    """A problem in plain lists: score[mentee][mentor], None where the pair is not possible."""

    places: Sequence[int]
    band: Sequence[int]
    score: Sequence[Sequence[int | None]]

    def without(self, mentee: int, mentor: int) -> "Small":
        """Return the problem with one pair less."""
        rows = [list(row) for row in self.score]
        rows[mentee][mentor] = None
        return replace(self, score=rows)

    def with_one_more_place(self, mentor: int) -> "Small":
        """Return the problem with one place more."""
        places = [count + (j == mentor) for j, count in enumerate(self.places)]
        return replace(self, places=places)

    def problem(
        self, mentee_order: Sequence[int] | None = None, mentor_order: Sequence[int] | None = None
    ) -> PairingProblem:
        """Build the engine's problem, naming people in the given orders."""
        mentees = list(mentee_order or range(len(self.band)))
        mentors = list(mentor_order or range(len(self.places)))
        pairs = [
            (a, b, score)
            for a, i in enumerate(mentees)
            for b, j in enumerate(mentors)
            if (score := self.score[i][j]) is not None
        ]
        return pairing_problem(
            mentees=[f"trainee {i}" for i in mentees],
            mentors=[f"mentor {j}" for j in mentors],
            places=[self.places[j] for j in mentors],
            band=[self.band[i] for i in mentees],
            pair_mentee=[a for a, _, _ in pairs],
            pair_mentor=[b for _, b, _ in pairs],
            score=[score for _, _, score in pairs],
        )


@st.composite
def small_problems(draw: st.DrawFn, scores: tuple[int, int] = (0, 3)) -> Small:
    """Draw up to five mentees and four mentors; few different scores, so that ties abound."""
    mentees, mentors = draw(st.integers(0, 5)), draw(st.integers(0, 4))
    score = st.none() | st.integers(*scores)
    rows = st.lists(score, min_size=mentors, max_size=mentors)
    return Small(
        places=draw(st.lists(st.integers(0, 2), min_size=mentors, max_size=mentors)),
        band=draw(st.lists(st.integers(1, 3), min_size=mentees, max_size=mentees)),
        score=draw(st.lists(rows, min_size=mentees, max_size=mentees)),
    )


def every_plan(problem: PairingProblem) -> Iterator[tuple[int, ...]]:
    """Yield every plan that keeps to the places, as positions of candidate pairs."""
    yield from _plans(problem, 0, [int(count) for count in problem.places])


def _plans(problem: PairingProblem, mentee: int, left: list[int]) -> Iterator[tuple[int, ...]]:
    if mentee == len(problem.mentees):
        yield ()
        return
    yield from _plans(problem, mentee + 1, left)
    for pair in range(len(problem.mentee)):
        mentor = int(problem.mentor[pair])
        if problem.mentee[pair] == mentee and left[mentor]:
            left[mentor] -= 1
            for rest in _plans(problem, mentee + 1, left):
                yield (pair, *rest)
            left[mentor] += 1


def best_by_trying_all(problem: PairingProblem) -> list[tuple[int, ...]]:
    """Return the plans with most covered by strict priority, highest total, smallest tie sum."""
    ties = tie_numbers(problem)

    def worth(plan: tuple[int, ...]) -> tuple[int, ...]:
        bands = [int(problem.band[problem.mentee[pair]]) for pair in plan]
        return (
            *(bands.count(band) for band in (3, 2, 1)),
            sum(int(problem.score[pair]) for pair in plan),
            -sum(int(ties[pair]) for pair in plan),
        )

    worths = {plan: worth(plan) for plan in every_plan(problem)}
    greatest = max(worths.values())
    return [plan for plan, value in worths.items() if value == greatest]


def total_of(problem: PairingProblem, plan: tuple[int, ...]) -> int:
    """Return the sum of the scores of a plan."""
    return sum(int(problem.score[pair]) for pair in plan)
