"""Blocks of arrays against one pair at a time; and nothing is gained by a shorter list."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs import comparison
from hubs.comparison import Comparison, People, TooManyCandidates, compare
from hubs.models.availability import HALF_DAYS
from hubs.models.interests import Interest
from hubs.scores import score_parts
from models.pairing import pairing_problem, solve

PLACES = {"": 0, "ZZ1": 1, "ZZ2": 2, "ZZ9": 3}
KM = np.array(
    [
        [np.nan, np.nan, np.nan, np.nan],
        [np.nan, 0, 11, 111],
        [np.nan, 11, 0, 100],
        [np.nan, 111, 100, 0],
    ],
    dtype=np.float32,
)
NONE = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))

someone = st.fixed_dictionaries(
    {
        "half_days": st.lists(st.sampled_from(list(HALF_DAYS)[:4]), unique=True),
        "interests": st.lists(st.sampled_from(Interest.values[:4]), unique=True),
        "remote": st.booleans(),
        "district": st.sampled_from(list(PLACES)),
        "max_km": st.sampled_from([None, 5, 50]),
        "person__profession": st.sampled_from(["gp", "nurse"]),
        "prefers_same_profession": st.booleans(),
    }
)
Row = dict[str, Any]


def compared(mentees: Sequence[Row], mentors: Sequence[Row]) -> Comparison:
    return compare(People.of(mentees, PLACES), People.of(mentors, PLACES), KM, NONE)


def scores_of(found: Comparison) -> dict[tuple[int, int], int]:
    pairs = zip(found.mentee.tolist(), found.mentor.tolist(), strict=True)
    return dict(zip(pairs, found.score.tolist(), strict=True))


def one_by_one(mentee: Row, mentor: Row) -> int | None:
    """The rules as a person would apply them: the score, or None where they rule it out."""
    km = float(KM[PLACES[mentee["district"]], PLACES[mentor["district"]]])
    half_days = [code for code in mentee["half_days"] if code in mentor["half_days"]]
    if not (mentee["remote"] and mentor["remote"]):
        limits = [limit for limit in (mentee["max_km"], mentor["max_km"]) if limit]
        if not half_days or np.isnan(km) or any(km > limit for limit in limits):
            return None
    parts = score_parts(
        interests=[code for code in mentee["interests"] if code in mentor["interests"]],
        half_days=half_days,
        km=None if np.isnan(km) else km,
        same_profession=mentee["person__profession"] == mentor["person__profession"],
        wants_same_profession=mentee["prefers_same_profession"],
    )
    return sum(int(part["points"]) for part in parts.values())


@given(st.lists(someone, max_size=4), st.lists(someone, max_size=4))
def test_arrays_agree_with_one_pair_at_a_time(mentees: list[Row], mentors: list[Row]) -> None:
    expected = {
        (i, j): score
        for (i, mentee), (j, mentor) in product(enumerate(mentees), enumerate(mentors))
        if (score := one_by_one(mentee, mentor)) is not None
    }
    assert scores_of(compared(mentees, mentors)) == expected


@given(st.lists(someone, min_size=1, max_size=4), st.lists(someone, min_size=1, max_size=4))
def test_each_mentor_is_possible_or_counted_once(mentees: list[Row], mentors: list[Row]) -> None:
    found = compared(mentees, mentors)
    possible = np.bincount(found.mentee, minlength=len(mentees))
    assert (possible + found.no_half_day + found.too_far == len(mentors)).all()


@given(someone, st.lists(someone, min_size=1, max_size=4), st.data())
def test_a_shorter_list_never_helps(mentee: Row, mentors: list[Row], data: st.DataObject) -> None:
    """Fewer half-days, interests or kilometres, or a wish, add no mentor and raise no score."""
    shorter = {
        **mentee,
        "half_days": mentee["half_days"][: data.draw(st.integers(0, 4))],
        "interests": mentee["interests"][: data.draw(st.integers(0, 4))],
        "max_km": 5 if data.draw(st.booleans()) else mentee["max_km"],
        "remote": mentee["remote"] and data.draw(st.booleans()),
        "prefers_same_profession": mentee["prefers_same_profession"] or data.draw(st.booleans()),
    }
    before, after = scores_of(compared([mentee], mentors)), scores_of(compared([shorter], mentors))
    assert set(after) <= set(before)
    assert all(after[pair] <= before[pair] for pair in after)


def paired(mentees: list[Row], mentors: list[Row]) -> set[str]:
    found = compared(mentees, mentors)
    problem = pairing_problem(
        mentees=[f"mentee{i}" for i in range(len(mentees))],
        mentors=[f"mentor{j}" for j in range(len(mentors))],
        places=[1] * len(mentors),
        pair_mentee=found.mentee,
        pair_mentor=found.mentor,
        score=found.score,
    )
    return {pair.mentee for pair in solve(problem).pairs}


@given(st.lists(someone, min_size=2, max_size=5), st.lists(someone, min_size=1, max_size=4))
def test_fewer_half_days_never_turn_unpaired_into_paired(
    mentees: list[Row], mentors: list[Row]
) -> None:
    shorter = [{**mentees[0], "half_days": mentees[0]["half_days"][:1]}, *mentees[1:]]
    if "mentee0" not in paired(mentees, mentors):
        assert "mentee0" not in paired(shorter, mentors)


def person(**fields: object) -> Row:
    return {
        "half_days": ["0am"],
        "interests": [],
        "remote": True,
        "district": "",
        "max_km": None,
        "person__profession": "gp",
        **fields,
    }


def test_forbidden_pairs_are_left_out_in_every_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "BLOCK", 3)
    side = People.of([person()] * 5, PLACES)
    forbidden = (np.array([4, 0, 2, 4]), np.array([1, 0, 2, 1]))
    found = compare(side, People.of([person()] * 3, PLACES), KM, forbidden)
    assert set(product(range(5), range(3))) - set(scores_of(found)) == {(4, 1), (0, 0), (2, 2)}


def test_forbidden_pairs_are_not_counted_as_out_of_reach() -> None:
    side = People.of([person()], PLACES)
    found = compare(side, side, KM, (np.array([0]), np.array([0])))
    assert len(found.score) == 0
    assert (found.no_half_day[0], found.too_far[0]) == (0, 0)


def test_too_many_are_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "MOST_CANDIDATES", 8)
    side = People.of([person()] * 3, PLACES)
    with pytest.raises(TooManyCandidates, match="a scheme for each ICB"):
        compare(side, side, KM, NONE)


def test_nobody_is_compared_with_nobody() -> None:
    assert scores_of(compared([], [])) == {}
    assert scores_of(compared([person()], [])) == {}
