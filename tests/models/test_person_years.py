from typing import Any

import numpy as np
import pytest

from models.person_years import (
    Career,
    followed_up,
    from_careers,
    outcome_within,
    person_years,
)


def two_careers() -> Any:
    """One who retires (1) in 2003, and one still there in 2004."""
    return from_careers(
        [
            Career(1, 1950, 2000, 2003, event=1, female=1.0, sessions=((1999, 8.0), (2002, 5.0))),
            Career(2, 1970, 2002, 2004, role="partner"),
        ]
    )


def test_a_career_becomes_a_row_a_year() -> None:
    rows = two_careers()
    assert rows.year.tolist() == [2000, 2001, 2002, 2003, 2002, 2003, 2004]
    assert rows.age[:4].tolist() == [50, 51, 52, 53]
    assert rows.tenure.tolist() == [1, 2, 3, 4, 1, 2, 3]
    assert rows.event.tolist() == [0, 0, 0, 1, 0, 0, 0]
    assert rows.role.tolist() == [""] * 4 + ["partner"] * 3


def test_a_cut_of_sessions_shows_as_a_change_not_as_an_exit() -> None:
    rows = two_careers().take(np.arange(4))
    assert rows.sessions.tolist() == [8, 8, 5, 5]
    assert rows.sessions_change[2:].tolist() == [-3, -3]
    assert np.isnan(rows.sessions_change[:2]).all()
    assert rows.event[2] == 0


def test_unknown_sessions_stay_unknown() -> None:
    assert np.isnan(two_careers().sessions[4:]).all()


def test_advancing_moves_time_alone() -> None:
    rows = two_careers()
    later = rows.advance(3)
    assert (later.year - rows.year).tolist() == [3] * 7
    assert (later.age - rows.age).tolist() == [3] * 7
    assert (later.tenure - rows.tenure).tolist() == [3] * 7
    assert np.array_equal(later.sessions, rows.sessions, equal_nan=True)


def test_an_outcome_within_years_counts_the_starting_year() -> None:
    rows = two_careers()
    assert outcome_within(rows, 1, cause=1).tolist() == [False] * 3 + [True] + [False] * 3
    assert outcome_within(rows, 3, cause=1).tolist()[:4] == [False, True, True, True]


def test_another_cause_is_no_event() -> None:
    rows = from_careers([Career(1, 1950, 2000, 2001, event=2)])
    assert not outcome_within(rows, 5, cause=1).any()
    assert outcome_within(rows, 5, cause=2).all()


def test_follow_up_ends_with_the_record() -> None:
    assert followed_up(two_careers(), 3, until=2004).tolist()[:4] == [True, True, True, False]


def test_order_of_rows_does_not_matter() -> None:
    rows = two_careers()
    mixed = np.array([6, 3, 0, 5, 2, 1, 4])
    expected = outcome_within(rows, 3, cause=1)[mixed]
    assert np.array_equal(outcome_within(rows.take(mixed), 3, cause=1), expected)


def test_nobody_gives_no_rows() -> None:
    assert len(from_careers([])) == 0


def test_a_career_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="person 7"):
        from_careers([Career(7, 1950, 2000, 1999)])


@pytest.mark.parametrize(
    ("person", "year", "message"),
    [([1, 1], [2000, 2000], "two rows"), ([1], [2000, 2001], "different lengths")],
)
def test_what_is_no_person_year_is_refused(
    person: list[int], year: list[int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        person_years(person=person, year=year, age=year, tenure=year, event=[0] * len(year))
