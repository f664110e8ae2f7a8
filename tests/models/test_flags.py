import json
from dataclasses import asdict

import numpy as np
import pytest

from models.flags import FLAG_RATIO, FLAG_YEARS, retirement_flag
from models.forecast import Share


@pytest.mark.parametrize(
    ("place", "raised"), [(0.10, False), (0.1249, False), (0.125, True), (0.2, True)]
)
def test_a_place_is_flagged_from_a_quarter_above_england(place: float, raised: bool) -> None:
    flag = retirement_flag(Share(place, 0.05, 0.3), 0.10)
    assert flag.raised is raised
    assert flag.ratio == pytest.approx(place / 0.10)


def test_the_flag_carries_the_numbers_of_its_sentence() -> None:
    share = Share(0.15, 0.08, 0.24)
    flag = retirement_flag(share, 0.1)
    assert (flag.place, flag.england) == (share, 0.1)
    assert (FLAG_YEARS, FLAG_RATIO) == (3, 1.25)


def test_the_interval_does_not_decide() -> None:
    assert retirement_flag(Share(0.13, 0.0, 0.5), 0.1).raised
    assert not retirement_flag(Share(0.12, 0.11, 0.9), 0.1).raised


def test_a_comparison_with_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="England"):
        retirement_flag(Share(0.1, 0.0, 0.2), 0.0)


def test_the_flag_is_plain_enough_for_json() -> None:
    flag = retirement_flag(Share(0.2, 0.1, 0.3), np.float64(0.1))
    assert json.loads(json.dumps(asdict(flag)))["raised"] is True
