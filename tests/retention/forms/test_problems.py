"""What an action refuses comes back to the form."""

from django import forms
from django.core.exceptions import ValidationError

from retention.forms.problems import add_problems, problem_of


class Name(forms.Form):
    name = forms.CharField()


def test_a_refusal_goes_to_its_field_and_what_no_field_has_goes_on_top() -> None:
    form = Name({"name": "x"})
    add_problems(form, ValidationError({"name": "Too short.", "owner": "Not known."}))
    add_problems(form, ValidationError("Reload the page."))
    assert form.errors == {"name": ["Too short."], "__all__": ["Not known.", "Reload the page."]}
    assert form["name"].value() == "x"


def test_a_refusal_as_one_text() -> None:
    assert problem_of(ValidationError(["One.", "Two."])) == "One. Two."
