import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.age_table import AgeTable, fit_age_table
from models.log_odds import logit


def people(number: int) -> tuple[np.ndarray, np.ndarray]:
    """Ages 40 to 69 and events whose log-odds grow by 0.1 a year for cause 1."""
    rng = np.random.default_rng(5)
    ages = rng.integers(40, 70, number)
    chance = 1 / (1 + np.exp(6 - 0.1 * (ages - 40)))
    draw = rng.uniform(size=number)
    return ages, np.select([draw < chance, draw < chance + 0.02], [1, 2], 0)


def test_it_finds_a_line_where_there_is_one() -> None:
    ages, events = people(300_000)
    table = fit_age_table(ages, events, causes=2, first=40, last=69, smoothing=1e5)
    odds = logit(table.hazards(np.arange(40, 70)))
    assert odds[:, 0] == pytest.approx(-6 + 0.1 * np.arange(30), abs=0.15)
    assert table.hazards([55])[0, 1] == pytest.approx(0.02, rel=0.1)


def test_little_smoothing_gives_the_crude_rates() -> None:
    ages = np.repeat([50, 51, 52], 100)
    events = np.tile(np.arange(100) < 20, 3).astype(int)
    events[100:200] = np.arange(100) < 40
    table = fit_age_table(ages, events, causes=1, first=50, last=52, smoothing=1e-6)
    assert table.hazards([50, 51, 52])[:, 0] == pytest.approx([0.2, 0.4, 0.2], abs=1e-4)


def test_smoothing_keeps_the_number_of_leavers() -> None:
    """The penalty leaves lines alone, so the sum over ages is met exactly."""
    ages, events = people(20_000)
    table = fit_age_table(ages, events, causes=1, first=40, last=69, smoothing=500.0)
    assert table.hazards(ages).sum() == pytest.approx(np.sum(events == 1), rel=1e-5)


def test_ages_beyond_the_table_take_its_ends() -> None:
    table = AgeTable(50, np.array([[0.1], [0.2]]))
    assert table.hazards([20, 50, 51, 99])[:, 0].tolist() == [0.1, 0.1, 0.2, 0.2]


def test_a_cause_that_never_happened_stays_above_nought() -> None:
    table = fit_age_table([40, 41, 42], [0, 0, 1], causes=2, first=40, last=45, smoothing=1.0)
    assert np.all(table.hazards(np.arange(40, 46)) > 0)


@pytest.mark.parametrize(
    ("ages", "smoothing", "message"), [([40], 0, "above 0"), ([], 1, "nobody")]
)
def test_what_makes_no_sense_is_refused(ages: list[int], smoothing: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fit_age_table(ages, [0] * len(ages), causes=1, first=40, last=50, smoothing=smoothing)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(35, 75), st.integers(0, 2)), min_size=3, max_size=60),
    st.floats(0.1, 1e4),
)
def test_number_and_mean_age_of_leavers_are_kept_whatever_the_smoothing(
    people: list[tuple[int, int]], smoothing: float
) -> None:
    """Second differences leave a line alone, so both its moments are met exactly."""
    ages, events = np.array(people).T
    table = fit_age_table(ages, events, causes=2, first=40, last=70, smoothing=smoothing)
    held = np.clip(ages, 40, 70)
    for cause in (1, 2):
        left = events == cause
        if left.sum() < 2 or left.all() or np.ptp(held[left]) == 0:
            continue
        chances = table.hazards(ages)[:, cause - 1]
        assert chances.sum() == pytest.approx(left.sum(), abs=1e-4)
        assert chances @ held == pytest.approx(held[left].sum(), abs=1e-2)
