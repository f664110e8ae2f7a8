"""Template tags for the NHS design system: its macros, and Django's forms in its markup."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.functional import Promise
from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup, escape

from config.forms import Problem, form_problems, plain_errors, widget_classes

register = template.Library()

_MACROS = Environment(
    loader=PackageLoader("nhsuk_frontend_jinja"),
    # The macros read parameters that were not given.
    undefined=ChainableUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)

# Every other macro is named as its component.
_OTHER_NAMES = {"doDontList": "list", "images": "image", "tables": "table"}


@cache
def _macro(component: str) -> Callable[[object], Markup]:
    module = _MACROS.get_template(f"nhsuk/components/{component}/macro.jinja").module
    head, *rest = component.split("-")
    name = head + "".join(word.title() for word in rest)
    macro: Callable[[object], Markup] = getattr(module, _OTHER_NAMES.get(name, name))
    return macro


def _escaped(value: object) -> object:
    """Escape every text inside `value`, unless it is marked safe already.

    Some macros (label, legend, a card's link) print their `text` unescaped, so what goes in
    must be escaped before; a text that is escaped once is not escaped again.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {key: _escaped(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_escaped(item) for item in value]
    # A lazy text may be marked safe; only the text itself knows.
    return escape(str(value) if isinstance(value, Promise) else value)


def _nested(params: Mapping[str, object]) -> dict[str, object]:
    """Return `next__href="/"` as `next={"href": "/"}`: a template cannot write a dictionary."""
    nested: dict[str, object] = {}
    groups: dict[str, dict[str, object]] = {}
    for name, value in params.items():
        group, dunder, rest = name.partition("__")
        if dunder:
            groups.setdefault(group, {})[rest] = value
        else:
            nested[name] = value
    return nested | {group: _nested(inner) for group, inner in groups.items()}


@register.simple_tag
def nhs(component: str, **params: object) -> Markup:
    """Return a component of the design system: `{% nhs "button" text="Save" %}`.

    Parameters are those of the macro; one inside another is written with two underscores:
    `next__href="/"`. Text is always escaped, also where a macro's parameter is called `html`:
    only what a template has marked safe passes as it is.
    """
    return _macro(component)(_escaped(_nested(params)))


@register.simple_tag
def nhs_widget(field: BoundField) -> str:
    """Return a bound field's widget with the classes of the design system."""
    widget = field.field.widget
    if isinstance(widget, forms.DateInput):
        # The browser's own date picker; it speaks ISO dates only.
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    # A placeholder goes when one types, and is mistaken for an answer: labels and hints do that.
    return field.as_widget(attrs={"class": widget_classes(widget), "placeholder": False})


@register.simple_tag
def nhs_option(option: BoundWidget) -> str:
    """Return one radio button or checkbox of a field of choices, without its label."""
    kind = "radios" if option.data["type"] == "radio" else "checkboxes"
    option.data["attrs"]["class"] = f"nhsuk-{kind}__input"
    return option.tag()


@register.simple_tag
def nhs_field_errors(field: BoundField) -> list[str]:
    """Return a bound field's errors as sentences that say what to do."""
    return plain_errors(field)


@register.simple_tag
def nhs_problems(form: forms.BaseForm) -> list[Problem]:
    """Return the rows of a form's error summary, each with the field it leads to."""
    return form_problems(form)


@register.filter
def nhs_kind(field: BoundField) -> str:
    """Return how a bound field is laid out: checkbox, choices, password, file or plain."""
    widget = field.field.widget
    kinds = (
        ("choices", (forms.RadioSelect, forms.CheckboxSelectMultiple)),
        ("checkbox", (forms.CheckboxInput,)),
        ("password", (forms.PasswordInput,)),
        ("file", (forms.FileInput,)),
    )
    return next((kind for kind, types in kinds if isinstance(widget, types)), "plain")


@register.filter(is_safe=True)
def sentence_case(text: str) -> str:
    """Return a heading as a sentence: "Change Password" becomes "Change password".

    Words that are all capitals (a code, an abbreviation) stay.
    """
    words = [word if word.isupper() and len(word) > 1 else word.lower() for word in text.split()]
    sentence = " ".join(words)
    return sentence[:1].upper() + sentence[1:]


@register.filter
def beside(headers: Sequence[str], row: Sequence[str]) -> list[tuple[str, str]]:
    """Return each cell of a row behind the header of its column."""
    return list(zip(headers, row, strict=True))


# After a sign that joins words, where more follows.
_AFTER_A_JOINT = re.compile(r"(?<=[_.-])(?=\w)")


@register.filter
def breakable(file_name: str) -> Markup:
    """Return a file's name, escaped, that breaks between its words before it breaks inside one."""
    return Markup("<wbr>").join(_AFTER_A_JOINT.split(file_name))


@register.filter
def page_of(number: int, pages: int) -> str:
    """Return "2 of 9", the name of a page in a list."""
    return f"{number} of {pages}"
