"""The day of an address: none, a known one, or one that no place can be shown as at."""

import datetime as dt

import pytest
from django.http import QueryDict

from organisations.clock import today
from retention.forms.as_at import asked_day


def test_an_address_without_a_day_is_of_today_and_shows_nothing_wrong() -> None:
    form, day = asked_day(QueryDict("retire=2"))
    assert (form.is_bound, day) == (False, None)
    form, day = asked_day(QueryDict("as_at="))
    assert not form.errors
    assert day is None


def test_a_day_is_written_in_one_way() -> None:
    assert asked_day(QueryDict("as_at=2025-03-31"))[1] == dt.date(2025, 3, 31)
    form, day = asked_day(QueryDict("as_at=31/03/2025"))
    assert form.errors == {"as_at": ["Enter a date, such as 2025-03-31"]}
    assert day is None


@pytest.mark.parametrize(
    ("days", "problem"), [(1, "Enter today\u2019s date or an earlier one"), (0, None)]
)
def test_tomorrow_is_not_known(days: int, problem: str | None) -> None:
    asked = today() + dt.timedelta(days=days)
    form, day = asked_day(QueryDict(f"as_at={asked}"))
    assert form.errors == ({"as_at": [problem]} if problem else {})
    assert day == (None if problem else asked)
