"""One's own outlook in words."""

from dataclasses import replace

import pytest

from models.person_outlook import AssumedEffect, person_outlook, what_if
from organisations.clock import today
from retention.presenters.own_outlook import MISSING, own_outlook_words, parts_of_100, percent
from retention.queries.own_outlook import OwnOutlook
from tests.factories.retention import PersonFactory

YEAR = today().year
ME = PersonFactory.build(year_of_birth=YEAR - 60, subject=None)


def own(sessions: float = 6, retires_in: int | None = None) -> OwnOutlook:
    return OwnOutlook(
        missing="",
        age=60,
        sessions=sessions,
        staff_group="gp",
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
    assert years == "10 years"
    assert sum(int(share.rstrip("%")) for share in (retired, left, stay)) == 100
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
    late = OwnOutlook("", 60, 6, "gp", person_outlook(60, 6), None, YEAR - 1)
    words = own_outlook_words(late, ME)
    assert words.plan_table is None
    assert "which is over" in words.plan_sentence


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0, "0%"), (1e-17, "0%"), (0.004, "under 1%"), (0.014, "1%"), (0.5, "50%"), (1, "100%")],
)
def test_percent(chance: float, words: str) -> None:
    assert percent(chance) == words


@pytest.mark.parametrize(
    ("chances", "parts"),
    [
        ((0.336, 0.325, 0.339), (34, 32, 34)),  # each rounded: 34 + 33 + 34
        ((0.334, 0.333, 0.333), (34, 33, 33)),  # each rounded: 99
        ((1.0, 0.0, 0.0), (100, 0, 0)),
        ((1 - 1e-12, 1e-12, 0.0), (100, 0, 0)),
        ((0.004, 0.496, 0.5), (0, 49, 50)),
        ((0.009, 0.009, 0.982), (0, 0, 98)),
        ((0.0001, 0.0001, 0.9998), (0, 0, 99)),
    ],
)
def test_parts_of_a_whole_add_up(chances: tuple[float, ...], parts: tuple[int, ...]) -> None:
    assert parts_of_100(chances) == parts


@pytest.mark.parametrize("age", range(25, 75, 5))
def test_no_row_adds_up_to_more_than_a_hundred(age: int) -> None:
    words = own_outlook_words(replace(own(), outlook=person_outlook(age, 6)), ME)
    assert words.table is not None
    for row in words.table.rows:
        whole = sum(int(share.rstrip("%")) for share in row[1:4] if "under" not in share)
        assert whole == 100 or ("under 1%" in row and whole in (98, 99))


def test_a_what_if_is_a_range_and_called_an_assumption() -> None:
    made = what_if("one_session_mentoring", 60, 6, effect=AssumedEffect(0.0, 0.1))
    assert made is not None
    [passage] = own_outlook_words(replace(own(), what_ifs=(made,)), ME).what_ifs
    assert passage.sentence.startswith("An assumption, not a forecast: 5 sessions a week, and 1")
    low, high = passage.table.rows[-1][1].split(" to ")
    assert int(low.rstrip("%")) < int(high.rstrip("%"))


@pytest.mark.parametrize("age", range(40, 70))
def test_an_assumption_that_changes_nothing_reads_as_the_outlook_without_it(age: int) -> None:
    made = what_if("two_sessions_fewer", age, 6, effect=AssumedEffect(0.0, 0.0))
    assert made is not None
    mine = replace(own(), outlook=person_outlook(age, 6), what_ifs=(made,))
    words = own_outlook_words(mine, ME)
    assert words.table is not None
    [passage] = words.what_ifs
    still = [row[3] for row in words.table.rows]
    assert [row[1] for row in passage.table.rows] == [f"{share} to {share}" for share in still]


def test_words_name_the_people_that_the_table_is_of() -> None:
    words = own_outlook_words(replace(own(), staff_group="nurses"), ME)
    assert words.sentence.startswith("Of 100 nurses of practices of your age")
    assert words.caption == "Nurses of practices of your age"
    assert dict(words.inputs)["The table"].startswith("Nurses-England-")
