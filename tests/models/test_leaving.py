"""What leaving takes, worked out without the rest of a forecast."""

import numpy as np
import pytest

from models.bands import GP_BANDS
from models.forecast import forecast
from models.leaving import leaving

YEARS = (1, 4, 10)


def place(practices: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(practices)
    return rng.uniform(0, 2, (practices, len(GP_BANDS))), rng.uniform(3, 9, practices)


def test_a_large_place_loses_what_its_forecast_says_to_the_last_digit() -> None:
    people, heads = place(40)
    wanted = forecast(people, heads, years=YEARS)
    found = leaving(people, heads, years=YEARS)
    assert list(found) == list(YEARS)
    for year, lost in found.items():
        assert lost.expected == pytest.approx(wanted[year].expected, rel=1e-12)
        assert (lost.low80, lost.high80) == (wanted[year].low80, wanted[year].high80)
        assert lost.sessions_now == wanted[year].sessions_now


def test_a_small_place_loses_as_much_within_a_step() -> None:
    people, heads = place(3)
    wanted = forecast(people, heads, years=YEARS)
    for year, lost in leaving(people, heads, years=YEARS).items():
        assert lost.expected == pytest.approx(wanted[year].expected)
        assert lost.high80 == pytest.approx(wanted[year].high80, abs=0.1)


def test_what_a_forecast_refuses_is_refused() -> None:
    with pytest.raises(ValueError, match="People must be known"):
        leaving([[-1.0] * len(GP_BANDS)], [6.0], years=YEARS)
