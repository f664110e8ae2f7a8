"""Why someone was left without, checked by trying every plan."""

from hypothesis import given

from models.pairing import (
    FullMentor,
    Gain,
    Unpaired,
    explain_unpaired,
    solve,
    where_one_more_place_helps,
)
from tests.models.pairing.small_problems import (
    Small,
    best_by_trying_all,
    small_problems,
    total_of,
)


@given(small_problems() | small_problems(scores=(-900, 1000)))
def test_gain_is_what_one_more_place_really_brings(small: Small) -> None:
    problem = small.problem()
    pairing = solve(problem)
    now = best_by_trying_all(problem)[0]
    for j in range(len(small.places)):
        larger = small.with_one_more_place(j).problem()
        then = best_by_trying_all(larger)[0]
        gain = Gain(len(then) - len(now), total_of(larger, then) - total_of(problem, now))
        assert pairing.one_more_place[f"mentor {j}"] == gain


@given(small_problems())
def test_every_candidate_of_an_unpaired_mentee_is_full(small: Small) -> None:
    problem = small.problem()
    pairing = solve(problem)
    for reason in explain_unpaired(problem, pairing):
        listed = [j for j, s in enumerate(small.score[int(reason.mentee[-1])]) if s is not None]
        assert sorted(m.mentor for m in reason.full_mentors) == [f"mentor {j}" for j in listed]
        for full in reason.full_mentors:
            places = small.places[int(full.mentor[-1])]
            assert sum(pair.mentor == full.mentor for pair in pairing.pairs) == places
            assert full.gain.mentees == 1


def test_says_for_everyone_without_a_mentor_why() -> None:
    small = Small(places=[1, 0], band=[2, 1, 1], score=[[5, 1], [9, 4], [None, None]])
    problem = small.problem()
    reasons = explain_unpaired(problem, solve(problem), {"trainee 2": {"too far": 2}})
    assert reasons == (
        Unpaired(
            mentee="trainee 1",
            full_mentors=(
                FullMentor("mentor 0", 1, Gain(1, 9)),
                FullMentor("mentor 1", 0, Gain(1, 5)),
            ),
        ),
        Unpaired(mentee="trainee 2", removed={"too far": 2}),
    )


def test_the_greatest_gain_comes_first_and_none_is_left_out() -> None:
    small = Small(places=[1, 1, 0, 2], band=[1, 1], score=[[9, 3, 8, 1], [9, 1, 7, 2]])
    pairing = solve(small.problem())
    assert where_one_more_place_helps(pairing) == (
        ("mentor 0", Gain(0, 6)),
        ("mentor 2", Gain(0, 5)),
    )
