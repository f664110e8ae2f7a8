"""Which day it is where the service is used."""

import datetime as dt

import pytest
import time_machine

from organisations.clock import today


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (dt.datetime(2026, 6, 30, 22, 59, tzinfo=dt.UTC), dt.date(2026, 6, 30)),
        (dt.datetime(2026, 6, 30, 23, 0, tzinfo=dt.UTC), dt.date(2026, 7, 1)),
        (dt.datetime(2026, 12, 31, 23, 59, tzinfo=dt.UTC), dt.date(2026, 12, 31)),
        (dt.datetime(2027, 1, 1, tzinfo=dt.UTC), dt.date(2027, 1, 1)),
    ],
)
def test_the_day_begins_at_midnight_in_london(moment: dt.datetime, day: dt.date) -> None:
    with time_machine.travel(moment, tick=False):
        assert today() == day
