"""What a form's action refuses stands beside the field that is to blame."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from accounts.views.attempt import attempt, posted
from organisations.versions import stale


class NameForm(forms.Form):
    name = forms.CharField()
    version = forms.IntegerField(widget=forms.HiddenInput)


def sent(**data: str) -> NameForm:
    request = RequestFactory().post("/", {"name": "Alder", "version": "1", **data})
    return NameForm(posted(request))


def refusing(problem: ValidationError) -> Callable[[], None]:
    def act() -> None:
        raise problem

    return act


def test_a_form_that_is_only_shown_does_nothing() -> None:
    done: list[int] = []
    form = NameForm(posted(RequestFactory().get("/?name=Alder&version=1")))
    assert not attempt(form, lambda: done.append(1))
    assert (done, form.errors) == ([], {})


def test_a_form_with_an_error_does_nothing() -> None:
    done: list[int] = []
    assert not attempt(sent(name=""), lambda: done.append(1))
    assert done == []


def test_a_good_form_acts_once() -> None:
    done: list[int] = []
    assert attempt(sent(), lambda: done.append(1))
    assert done == [1]


def test_a_refusal_stands_beside_its_field_and_one_of_no_field_on_top() -> None:
    form = sent()
    problem = ValidationError({"name": "Taken.", "elsewhere": "Closed."})
    assert not attempt(form, refusing(problem))
    assert form.errors == {"name": ["Taken."], "__all__": ["Closed."]}


def test_having_been_told_of_another_window_one_may_save_over_that_change_alone() -> None:
    form = sent()
    assert not attempt(form, refusing(stale(4)))
    assert form["version"].value() == "4"
    assert form["name"].value() == "Alder"


def test_another_refusal_leaves_the_version_as_it_was_read() -> None:
    form = sent()
    attempt(form, refusing(ValidationError("No.")))
    assert form["version"].value() == "1"
