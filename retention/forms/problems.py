"""Brings what an action refuses back to the form that asked for it."""

from django import forms
from django.core.exceptions import ValidationError


def add_problems(form: forms.Form, problem: ValidationError) -> None:
    """Add an action's refusal to `form`: to its fields where it names them, else on top."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for field, errors in problem.error_dict.items():
        for error in errors:
            # An action may name a field that this form does not show: its words are kept.
            form.add_error(field if field in form.fields else None, error)


def problem_of(problem: ValidationError) -> str:
    """Return an action's refusal as one text, for a page without a form."""
    return " ".join(problem.messages)
