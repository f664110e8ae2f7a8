"""Words for a practice that closes or merges."""

import datetime as dt

import pytest

from organisations.models import Organisation
from retention.presenters.practice_change import change_rows, done_words
from retention.queries.practice_change import PracticeChange

DAY = dt.date(2026, 4, 1)
OLD, NEW = Organisation(name="Old Surgery"), Organisation(name="New Surgery")


def words(into: Organisation | None) -> dict[str, str]:
    return dict(change_rows(PracticeChange(2, 1, 0, 3), into, DAY))


@pytest.mark.parametrize(
    ("into", "said", "roles"),
    [
        (None, "All end, with their weeks", "1 other role: all end"),
        (NEW, "Each goes on in New Surgery", "not carried, they end"),
    ],
)
def test_each_kind_of_record_has_its_line(into: Organisation | None, said: str, roles: str) -> None:
    found = words(into)
    assert said in found["Posts"]
    assert roles in found["Roles"]
    assert found["Roles"].startswith("2 clinicians")
    assert found["Invitations not used"] == "None"
    assert (found["From"], found["Sharing switches"]) == ("1 April 2026", "3, turned off")


def test_done_says_what_and_when() -> None:
    assert done_words(OLD, NEW, DAY).startswith("Old Surgery merges into New Surgery on 1 April")
    assert done_words(OLD, None, DAY).startswith("Old Surgery closes on 1 April 2026")


def test_no_other_role_is_not_spoken_of() -> None:
    found = dict(change_rows(PracticeChange(2, 0, 0, 0), NEW, DAY))
    assert found["Roles"] == "2 clinicians: carried to New Surgery"
