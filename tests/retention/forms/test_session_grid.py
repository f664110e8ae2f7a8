"""The half-day grid as a form: what is typed stays, and each problem is named."""

from decimal import Decimal
from typing import Any

import pytest

from retention.forms.session_grid import MOST_FIELDS, SessionGridForm
from retention.queries.patterns import Shape, Terms

WEEK = {(0, "am"): ("clinical", 250), (5, "eve"): ("admin", 60)}


def typed(**fields: Any) -> SessionGridForm:
    return SessionGridForm({"version": "0", **fields}, session_minutes=240)


def test_a_week_goes_in_and_comes_out_again() -> None:
    shown = SessionGridForm(session_minutes=250, week=WEEK, version=3)
    sent = {field.html_name: field.value() for field in shown if field.value() is not None}
    form = SessionGridForm(sent, session_minutes=250)
    assert form.is_valid(), form.errors
    assert form.week == WEEK
    assert form.cleaned_data["version"] == 3


def test_the_page_shows_six_days_of_three_half_days() -> None:
    days = SessionGridForm(session_minutes=250).days
    assert [day.name for day in days][::5] == ["Monday", "Saturday"]
    assert [cell.part for cell in days[0].cells] == ["Morning", "Afternoon", "Evening"]
    assert days[2].cells[1].name == "Wednesday afternoon"


def test_a_kind_without_minutes_is_a_session_of_the_post() -> None:
    form = typed(kind_0_am="clinical")
    assert form.is_valid()
    assert form.week == {(0, "am"): ("clinical", 240)}


@pytest.mark.parametrize("minutes", ["0", "481", "-1", "4h", "9" * 30, "1.5", "२४००"])
def test_minutes_out_of_range_are_named_and_kept(minutes: str) -> None:
    form = typed(kind_1_pm="admin", minutes_1_pm=minutes, kind_0_am="clinical")
    assert not form.is_valid()
    assert form.errors == {"minutes_1_pm": ["Tuesday afternoon: enter whole minutes from 1 to 480"]}
    assert form["minutes_1_pm"].value() == minutes
    assert form["kind_0_am"].value() == "clinical"


def test_minutes_that_are_for_nothing_are_asked_about() -> None:
    form = typed(minutes_4_am="250")
    assert form.errors == {
        "kind_4_am": ["Friday morning: choose what it is for, or clear its minutes"]
    }


@pytest.mark.parametrize("kind", ["off", "golf", "other", "<script>"])
def test_a_kind_from_outside_the_list_is_refused(kind: str) -> None:
    form = typed(kind_0_am=kind, minutes_0_am="250")
    assert form.errors == {"kind_0_am": ["Monday morning: choose what it is for from the list"]}


@pytest.mark.parametrize("version", ["", "-1", "x"])
def test_the_version_must_come_along(version: str) -> None:
    assert "version" in typed(version=version).errors


def test_another_week_can_be_put_on_the_page() -> None:
    form = typed(kind_2_am="cpd", minutes_2_am="30")
    form.show(week=WEEK, version=9)
    assert form["kind_2_am"].value() == ""
    assert form.is_valid()
    assert form.week == WEEK
    assert form["version"].value() == 9


def test_every_field_has_a_label_of_its_own() -> None:
    labels = [field.label for field in SessionGridForm(session_minutes=250).visible_fields()]
    # 36 for each week, the five terms, and the text to paste.
    assert len(labels) == len(set(labels)) == 78


ALTERNATE = Shape(
    week=WEEK,
    week_b={(3, "pm"): ("clinical", 200)},
    terms=Terms("term_time", 39, None, 2500),
)


@pytest.mark.parametrize(
    "shape",
    [
        ALTERNATE,
        Shape(WEEK, week_b={}),
        Shape({}, terms=Terms("annualised", 44, Decimal("312.5"), None)),
    ],
)
def test_every_shape_goes_in_and_comes_out_again(shape: Shape) -> None:
    shown = SessionGridForm(session_minutes=250, shape=shape)
    sent = {field.html_name: field.value() for field in shown if field.value() is not None}
    form = SessionGridForm(sent, session_minutes=250)
    assert form.is_valid(), form.errors
    assert form.shape == shape


@pytest.mark.parametrize(
    ("terms", "field", "words"),
    [
        ({"basis": "term_time"}, "weeks_a_year", "Enter how many weeks a year"),
        ({"basis": "annualised", "weeks_a_year": "44"}, "sessions_a_year", "Enter how many"),
        ({"weeks_a_year": "39"}, "weeks_a_year", "Clear this"),
        (
            {"basis": "term_time", "weeks_a_year": "39", "sessions_a_year": "9"},
            "sessions_a_year",
            "Clear this",
        ),
        ({"kind_b_0_am": "clinical"}, "rhythm", "Choose two weeks in turn"),
        ({"basis": "term_time", "weeks_a_year": "53"}, "weeks_a_year", "less than or equal to 52"),
        ({"actual_hours": "101"}, "actual_hours", "less than or equal to 100"),
    ],
)
def test_terms_that_do_not_fit_are_told_at_their_field(
    terms: dict[str, str], field: str, words: str
) -> None:
    form = typed(**terms)
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]


def test_undo_puts_back_what_a_button_changed_and_undone_twice_it_is_there_again() -> None:
    form = typed(kind_2_am="cpd", minutes_2_am="30")
    form.show(week={}, week_b={}, before=form.as_text())
    assert form.is_valid()
    assert form.week == {}
    form.undo()
    assert form.is_valid()
    assert form.week == {(2, "am"): ("cpd", 30)}
    form.undo()
    assert form.is_valid()
    assert form.week == {}


def test_undo_of_nothing_changes_nothing_and_a_forged_one_sets_no_version() -> None:
    form = typed(kind_2_am="cpd", minutes_2_am="30")
    form.undo()
    assert form.is_valid()
    assert form.week == {(2, "am"): ("cpd", 30)}
    form = typed(before="version=7&kind_0_am=admin&who=me")
    form.undo()
    assert form["version"].value() == "0"
    assert form["kind_0_am"].value() == "admin"


def test_undo_of_more_fields_than_a_week_has_changes_nothing() -> None:
    form = typed(kind_2_am="cpd", minutes_2_am="30", before="a=1&" * (MOST_FIELDS + 1))
    form.undo()
    assert form.is_valid()
    assert form.week == {(2, "am"): ("cpd", 30)}


def test_a_week_b_put_on_the_page_makes_two_weeks() -> None:
    form = typed(kind_2_am="cpd", minutes_2_am="30")
    form.show(week_b=WEEK, before="")
    assert form.is_valid()
    assert form.alternates
    assert (form.shape.week, form.shape.week_b) == ({(2, "am"): ("cpd", 30)}, WEEK)
