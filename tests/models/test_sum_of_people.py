import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from models.arrays import Floats
from models.sum_of_people import Rates, Sum, sum_of

ROWS = st.integers(0, 6).flatmap(
    lambda rows: st.tuples(
        arrays(float, (rows, 3), elements=st.integers(0, 4).map(float)),
        arrays(float, rows, elements=st.sampled_from([0.0, 5.5, 6.0, 6.25])),
    )
)


@given(ROWS)
def test_gathering_keeps_the_people_and_their_sessions(given_rows: tuple[Floats, Floats]) -> None:
    people, sessions = given_rows
    own = sum_of(people, sessions)
    assert np.all(np.diff(own.sessions) > 0)
    assert np.all(own.sessions > 0)
    assert own.people.sum() == people[sessions > 0].sum()
    assert own.sessions @ own.people == pytest.approx(sessions @ people)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_reach_the_last_bit(
    given_rows: tuple[Floats, Floats], random: object
) -> None:
    # Thirds, whose sums differ in the last bit by the order in which they are added.
    people, sessions = given_rows[0] / 3, given_rows[1]
    order = list(range(len(people)))
    random.shuffle(order)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    one, other = sum_of(people, sessions), sum_of(people[order], sessions[order])
    assert one.people.tobytes() == other.people.tobytes()
    assert one.sessions.tobytes() == other.sessions.tobytes()


@given(
    arrays(float, (3, 2), elements=st.floats(0, 0.999)),
    arrays(float, 2, elements=st.floats(0, 0.6)),
    st.sampled_from([9, 33, 129]),
)
def test_a_spread_of_rates_moves_no_chance(chances: Floats, spread: Floats, nodes: int) -> None:
    spread_out, weights = Rates(chances, spread).at(nodes)
    assert spread_out.shape == (3, 2, nodes)
    assert weights.sum() == pytest.approx(1)
    assert spread_out @ weights == pytest.approx(chances, abs=1e-9)
    # A higher multiplier never lowers a chance: the last node reaches furthest.
    assert np.all(np.diff(spread_out, axis=-1) >= -1e-12)


def test_more_people_need_more_values_of_the_multiplier() -> None:
    """Among many, chance cancels out and the rates alone are left: few values would be bumps."""
    rates = Rates(np.array([[0.3]]), np.array([0.2]))
    sums = [Sum(np.array([6.0]), np.array([[heads]])) for heads in (1.0, 100.0, 1e4)]
    nodes = rates.nodes(sums)[:, 0]
    assert nodes.tolist() == sorted(set(nodes.tolist()))
