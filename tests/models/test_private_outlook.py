import itertools

import numpy as np
import pytest

from models.bands import GP_BANDS
from models.forecast import HORIZONS, forecast
from models.private_outlook import (
    BandedPractice,
    KnownPerson,
    later,
    one_age,
    private_forecast,
)
from models.standard_table import FIRST_AGE, LAST_AGE, standard_table

SEVEN = (0.0, 1.0, 2.0, 0.0, 2.0, 0.0, 1.0, 1.0, 0.0, 0.0)
PRACTICE = BandedPractice(SEVEN, 0, 6.3)


def person(age: int, sessions: float = 6) -> KnownPerson:
    return KnownPerson(sessions, one_age(age))


def test_published_practices_alone_are_the_public_outlook() -> None:
    other = BandedPractice((1.0,) * 10, 0, 5.5)
    found = private_forecast([], [PRACTICE, other])
    public = forecast([SEVEN, (1.0,) * 10], [6.3, 5.5])
    for years in HORIZONS:
        assert found[years].expected == pytest.approx(public[years].expected)
        assert (found[years].low80, found[years].high80) == (
            public[years].low80,
            public[years].high80,
        )


def test_unknown_ages_of_published_practices_are_spread_as_in_public() -> None:
    with_unknown = BandedPractice(SEVEN, 2, 6.3)
    people = np.array([SEVEN]) * 9 / 7
    public = forecast(people, [6.3])
    assert private_forecast([], [with_unknown])[3].expected == pytest.approx(public[3].expected)


@pytest.mark.parametrize("years", HORIZONS)
def test_expected_is_the_sum_over_people_of_their_chances_and_sessions(years: int) -> None:
    """By hand: each person's own chance from the table, times their own sessions."""
    ages, sessions = [34, 48, 59, 61, 67], [8, 6, 4.5, 7, 2]
    own = [person(age, weekly) for age, weekly in zip(ages, sessions, strict=True)]
    found = private_forecast(own, [])[years]
    chances = standard_table().incidence(ages, [years])[:, 0]
    assert found.sessions_now == pytest.approx(27.5)
    assert found.expected == pytest.approx(float(chances.sum(axis=1) @ sessions))
    assert found.retirement_expected == pytest.approx(float(chances[:, 0] @ sessions))
    assert found.headcount_expected == pytest.approx(float(chances.sum()))


def test_who_is_older_is_likelier_to_go() -> None:
    young, old = (private_forecast([person(age)], [])[3].expected for age in (45, 64))
    assert old > 2 * young


def test_the_distribution_is_that_of_all_ways_to_leave() -> None:
    """Brute force over who leaves, at one value of the rates: with no spread they are certain."""
    own = [person(58, 8), person(63, 4), person(41, 6)]
    chances = standard_table().incidence([58, 63, 41], [5])[:, 0].sum(axis=1)
    exact = {0.0: 0.0}
    for leaves in itertools.product((0, 1), repeat=3):
        lost = float(np.dot(leaves, [8, 4, 6]))
        chance = float(np.prod(np.where(leaves, chances, 1 - chances)))
        exact[lost] = exact.get(lost, 0) + chance
    found = private_forecast(own, [])[5]
    # The common multiplier widens the tails and keeps the mean: close, not the same.
    for level in (4, 8, 12, 18):
        above = sum(chance for lost, chance in exact.items() if lost >= level)
        assert found.chance_of_losing_at_least(level) == pytest.approx(above, abs=0.02)
    assert found.expected == pytest.approx(sum(lost * chance for lost, chance in exact.items()))


def test_the_order_of_people_changes_nothing() -> None:
    own = [person(age, weekly) for age, weekly in ((30, 5), (55, 6.4), (62, 6.4), (62, 3))]
    published = [PRACTICE, BandedPractice((2.0,) * 10, 1, 4.4)]
    assert str(private_forecast(own, published)) == str(
        private_forecast(own[::-1], published[::-1])
    )


def test_unknown_ages_take_the_mix_of_all_known_ones() -> None:
    own = [person(40), person(62), KnownPerson(6)]
    found = private_forecast(own, [])[1]
    chances = standard_table().incidence([40, 62], [1])[:, 0].sum(axis=1)
    assert found.expected == pytest.approx(6 * chances.sum() * 1.5)
    assert found.headcount_expected == pytest.approx(chances.sum() * 1.5)


def test_where_no_age_is_known_the_fallback_is_used() -> None:
    alone = [KnownPerson(6)]
    found = private_forecast(alone, [], fallback=SEVEN)[1]
    assert found.expected == pytest.approx(forecast([np.array(SEVEN) / 7], [6])[1].expected)
    with pytest.raises(ValueError, match="No age is known"):
        private_forecast(alone, [])


def test_a_band_of_ages_is_the_mean_of_its_years() -> None:
    band = GP_BANDS[6]
    found = private_forecast([KnownPerson(6, band)], [])[3].expected
    each = [private_forecast([person(age)], [])[3].expected for age in range(55, 60)]
    assert found == pytest.approx(np.mean(each))


def test_a_band_said_years_ago_has_moved_on() -> None:
    then, open_band = GP_BANDS[6], GP_BANDS[-1]
    assert (later(then, 2).lower, later(then, 2).upper) == (57, 61)
    assert (later(open_band, 2).lower, later(open_band, 2).upper) == (72, None)
    assert later(then, 0) is then
    very_old = private_forecast([KnownPerson(6, later(open_band, 30))], [])[1]
    assert very_old.expected == private_forecast([person(LAST_AGE)], [])[1].expected


def test_ages_beyond_the_table_take_its_ends() -> None:
    assert (one_age(19).lower, one_age(80).upper) == (FIRST_AGE, LAST_AGE)


def test_negative_sessions_are_refused() -> None:
    with pytest.raises(ValueError, match="negative|below"):
        private_forecast([KnownPerson(-1, one_age(50))], [])
