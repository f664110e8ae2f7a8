import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from models.arrays import Floats
from models.leavers import chances_of, leaver_transforms, transform_size, whole_people


def counted(rows: Floats, chances: Floats, size: int) -> Floats:
    """Chances of 0, 1, 2, ... leavers: (rows, cases, nodes, size)."""
    found = np.empty((len(rows), *chances.shape[1:], size))
    for some, transforms in leaver_transforms(rows, chances, size):
        found[some] = chances_of(transforms, size)
    return found


def one_by_one(people: list[int], chances: list[float]) -> Floats:
    """The same by taking people up one after another."""
    found = np.ones(1)
    for number, chance in zip(people, chances, strict=True):
        for _ in range(number):
            found = np.convolve(found, [1 - chance, chance])
    return found


@given(
    st.lists(st.integers(0, 6), min_size=3, max_size=3),
    st.lists(st.sampled_from([0.0, 1e-4, 0.07, 0.5, 0.83, 0.9999]), min_size=3, max_size=3),
)
def test_each_number_of_leavers_has_its_chance(people: list[int], chances: list[float]) -> None:
    size = transform_size(sum(people) + 1)
    (found,) = counted(np.array([people], dtype=float), np.array(chances).reshape(3, 1, 1), size)
    exact = np.zeros(size)
    exact[: sum(people) + 1] = one_by_one(people, chances)
    assert found[0, 0] == pytest.approx(exact, abs=1e-14)
    assert np.all(found >= 0)


def test_people_alike_give_the_binomial() -> None:
    (found,) = counted(np.array([[60.0]]), np.full((1, 1, 1), 0.11), 64)
    assert found[0, 0, :61] == pytest.approx(binom.pmf(np.arange(61), 60, 0.11), abs=1e-15)


def test_cases_and_nodes_are_kept_apart() -> None:
    chances = np.array([[[0.1, 0.2], [0.3, 0.4]]])
    (found,) = counted(np.array([[2.0]]), chances, 4)
    assert found[..., 2] == pytest.approx(chances[0] ** 2)


def test_many_rows_are_worked_out_in_parts_without_being_mixed_up() -> None:
    rows = np.random.default_rng(3).integers(0, 4, (3_000, 2)).astype(float)
    found = counted(rows, np.array([[[0.2]], [[0.6]]]), 8)
    for row in (0, 1_499, 2_999):
        exact = one_by_one(rows[row].astype(int).tolist(), [0.2, 0.6])
        assert found[row, 0, 0, : len(exact)] == pytest.approx(exact, abs=1e-15)


def test_parts_of_people_become_people_who_may_not_be_there() -> None:
    whole, mixed, shares = whole_people(np.array([[1.5, 0.2, 2.0], [0.5, 0.5, 0.0]]))
    assert whole.tolist() == [[1, 0, 2], [0, 0, 0]]
    assert mixed.tolist() == [1, 1]
    assert shares == pytest.approx(np.array([[0.5, 0.2, 0.0], [0.5, 0.5, 0.0]]))
    chances = np.array([0.1, 0.4, 0.9]).reshape(3, 1, 1)
    first, second = counted(np.array([[1.5, 0.2, 2.0], [0.5, 0.5, 0.0]]), chances, 8)
    by_hand = np.convolve(one_by_one([1, 2], [0.1, 0.9]), [0.87, 0.13])
    assert first[0, 0, :5] == pytest.approx(by_hand, abs=1e-15)
    assert second[0, 0, :2] == pytest.approx([0.75, 0.25])


@given(st.integers(1, 200_000))
def test_a_transform_is_even_and_hardly_larger_than_it_must(points: int) -> None:
    size = transform_size(points)
    assert size % 2 == 0
    assert points <= size <= max(2, points * 4 / 3 + 2)
