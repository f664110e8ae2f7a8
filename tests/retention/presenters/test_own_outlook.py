"""One's own outlook in words."""

import pytest

from models.person_outlook import person_outlook
from organisations.clock import today
from retention.presenters.own_outlook import MISSING, own_outlook_words, percent
from retention.queries.my_record import OwnOutlook
from tests.factories.retention import PersonFactory

YEAR = today().year
ME = PersonFactory.build(year_of_birth=YEAR - 60, subject=None)


def own(sessions: float = 6, retires_in: int | None = None) -> OwnOutlook:
    return OwnOutlook(
        missing="",
        age=60,
        sessions=sessions,
        outlook=person_outlook(60, sessions),
        planned=person_outlook(60, sessions, plan_years=retires_in) if retires_in else None,
        plan_year=YEAR + retires_in if retires_in else None,
    )


@pytest.mark.parametrize("missing", MISSING)
def test_what_is_missing_is_said_and_nothing_else(missing: str) -> None:
    words = own_outlook_words(OwnOutlook(missing=missing), None)
    assert words.missing == MISSING[missing]
    assert (words.table, words.sentence) == (None, "")


def test_the_sentence_and_the_table_agree_and_add_up_to_a_hundred() -> None:
    words = own_outlook_words(own(), ME)
    assert words.table is not None
    years, retired, left, stay, sessions = words.table.rows[-1]
    assert years == "5 years"
    assert sum(int(share.rstrip("%")) for share in (retired, left, stay)) in (99, 100, 101)
    assert f"about {retired.rstrip('%')} will have retired" in words.sentence
    assert 0 < float(sessions) < 6


def test_it_says_what_it_is_made_from() -> None:
    inputs = dict(own_outlook_words(own(), ME).inputs)
    assert inputs["Your age"] == f"60: the age you reach in {YEAR}, as you were born in {YEAR - 60}"
    assert inputs["Your sessions"] == "6 sessions a week, from what you told your practices"
    assert inputs["The table"].startswith("GP-England-")
    assert inputs["Your plan"] == "Not used"
    assert own_outlook_words(own(), ME).sources


def test_without_sessions_none_are_foretold() -> None:
    words = own_outlook_words(own(sessions=0), ME)
    assert words.table is not None
    assert {row[-1] for row in words.table.rows} == {"not known"}


def test_a_plan_stands_apart_and_is_called_an_assumption() -> None:
    words = own_outlook_words(own(retires_in=3), ME)
    assert words.table == own_outlook_words(own(), ME).table
    assert words.plan_table is not None
    assert words.plan_table.rows[0][1] == "0%"
    assert words.plan_table.rows[-1][3] == "0%"
    assert words.plan_sentence.startswith("An assumption, not a forecast")


def test_a_plan_whose_year_is_over_is_not_used() -> None:
    late = OwnOutlook("", 60, 6, person_outlook(60, 6), None, YEAR - 1)
    words = own_outlook_words(late, ME)
    assert words.plan_table is None
    assert "which is over" in words.plan_sentence


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0, "0%"), (1e-17, "0%"), (0.004, "under 1%"), (0.014, "1%"), (0.5, "50%"), (1, "100%")],
)
def test_percent(chance: float, words: str) -> None:
    assert percent(chance) == words
