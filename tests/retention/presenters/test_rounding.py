"""Parts add up to the whole beside them."""

import pytest

from retention.presenters.rounding import adding_up


@pytest.mark.parametrize(
    ("parts", "whole", "shown"),
    [
        ([33.4, 33.3, 33.3], 100, [34, 33, 33]),  # each rounded: 99
        ([33.6, 32.5, 33.9], 100, [34, 32, 34]),  # each rounded: 101
        ([0.5, 0.5, 0.5], None, [1, 1, 0]),  # their sum is 1.5
        ([2.0, 3.0], None, [2, 3]),
        ([1 - 1e-12, 1e-12], None, [1, 0]),
        ([], None, []),
    ],
)
def test_parts_add_up_and_none_is_off_by_one(
    parts: list[float], whole: int | None, shown: list[int]
) -> None:
    assert adding_up(parts, whole) == shown
    assert all(abs(part - told) < 1 for part, told in zip(parts, shown, strict=True))
