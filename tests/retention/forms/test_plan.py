"""The form of a plan."""

import pytest

from retention.forms.plan import PlanForm
from retention.queries.plans import PlanContent

PLAN = PlanContent(retire_year=2031, wishes=("remote", "talk"))


@pytest.mark.parametrize("content", [PLAN, PlanContent(None, ())])
def test_a_plan_goes_in_and_comes_out_again(content: PlanContent) -> None:
    shown = PlanForm.filled(content, version=2)
    sent = {field.html_name: field.value() for field in shown if field.value() is not None}
    form = PlanForm(sent)
    assert form.is_valid(), form.errors
    assert (form.content, form.cleaned_data["version"]) == (content, 2)


def test_a_new_plan_has_nothing_chosen_for_anyone() -> None:
    form = PlanForm.filled(None, version=0)
    assert form["knows"].value() is None
    assert form["retire_year"].value() is None


def test_whoever_knows_the_year_is_asked_for_it() -> None:
    form = PlanForm({"knows": "year", "version": "0"})
    assert form.errors == {"retire_year": ["Enter the year in which you may retire"]}


def test_whoever_does_not_know_needs_no_year() -> None:
    form = PlanForm({"knows": "dont_know", "retire_year": "", "version": "0"})
    assert form.is_valid(), form.errors
    assert form.content.retire_year is None


@pytest.mark.parametrize("year", ["2031", "soon"])
def test_a_year_beside_not_knowing_is_asked_about_and_not_dropped(year: str) -> None:
    form = PlanForm({"knows": "dont_know", "retire_year": year, "version": "0"})
    assert form.errors == {"retire_year": ["Choose “Around a year” to keep this year, or empty it"]}


@pytest.mark.parametrize(
    ("field", "value"), [("knows", "maybe"), ("retire_year", "soon"), ("wishes", ["a yacht"])]
)
def test_a_wrong_answer_is_named(field: str, value: object) -> None:
    form = PlanForm({"knows": "year", "retire_year": "2031", "version": "0", field: value})
    assert set(form.errors) == {field}


def test_another_version_keeps_what_was_typed() -> None:
    form = PlanForm({"knows": "year", "retire_year": "2031", "wishes": ["talk"], "version": "1"})
    form.show_version(4)
    values = {field.html_name: field.value() for field in form}
    assert values == {"version": 4, "knows": "year", "retire_year": "2031", "wishes": ["talk"]}
