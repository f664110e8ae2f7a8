"""How Django's forms look: the renderer, the classes of each widget, the words of each error."""

from typing import Final, TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

_REQUIRED: Final = str(forms.Field.default_error_messages["required"])
_WIDTHS: Final = (2, 3, 4, 5, 10, 20, 30)
_CHOICES: Final = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)


class Problem(TypedDict):
    """One row of an error summary; `href` is empty where no field is to blame."""

    text: str
    href: str


class NhsFormRenderer(TemplatesSetting):
    """Renders every form, allauth's included, with the templates in templates/nhs/."""

    form_template_name = "nhs/fields.html"
    field_template_name = "nhs/field.html"


def widget_classes(widget: forms.Widget) -> str:
    """Return the class attribute of a widget: the design system's, then the form author's."""
    match widget:
        case forms.Textarea():
            classes = ["nhsuk-textarea"]
        case forms.CheckboxInput():
            classes = ["nhsuk-checkboxes__input"]
        case forms.Select():
            classes = ["nhsuk-select"]
        case forms.FileInput():
            classes = ["nhsuk-file-upload__input"]
        case forms.PasswordInput():
            # The last class is how the script finds the field, to show what was typed.
            classes = ["nhsuk-input", "nhsuk-password-input__input"]
            classes.append("nhsuk-js-password-input-input")
        case _:
            classes = ["nhsuk-input", *_width(widget)]
    return " ".join([*classes, *str(widget.attrs.get("class", "")).split()])


def _width(widget: forms.Widget) -> list[str]:
    """Return a width that hints at how much is expected; nothing where that is not known."""
    if isinstance(widget, forms.DateInput | forms.NumberInput):
        return ["nhsuk-input--width-10"]
    longest = int(widget.attrs.get("maxlength") or 0)
    return [f"nhsuk-input--width-{width}" for width in _WIDTHS if 0 < longest <= width][:1]


def plain_errors(field: BoundField) -> list[str]:
    """Return a field's errors; Django's "This field is required." says what to do instead."""
    problems = [problem for error in field.errors.as_data() for problem in error.error_list]
    return [_sentence(field, problem) for problem in problems]


def _sentence(field: BoundField, problem: ValidationError) -> str:
    message = " ".join(problem.messages)
    if problem.code != "required" or message != _REQUIRED:
        return message
    label = str(field.label).strip()
    if label.endswith("?"):
        return f"Answer the question: {label}"
    # An abbreviation such as "GP sessions" keeps its capitals.
    name = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick the box: {label}"
    if isinstance(widget, forms.FileInput):
        return f"Choose a file: {name}"
    return f"{'Select' if isinstance(widget, _CHOICES) else 'Enter'} {name}"


def form_problems(form: forms.BaseForm) -> list[Problem]:
    """Return the error summary of a form: its own errors first, then each field's in order."""
    problems = [Problem(text=str(text), href="") for text in form.non_field_errors()]
    for field in form:
        if field.name in form.errors:
            href = "" if field.is_hidden else f"#{_target(field)}"
            problems += [Problem(text=text, href=href) for text in plain_errors(field)]
    return problems


def _target(field: BoundField) -> str:
    """Return the id an error leads to; of a group of choices that is its first one."""
    if field.use_fieldset:
        first = next(iter(field.subwidgets), None)
        if first is not None and first.id_for_label:
            return str(first.id_for_label)
    return field.auto_id
