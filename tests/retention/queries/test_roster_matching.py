"""Who a row is: by number or by answer, never by name; and what stands in a file twice."""

import pytest

from retention.imports.roster import RosterRow
from retention.queries.roster_matching import Matcher, Refused
from retention.queries.roster_record import PracticeRecord
from tests.retention.queries.roster_worlds import person, post, record, row

ANN = person(1, registration="GMC 1111111")
BOB = person(2, name="Bob Elm")


def matcher(known: PracticeRecord, **answers: str) -> Matcher:
    return Matcher(known, {key.removeprefix("line"): who for key, who in answers.items()})


def both() -> PracticeRecord:
    return record(post(ANN, 1), post(BOB, 2, staff_reference="E-2"))


@pytest.mark.parametrize(
    ("said", "who"),
    [
        (row(registration="GMC 1111111", name="Quite Another"), ANN),
        (row(staff_reference="e-2", name="Quite Another"), BOB),
        (row(name="Nobody Known"), None),
        # Two different numbers tell two people of one name apart.
        (row(registration="GMC 2222222"), None),
    ],
    ids=["registration", "reference", "unknown", "namesake"],
)
def test_a_number_says_who_it_is(said: RosterRow, who: object) -> None:
    match = matcher(both()).match(said)
    assert (match.person, match.candidates) == (who, [])


def test_a_name_alone_only_asks() -> None:
    match = matcher(both()).match(row(name="Dr. BOB  Elm"))
    assert (match.person, match.candidates) == (None, [BOB])


def test_an_answer_of_somebody_else_s_id_is_no_answer() -> None:
    match = matcher(both(), line2=str(ANN.public_id)).match(row(name="Bob Elm"))
    assert match.candidates == [BOB]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (row(registration="GMC 1111111", staff_reference="E-2"), "two different people"),
        (
            row(registration="GMC 3333333", staff_reference="E-1", name="Somebody Else"),
            "another registration number",
        ),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(said: RosterRow, words: str) -> None:
    known = record(post(ANN, 1, staff_reference="E-1"), post(BOB, 2, staff_reference="E-2"))
    with pytest.raises(Refused, match=words):
        matcher(known).match(said)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (row(2), row(3), "Line 2 has the same name"),
        (row(2, staff_reference="e1"), row(3, staff_reference="E1"), "Line 2 has the same person"),
        (row(2, registration="GMC 9"), row(3, registration="GMC 9"), "same role"),
    ],
)
def test_who_stands_twice_in_a_file_is_refused(
    first: RosterRow, second: RosterRow, words: str
) -> None:
    found = matcher(record())
    found.match(first)
    with pytest.raises(Refused, match=words):
        found.match(second)


def test_one_person_may_have_two_roles() -> None:
    found = matcher(record())
    found.match(row(2, registration="GMC 9"))
    assert found.match(row(3, registration="GMC 9", role="locum")).person is None


def test_a_wrong_number_is_corrected_where_reference_and_name_agree() -> None:
    known = record(post(ANN, 1, staff_reference="E-1"))
    match = matcher(known).match(row(registration="GMC 3333333", staff_reference="E-1"))
    assert match.person == ANN


def test_nobody_corrects_the_number_of_who_has_an_account() -> None:
    """Whoever else they work for would read it, and they could not say that it is wrong."""
    own = person(4, registration="GMC 4444444", user_id=5)
    said = row(registration="GMC 3333333", staff_reference="E-4")
    with pytest.raises(Refused, match="another registration number"):
        matcher(record(post(own, 4, staff_reference="E-4"))).match(said)


def test_a_number_of_two_people_is_asked_about_until_a_reference_tells() -> None:
    """As after a merger of two practices that each listed the same GP."""
    twin = person(3, registration="GMC 1111111")
    known = record(post(ANN, 1, staff_reference="E-1"), post(twin, 3))
    said = row(registration="GMC 1111111", name="As Written Here")
    assert matcher(known).match(said).candidates == [ANN, twin]
    assert matcher(known, line2=str(twin.public_id)).match(said).person == twin
    referred = row(registration="GMC 1111111", staff_reference="E-1")
    assert matcher(known).match(referred).person == ANN


@pytest.mark.parametrize(
    ("said", "who"),
    [
        (row(registration="GMC 7777777", name="Nobody Known"), "claim"),
        (row(registration="GMC 7777777", staff_reference="E-2"), "Bob Elm"),
        (row(registration="GMC 7777777", name="Bob Elm"), "asked"),
    ],
    ids=["new", "reference", "name"],
)
def test_a_claim_is_looked_at_last_and_changes_no_answer(said: RosterRow, who: str) -> None:
    """Someone only says that they work here: what the practice is told must not follow from it."""
    own = person(7, name="Zoe Yew", registration="GMC 7777777", user_id=7)
    claim = post(own, 7, confirmed_on=None)
    known = record(post(BOB, 2, staff_reference="E-2"), hidden=[claim])
    match = matcher(known).match(said)
    if who == "asked":
        assert match.candidates == [BOB]
    elif who == "claim":
        assert (match.person, match.is_claim) == (own, True)
    else:
        assert (match.person, match.is_claim) == (BOB, False)
