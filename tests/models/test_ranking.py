import numpy as np
import pytest

from models.ranking import Against, RankRange, against, rank_ranges


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.11, 0.2, Against.ABOVE),
        (0.1, 0.2, Against.ABOUT),
        (0.05, 0.1, Against.ABOUT),
        (0.05, 0.09, Against.BELOW),
    ],
)
def test_only_a_whole_interval_lies_on_one_side(low: float, high: float, said: Against) -> None:
    assert against(low, high, 0.1) == said


def test_ranks_by_hand() -> None:
    # The first two touch each other, the third stands apart, the fourth may be any but the first.
    found = rank_ranges([6, 5, 1, 2], [9, 6, 1.5, 5])
    assert found == [
        RankRange(1, 2, 4),
        RankRange(1, 3, 4),
        RankRange(4, 4, 4),
        RankRange(2, 3, 4),
    ]


def test_alike_may_stand_anywhere_and_one_stands_first() -> None:
    assert rank_ranges([1, 1, 1], [2, 2, 2]) == [RankRange(1, 3, 3)] * 3
    assert rank_ranges([3], [3]) == [RankRange(1, 1, 1)]
    assert rank_ranges([], []) == []


def test_ranks_are_those_of_comparing_each_with_each() -> None:
    random = np.random.default_rng(5)
    low = random.integers(0, 20, 60).astype(float)
    high = low + random.integers(0, 9, 60)
    for i, found in enumerate(rank_ranges(low, high)):
        assert found.first == 1 + int((low > high[i]).sum())
        assert found.last == 60 - int((high < low[i]).sum())


def test_a_range_holds_the_rank_of_every_draw_within_the_intervals() -> None:
    random = np.random.default_rng(6)
    low = random.uniform(0, 1, 30)
    high = low + random.uniform(0, 0.3, 30)
    found = rank_ranges(low, high)
    for _ in range(200):
        values = random.uniform(low, high)
        ranks = 1 + (values[:, None] < values[None, :]).sum(axis=1)
        assert all(r.first <= rank <= r.last for r, rank in zip(found, ranks, strict=True))


@pytest.mark.parametrize(
    ("low", "high"),
    [([1, 2], [3]), ([2], [1]), ([-1], [1]), ([np.nan], [1]), ([[1]], [[2]])],
)
def test_what_is_no_interval_is_refused(low: object, high: object) -> None:
    with pytest.raises(ValueError, match=r"interval|known and not negative"):
        rank_ranges(low, high)  # type: ignore[arg-type]  # what must be refused
