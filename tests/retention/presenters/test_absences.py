"""Leave in words: the reason, and a day back only where there is one."""

import datetime as dt

import pytest

from retention.models import Absence
from retention.presenters.absences import absence_words


@pytest.mark.parametrize(
    ("ends_on", "words"),
    [
        (None, "Parental leave, from 1 April 2026"),
        (dt.date(2026, 10, 1), "Parental leave, from 1 April 2026, back on 1 October 2026"),
    ],
)
def test_leave_says_from_when_and_until_when(ends_on: dt.date | None, words: str) -> None:
    absence = Absence(reason="parental", starts_on=dt.date(2026, 4, 1), ends_on=ends_on)
    assert absence_words(absence) == words
