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
        (NEW, "Each goes on in New Surgery", "1 other role: not carried, ends"),
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


@pytest.mark.parametrize(
    ("clinicians", "others", "into", "said"),
    [
        (2, 0, NEW, "2 clinicians: carried to New Surgery"),
        (0, 1, NEW, "1 other role: not carried, ends"),
        (0, 2, NEW, "2 other roles: not carried, they end"),
        (0, 0, NEW, "None"),
        (1, 0, None, "1 clinician: ends"),
        (0, 2, None, "2 other roles: all end"),
        (1, 1, None, "1 clinician and 1 other role: all end"),
        (0, 0, None, "None"),
    ],
)
def test_roles_that_there_are_not_are_not_spoken_of(
    clinicians: int, others: int, into: Organisation | None, said: str
) -> None:
    found = dict(change_rows(PracticeChange(clinicians, others, 0, 0), into, DAY))
    assert found["Roles"] == said
