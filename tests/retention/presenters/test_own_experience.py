"""Words and tables of own leavers, without a door."""

import datetime as dt
from dataclasses import replace

from models.disclosure import WITHHELD, Band, Withheld
from models.own_experience import Span
from organisations.models import Organisation
from retention.models.published_count import StaffGroup
from retention.presenters.own_experience import (
    decimals,
    experience_sheets,
    experience_view,
    shares,
    whole,
)
from retention.queries.own_experience import GroupExperience, OwnExperience, Stretch, Weight

HUB = Organisation(code="HUB1", kind="training_hub", name="Heron Hub", slug="heron")
NETWORK = Organisation(code="U12345", kind="network", name="Heron PCN")
STRETCH = Stretch(
    since=dt.date(2025, 1, 1),
    until=dt.date(2026, 1, 1),
    person_years=Span(200, 224),
    leavers=Band(16, 23),
    retired=Band(8, 15),
    unexplained=WITHHELD,
    expected=Span(18.0, 20.0),
    expected_retired=Span(9.0, 10.0),
    table_version="Table-1",
)
WEIGHTS = (Weight(1, 0.12), Weight(3, 0.29))


def found(*stretches: Stretch, place: Organisation = HUB) -> OwnExperience:
    return OwnExperience(
        place, (GroupExperience(StaffGroup.GP, stretches, WEIGHTS, yearly_expected=6.2),)
    )


def told(unexplained: Band | Withheld = WITHHELD) -> tuple[str, ...]:
    return experience_view(found(replace(STRETCH, unexplained=unexplained))).groups[0].sentences


def test_the_sentences_compare_weigh_and_say_who_is_left_out() -> None:
    compared, weighed, left_out = told()
    assert compared.startswith(
        "From 1 January 2025 to 1 January 2026 practices that share recorded 16 to 23 people who"
        " retired or left general practice, in 200 to 224 person-years. The standard table expects"
        " 18 to 20. That is 0.8 to 1.3 times"
    )
    assert weighed == (
        "Your own record would carry 29% to 31% of the weight, the table 69% to 71%. Both together"
        " would put leaving at 0.9 to 1.1 times the table's."
    )
    assert "where they went: with those" in left_out
    assert "where they went (8 to 15 people): with those" in told(Band(8, 15))[2]


def test_the_table_has_all_leaving_and_retirement_or_a_star() -> None:
    table = experience_view(found(STRETCH)).groups[0].table
    assert [row[:3] for row in table.rows] == [
        ["All leaving", "16 to 23", "18 to 20"],
        ["Retirement alone", "8 to 15", "9 to 10"],
    ]
    withheld = experience_view(found(replace(STRETCH, retired=WITHHELD))).groups[0]
    assert withheld.table.rows[1] == ["Retirement alone", *["*"] * 6]
    assert withheld.stretches is None


def test_what_was_told_in_parts_has_a_table_of_them() -> None:
    later = replace(STRETCH, since=STRETCH.until, until=dt.date(2027, 1, 1), retired=WITHHELD)
    [group] = experience_view(found(STRETCH, later)).groups
    assert group.sentences[0].startswith("From 1 January 2025 to 1 January 2027 practices")
    assert "32 to 46 people" in group.sentences[0]
    assert group.stretches is not None
    assert group.stretches.rows[1] == [
        *("1 January 2026", "1 January 2027", "200 to 224", "16 to 23", "*", "18 to 20")
    ]


def test_without_anything_told_it_says_what_is_looked_at_and_what_a_record_would_weigh() -> None:
    view = experience_view(found())
    assert view.groups == ()
    assert view.nothing.startswith("Nothing is told of your own leavers yet.")
    assert view.weights is not None
    assert view.weights.rows == [["GPs", "6", "12%", "29%"]]
    network = experience_view(found(place=NETWORK))
    assert network.nothing.startswith("Leavers are counted for a training hub's area alone")
    assert not network.is_counted


def test_without_published_figures_there_is_no_table_of_weights() -> None:
    view = experience_view(OwnExperience(HUB, (GroupExperience(StaffGroup.GP),)))
    assert view.weights is None
    assert [sheet.id for sheet in experience_sheets(view)] == ["own-said"]


def test_files_hold_the_sentences_and_every_table() -> None:
    view = experience_view(found(STRETCH, STRETCH))
    sheets = experience_sheets(view)
    assert [sheet.id for sheet in sheets] == [
        "own-said",
        "own-gp",
        "own-gp-months",
        "own-weights",
    ]
    assert [view.about] in sheets[0].rows
    assert [view.groups[0].sentences[1]] in sheets[0].rows


def test_a_range_of_one_is_said_once() -> None:
    assert (whole(Span(3.2, 3.4)), whole(Span(3, 1_204))) == ("3", "3 to 1,204")
    assert (decimals(Span(0.91, 0.94)), shares(Span(0.12, 0.124))) == ("0.9", "12%")
