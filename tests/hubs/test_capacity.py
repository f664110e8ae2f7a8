"""An hour and a half of a mentor's time for each mentee."""

from decimal import Decimal

import pytest

from hubs.capacity import places_in


@pytest.mark.parametrize(
    ("hours", "places"), [("1", 0), ("1.4", 0), ("1.5", 1), ("2.9", 1), ("3", 2), ("16.7", 11)]
)
def test_whole_places(hours: str, places: int) -> None:
    assert places_in(Decimal(hours)) == places
