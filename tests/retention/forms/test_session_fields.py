"""The fields of a half-day: named once each, strict about minutes, and kind about nothing else."""

from itertools import product

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from retention.forms.session_fields import (
    LONGEST_MINUTES,
    blank_week,
    cells_of,
    half_day_key,
    half_day_name,
    initial_of,
    kind_field,
    minutes_field,
)
from retention.models.session_pattern import CellKind, WeekInTurn
from retention.queries.patterns import ALL_YEAR, HALF_DAYS, HalfDay, Shape, Week

MORNING: HalfDay = (0, "am")
WEEKS = st.dictionaries(
    st.sampled_from(HALF_DAYS),
    st.tuples(st.sampled_from(CellKind.values), st.integers(1, LONGEST_MINUTES)),
)


def test_every_half_day_of_both_weeks_has_a_name_and_fields_of_its_own() -> None:
    both = list(product(HALF_DAYS, WeekInTurn.values))
    assert len({half_day_key(half_day, turn) for half_day, turn in both}) == len(both) == 36
    assert len({half_day_name(half_day, turn) for half_day, turn in both}) == len(both)
    assert half_day_name((5, "eve"), WeekInTurn.B) == "Week B, Saturday evening"


@given(week=WEEKS, week_b=st.none() | WEEKS)
def test_what_a_form_shows_is_the_week_that_it_was_made_from(
    week: Week, week_b: Week | None
) -> None:
    shown = initial_of(Shape(week=week, week_b=week_b, terms=ALL_YEAR))
    for turn, of_turn in ((WeekInTurn.A, week), (WeekInTurn.B, week_b or {})):
        read = {
            half_day: (shown[f"kind_{key}"], shown[f"minutes_{key}"])
            for half_day in HALF_DAYS
            if f"kind_{(key := half_day_key(half_day, turn))}" in shown
        }
        assert read == of_turn
    assert shown["rhythm"] == ("weekly" if week_b is None else "alternate")


@given(week=WEEKS)
def test_a_blank_week_empties_every_field_that_a_week_can_fill(week: Week) -> None:
    for turn in WeekInTurn.values:
        assert cells_of(week, turn).keys() <= blank_week(turn).keys()
        assert set(blank_week(turn).values()) == {""}


@pytest.mark.parametrize("typed", ["0", "481", "-1", "12.5", "1e3", "four", "½", "250 min", "\x00"])
def test_minutes_that_make_no_session_are_refused_by_the_name_of_the_half_day(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        minutes_field(MORNING, WeekInTurn.B).clean(typed)
    assert any("Week B, Monday morning" in words or "Null" in words for words in refused.value)


@pytest.mark.parametrize(("typed", "minutes"), [("", None), (" 250 ", 250), ("1", 1), ("480", 480)])
def test_minutes_that_can_be_worked_are_taken(typed: str, minutes: int | None) -> None:
    assert minutes_field(MORNING, WeekInTurn.A).clean(typed) == minutes


def test_a_kind_is_one_of_the_list_or_off() -> None:
    field = kind_field(MORNING, WeekInTurn.A)
    assert [field.clean(kind) for kind in ("", *CellKind.values)] == ["", *CellKind.values]
    for wrong in ("off", "Clinical", "sick"):
        with pytest.raises(ValidationError, match="Monday morning"):
            field.clean(wrong)
