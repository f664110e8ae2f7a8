"""Periods from several sources make one history, whatever came first."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.timeline import (
    Period,
    first_day_out,
    first_of_april,
    joined,
    since,
    until,
    with_printed,
    with_sighting,
)


def day(year: int, month: int = 1, number: int = 1) -> dt.date:
    return dt.date(year, month, number)


A_THEN_B = [Period("A", day(2019), day(2022)), Period("B", day(2022))]


def parent_on(periods: list[Period], on: dt.date) -> str:
    return next((period.parent for period in periods if period.holds_on(on)), "")


def test_until_and_since_cut_at_a_day() -> None:
    assert until(A_THEN_B, day(2021)) == [Period("A", day(2019), day(2021))]
    assert until(A_THEN_B, None) == A_THEN_B
    assert since(A_THEN_B, day(2022)) == [Period("B", day(2022))]
    assert since(A_THEN_B, day(2021))[0] == Period("A", day(2021), day(2022))


def test_what_follows_with_the_same_parent_is_one_period() -> None:
    parts = [Period("A", day(2021)), Period("A", day(2019), day(2021))]
    assert joined(parts) == [Period("A", day(2019))]
    gap = [Period("A", day(2021)), Period("A", day(2019), day(2020))]
    assert joined(gap) == gap[::-1]


def test_a_printed_history_fills_the_time_before_what_is_newer() -> None:
    known = [Period("B", day(2026, 7))]
    assert with_printed(known, A_THEN_B, day(2026, 7)) == A_THEN_B
    moved = [Period("C", day(2026, 7))]
    assert with_printed(moved, A_THEN_B, day(2026, 7)) == [
        A_THEN_B[0],
        Period("B", day(2022), day(2026, 7)),
        *moved,
    ]


def test_a_printed_history_stands_alone_until_a_newer_source_left_it_out() -> None:
    older = [Period("X", day(2020))]
    assert with_printed(older, A_THEN_B, None) == A_THEN_B
    assert with_printed([], A_THEN_B, None, ended=day(2026))[-1] == Period(
        "B", day(2022), day(2026)
    )


def test_a_sighting_counts_until_what_is_known_next() -> None:
    assert with_sighting([], "A", day(2020)) == [Period("A", day(2020))]
    assert with_sighting([], "A", day(2020), day(2021)) == [Period("A", day(2020), day(2021))]
    assert with_sighting([Period("A", day(2021))], "A", day(2020)) == [Period("A", day(2020))]
    assert with_sighting([Period("B", day(2021))], "A", day(2020))[0].ends_on == day(2021)
    assert with_sighting([Period("A", day(2019))], "A", day(2020)) == [Period("A", day(2019))]
    assert with_sighting([Period("A", day(2019))], "B", day(2020)) == [
        Period("A", day(2019), day(2020)),
        Period("B", day(2020)),
    ]


def test_icbs_change_on_the_first_of_april() -> None:
    assert first_of_april(day(2023, 12), day(2026, 7)) == day(2026, 4)
    assert first_of_april(day(2025, 6), day(2026, 3)) is None
    assert first_of_april(day(2026, 4), day(2026, 7)) is None
    assert first_of_april(day(2025, 4, 2), day(2026, 4)) == day(2026, 4)


@pytest.mark.parametrize(
    ("since", "out"),
    [
        (day(2021, 1), day(2023, 4)),
        # Begun while away, as far as the record knows: it counts from the return.
        (day(2023, 5), None),
        (day(2024, 7), None),
        # The record knows of nothing before 2020.
        (day(2019, 1), day(2023, 4)),
    ],
)
def test_first_day_out(since: dt.date, out: dt.date | None) -> None:
    periods = [
        Period("A", day(2024, 6)),
        Period("A", day(2022, 4), day(2023, 4)),
        Period("A", day(2020, 4), day(2022, 4)),
    ]
    assert first_day_out(periods, since) == out
    assert first_day_out(periods[1:], day(2025, 1)) == day(2025, 1)
    assert first_day_out([], since) == since


PERIODS = st.lists(st.integers(0, 60), unique=True, min_size=1, max_size=6).map(
    lambda months: [
        Period(
            "ABC"[number % 3],
            day(2020 + month // 12, month % 12 + 1),
            None
            if number == len(months) - 1
            else day(2020 + sorted(months)[number + 1] // 12, sorted(months)[number + 1] % 12 + 1),
        )
        for number, month in enumerate(sorted(months))
    ]
)


@given(PERIODS, PERIODS, st.integers(0, 60), st.integers(0, 72))
def test_every_day_has_what_its_source_says(
    known: list[Period], printed: list[Period], cut: int, asked: int
) -> None:
    later, on = day(2020 + cut // 12, cut % 12 + 1), day(2020 + asked // 12, asked % 12 + 1)
    found = with_printed(known, printed, later)
    assert parent_on(found, on) == parent_on(known if on >= later else printed, on)
    assert sum(period.holds_on(on) for period in found) <= 1
    assert with_printed(found, printed, later) == found
