"""The half-day grid as a form: what is typed stays, and each problem is named."""

from typing import Any

import pytest

from retention.forms.session_grid import SessionGridForm

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
    assert len(labels) == len(set(labels)) == 36
