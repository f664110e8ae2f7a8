import pytest

from models.forecast import forecast
from models.joiners import joiners
from models.sessions_left import sessions_left
from tests.models.test_forecast import HEADS, NETWORK


def test_what_is_left_is_what_is_not_lost() -> None:
    outlook = forecast(NETWORK, HEADS)[5]
    left = sessions_left(outlook, patients=60_000)
    assert left.now == outlook.sessions_now
    assert left.expected + outlook.expected == pytest.approx(left.now)
    # The most that may be lost leaves the least.
    assert left.low80 + outlook.high80 == pytest.approx(left.now)
    assert left.high80 + outlook.low80 == pytest.approx(left.now)
    assert left.per_1000(left.now) == pytest.approx(outlook.sessions_now / 60)
    assert left.with_joiners is None


def test_joiners_stand_beside_and_are_never_netted() -> None:
    outlook = forecast(NETWORK, HEADS)[5]
    coming = joiners(6, [5])[5]
    without, left = sessions_left(outlook), sessions_left(outlook, joiners=coming)
    assert (left.expected, left.low80, left.high80) == (
        without.expected,
        without.low80,
        without.high80,
    )
    assert left.with_joiners == (
        left.expected + coming.sessions_low,
        left.expected + coming.sessions_high,
    )


def test_sessions_left_are_never_below_nought() -> None:
    """The lattice may put the loss of all a practice has a fraction over it."""
    outlook = forecast([[0] * 9 + [1], [0] * 9 + [1]], [5.99, 6.01], years=[10])[10]
    assert sessions_left(outlook).low80 >= 0


def test_patients_may_be_unknown() -> None:
    left = sessions_left(forecast(NETWORK, HEADS)[1])
    assert left.per_1000(left.expected) is None


def test_joiners_of_another_horizon_are_refused() -> None:
    with pytest.raises(ValueError, match="the forecast's horizon"):
        sessions_left(forecast(NETWORK, HEADS)[1], joiners=joiners(6, [5])[5])
