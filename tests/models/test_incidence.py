import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.arrays import Floats
from models.incidence import cumulative_incidence

YEARLY = st.lists(st.tuples(st.floats(0, 0.5), st.floats(0, 0.5)), min_size=1, max_size=8).map(
    np.array
)


def test_constant_chances_have_a_closed_form() -> None:
    retire, otherwise, years = 0.1, 0.05, 6
    chances = cumulative_incidence(np.tile([retire, otherwise], (years, 1)))
    gone = 1 - 0.85 ** np.arange(1, years + 1)
    assert chances[:, 0] == pytest.approx(gone * retire / 0.15)
    assert chances[:, 1] == pytest.approx(gone * otherwise / 0.15)


def test_the_other_cause_takes_people_first() -> None:
    alone = cumulative_incidence(np.array([[0.2, 0.0], [0.2, 0.0]]))
    competing = cumulative_incidence(np.array([[0.2, 0.5], [0.2, 0.5]]))
    assert alone[1, 0] == pytest.approx(1 - 0.8**2)
    assert competing[1, 0] == pytest.approx(0.2 + 0.3 * 0.2)


def test_certain_leaving_leaves_nothing_for_later_years() -> None:
    chances = cumulative_incidence(np.array([[0.6, 0.4], [0.6, 0.4]]))
    assert chances.tolist() == [[0.6, 0.4], [0.6, 0.4]]


@given(YEARLY)
def test_simulating_year_by_year_agrees(yearly: Floats) -> None:
    people = np.array([1.0, 0.0, 0.0])
    for retire, otherwise in yearly:
        people += people[0] * np.array([-retire - otherwise, retire, otherwise])
    assert cumulative_incidence(yearly)[-1] == pytest.approx(people[1:], abs=1e-12)


@given(YEARLY)
def test_chances_only_grow_and_never_pass_one(yearly: Floats) -> None:
    chances = cumulative_incidence(yearly)
    assert np.all(np.diff(chances, axis=0) >= 0)
    assert np.all(chances.sum(axis=-1) <= 1 + 1e-12)


def test_many_at_once_are_each_as_alone() -> None:
    yearly = np.random.default_rng(7).uniform(0, 0.4, (3, 2, 5, 2))
    together = cumulative_incidence(yearly)
    assert together[2, 1] == pytest.approx(cumulative_incidence(yearly[2, 1]))
