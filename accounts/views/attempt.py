"""Calls an action for a form, and puts what it refuses beside the field that is to blame."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent, or None where it is only shown."""
    return request.POST if request.method == "POST" else None


def attempt(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Run `act` if the form was sent and is valid; return whether both went well."""
    if not form.is_valid():
        return False
    try:
        act()
    except ValidationError as refused:
        for field, problems in _by_field(refused).items():
            form.add_error(field if field in form.fields else None, ValidationError(problems))
        _show_version(form, refused)
        return False
    return True


def _show_version(form: forms.BaseForm, refused: ValidationError) -> None:
    """Let who was told of another window save over what it saved, and over no later change."""
    if "version" not in form.fields:
        return
    for error in (error for errors in _by_field(refused).values() for error in errors):
        if error.code == "stale" and error.params:
            data = QueryDict(mutable=True)
            data.update(form.data)
            data["version"] = str(error.params["version"])
            form.data = data


def _by_field(refused: ValidationError) -> dict[str, list[ValidationError]]:
    if hasattr(refused, "error_dict"):
        return dict(refused.error_dict)
    return {"": refused.error_list}
