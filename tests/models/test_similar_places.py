import numpy as np
import pytest

from models.similar_places import (
    FEWEST,
    FEWEST_OF_ALL,
    MOST,
    NEAR,
    Among,
    UsualRange,
    WholeRange,
    similar_places,
    standardised,
    usual_range,
    weighted_mean,
    whole_range,
)


def test_standardised_by_hand() -> None:
    # Logarithms 0, 1, 2 have mean 1 and deviation sqrt(2/3); so have 10, 20, 30 times ten.
    found = standardised(np.exp([0, 1, 2]), [10, 20, 30])
    step = np.sqrt(3 / 2)
    np.testing.assert_allclose(found, [[-step, -step], [0, 0], [step, step]], atol=1e-12)


def test_doubling_a_list_is_as_far_wherever_it_begins() -> None:
    found = standardised([4_000, 8_000, 16_000], [1, 1, 1])
    assert found[1, 0] - found[0, 0] == pytest.approx(found[2, 0] - found[1, 0])
    assert np.all(found[:, 1] == 0)


def test_units_do_not_matter() -> None:
    random = np.random.default_rng(1)
    sizes, scores = random.uniform(2_000, 20_000, 30), random.uniform(5, 60, 30)
    np.testing.assert_allclose(
        standardised(sizes, scores), standardised(sizes * 1_000, scores * 7 + 3), atol=1e-9
    )


def test_a_third_figure_is_measured_in_steps_of_its_own_spread() -> None:
    sizes, scores, rural = [4_000, 8_000, 16_000], [10, 20, 30], [0, 0, 1]
    found = standardised(sizes, scores, rural)
    assert found.shape == (3, 3)
    np.testing.assert_allclose(found[:, :2], standardised(sizes, scores))
    # Mean 1/3 and deviation sqrt(2)/3.
    np.testing.assert_allclose(found[:, 2], [-(0.5**0.5), -(0.5**0.5), 2**0.5])
    np.testing.assert_allclose(standardised(sizes), standardised(sizes, scores)[:, :1])


def test_a_third_figure_that_is_missing_leaves_its_place_out() -> None:
    found = standardised([4_000, 8_000, 16_000], [10, 20, 30], [0, np.nan, 1])
    assert np.isnan(found[1]).all()
    np.testing.assert_allclose(found[[0, 2]], standardised([4_000, 16_000], [10, 30], [0, 1]))


@pytest.mark.parametrize(("size", "score"), [(np.nan, 20), (5_000, np.nan), (0, 20)])
def test_a_place_that_is_not_known_has_no_part(size: float, score: float) -> None:
    found = standardised([4_000, size, 16_000], [10, score, 30])
    assert np.isnan(found[1]).all()
    np.testing.assert_allclose(found[[0, 2]], standardised([4_000, 16_000], [10, 30]))


def test_nothing_known_and_all_alike() -> None:
    assert np.isnan(standardised([np.nan], [np.nan])).all()
    # Seven times 0.1 is not quite 0.7: no spread is made out of the last digit.
    assert np.all(standardised([7_000] * 7, [0.1] * 7) == 0)


@pytest.mark.parametrize(("sizes", "scores"), [([1, 2], [1]), ([[1]], [[1]])])
def test_shapes_must_fit(sizes: object, scores: object) -> None:
    with pytest.raises(ValueError, match="Each place needs"):
        standardised(sizes, scores)  # type: ignore[arg-type]  # wrong on purpose


def on_a_line(*at: float) -> np.ndarray:
    return np.array([[x, 0.0] for x in at])


def test_nearest_come_first_and_the_place_itself_never() -> None:
    features = on_a_line(*[i / 100 for i in range(15)])
    found = similar_places(features, 3)
    assert found is not None
    assert 3 not in found.rows
    # 2 and 4 are as near: the order of the rows decides.
    assert found.rows[:4] == (2, 4, 1, 5)
    np.testing.assert_allclose(found.distances[:4], [0.01, 0.01, 0.02, 0.02])


def test_at_most_so_many_however_near() -> None:
    found = similar_places(on_a_line(*[0.0] * 50), 0)
    assert found is not None
    assert found.rows == tuple(range(1, MOST + 1))


def test_far_ones_only_fill_up_to_the_fewest() -> None:
    near, far = [0.0] * 13, [NEAR + 1] * 40
    found = similar_places(on_a_line(*near, *far), 0)
    assert found is not None
    assert len(found.rows) == 12
    few = similar_places(on_a_line(*near[:5], *far), 0)
    assert few is not None
    assert len(few.rows) == FEWEST
    assert few.distances[-1] == pytest.approx(NEAR + 1)


def test_the_edge_of_near_is_near() -> None:
    features = on_a_line(0, *[0.0] * (FEWEST - 1), *[NEAR] * 3, NEAR + 1e-9)
    found = similar_places(features, 0)
    assert found is not None
    assert len(found.rows) == FEWEST + 2


def test_too_few_or_not_known_is_none() -> None:
    assert similar_places(on_a_line(*[0.0] * FEWEST), 0) is None
    assert similar_places(on_a_line(*[0.0] * (FEWEST + 1)), 0) is not None
    assert similar_places(on_a_line(np.nan, *[0.0] * 30), 0) is None
    assert similar_places(on_a_line(0, *[np.nan] * 30), 0) is None


def test_same_as_sorting_all_by_distance() -> None:
    random = np.random.default_rng(2)
    features = random.normal(size=(200, 2))
    features[::17] = np.nan
    for place in (1, 5, 100):
        found = similar_places(features, place)
        assert found is not None
        away = [
            (float(np.hypot(*(features[i] - features[place]))), i)
            for i in range(200)
            if i != place and not np.isnan(features[i]).any()
        ]
        assert list(found.rows) == [i for _, i in sorted(away)][: len(found.rows)]
        assert FEWEST <= len(found.rows) <= MOST


def test_usual_range_by_hand() -> None:
    found = usual_range([*range(11), None])
    assert found == UsualRange(low=1, median=5, high=9, places=11)
    assert usual_range([1.0] * (FEWEST - 1)) is None
    assert usual_range([None] * 30) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.9, Among.BELOW),
        (1, Among.USUAL),
        (5, Among.USUAL),
        (9, Among.USUAL),
        (9.1, Among.ABOVE),
    ],
)
def test_only_what_is_outside_the_range_is_told_apart(value: float, said: Among) -> None:
    assert UsualRange(low=1, median=5, high=9, places=11).among(value) == said


def test_one_in_five_is_outside_by_chance() -> None:
    """The page says so: 80 % of the similar places lie inside, whatever is compared."""
    values = list(np.random.default_rng(3).normal(size=1_001))
    found = usual_range(values)
    assert found is not None
    outside = sum(found.among(value) is not Among.USUAL for value in values)
    assert outside == 200


def test_whole_range_by_hand() -> None:
    assert whole_range([3, None, 1, 9, 4, 5]) == WholeRange(low=1, median=4, high=9, places=5)
    assert whole_range([1.0] * (FEWEST_OF_ALL - 1)) is None


def test_weighted_mean_by_hand() -> None:
    assert weighted_mean([10, 40, None, 7], [3, 1, 100, None]) == 17.5
    assert weighted_mean([10, 40], [0, 0]) is None
    assert weighted_mean([], []) is None
    with pytest.raises(ValueError, match="below 0"):
        weighted_mean([1], [-1])
    with pytest.raises(ValueError, match="shorter"):
        weighted_mean([1, 2], [1])
