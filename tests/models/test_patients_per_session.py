import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.patients_per_session import FEWEST, PatientsPerSession, after_loss, patients_per_session


def test_now() -> None:
    assert patients_per_session(9_000, 45) == 200
    assert patients_per_session(0, 45) == 0
    assert patients_per_session(9_000, 0) is None


@pytest.mark.parametrize(("patients", "sessions"), [(-1, 1), (1, -1)])
def test_fewer_than_none_is_refused(patients: float, sessions: float) -> None:
    with pytest.raises(ValueError, match="fewer than none"):
        patients_per_session(patients, sessions)


def test_after_a_loss_by_hand() -> None:
    # 9,000 patients: with 40, 30 and 20 of 50 sessions left.
    found = after_loss(180, 50, expected=20, low=10, high=30)
    assert found == PatientsPerSession(expected=300, low=225, high=450)


def test_nothing_lost_and_everything_lost() -> None:
    assert after_loss(180, 50, 0, 0, 0) == PatientsPerSession(180, 180, 180)
    assert after_loss(180, 50, 25, 5, 50.4) == PatientsPerSession(360, 200, None)
    assert after_loss(180, 0, 0, 0, 0) == PatientsPerSession(None, None, None)


def test_the_last_digits_of_a_whole_loss_do_not_make_millions() -> None:
    """Six people's sessions, and the same as a forecast rounds them."""
    sessions = 6 * 5.9255555555555555
    lost = round(sessions, 9)
    assert lost < sessions
    assert after_loss(180, sessions, 0, 0, lost).high is None
    # A lattice may put the whole loss up to a tenth of a session lower for each practice.
    assert after_loss(180, 18.65, 18.6, 0, 18.6) == PatientsPerSession(None, 180, None)
    assert after_loss(180, 18, 17.5, 0, 17.5).expected == 180 * 18 / 0.5


def test_a_larger_loss_never_leaves_fewer_patients_to_a_session() -> None:
    found = [after_loss(180, 50, loss, 0, 50).expected for loss in range(50)]
    assert found == sorted(found, key=lambda value: value or 0)


@pytest.mark.parametrize(
    "losses", [(-1, 0, 0), (0, -1, 0), (0, 2, 1)], ids=["expected", "low", "crossed"]
)
def test_wrong_losses_are_refused(losses: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="Losses"):
        after_loss(180, 50, *losses)


@given(
    st.floats(0, 20_000),
    st.floats(0, 400),
    st.lists(st.floats(0, 450), min_size=3, max_size=3).map(sorted),
)
def test_patients_are_shared_by_what_is_left_and_never_by_next_to_nothing(
    patients: float, sessions: float, losses: list[float]
) -> None:
    low, expected, high = losses
    now = patients_per_session(patients, sessions)
    if now is None:
        return
    found = after_loss(now, sessions, expected, low, high)
    for loss, each in ((low, found.low), (expected, found.expected), (high, found.high)):
        assert (each is None) is (sessions - loss < FEWEST)
        if each is not None:
            assert each * (sessions - loss) == pytest.approx(patients, abs=1e-6)
            assert each <= patients / FEWEST * (1 + 1e-9)
