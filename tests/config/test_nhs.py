"""The tags: what an attacker types comes out as text, whatever macro prints it."""

import pytest
from django import forms
from django.template import Context, Template, engines
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe

from config.nhs import breakable, nhs_kind, page_of, sentence_case

ATTACK = "<script>alert('x')</script>\" onclick=\"x"


def rendered(template: str, **context: object) -> str:
    """Return the output of a template that names no library, as our pages do not."""
    return str(engines["django"].from_string(template).render(context))


@pytest.mark.parametrize(
    "tag",
    [
        '{% nhs "button" text=attack %}',
        '{% nhs "button" html=attack %}',
        '{% nhs "button" text="Go" href=attack %}',
        '{% nhs "button" text="Go" classes=attack %}',
        '{% nhs "tag" text=attack %}',
        '{% nhs "tag" text="x" attributes__title=attack %}',
        '{% nhs "tag" text="x" attributes=attack %}',
        '{% nhs "input" name="n" label__text=attack hint__text=attack value=attack %}',
        '{% nhs "fieldset" legend__text=attack %}',
        '{% nhs "card" heading=attack href="/" description=attack %}',
        '{% nhs "error-summary" titleText=attack errorList=problems %}',
        '{% nhs "radios" name="n" items=problems %}',
        '{% nhs "tables" caption=attack rows=rows %}',
    ],
)
def test_text_is_escaped_by_every_macro(tag: str) -> None:
    problems = [{"text": ATTACK, "href": "#id", "value": ATTACK}]
    html = rendered(tag, attack=ATTACK, problems=problems, rows=[[{"text": ATTACK}]])
    assert "<script>" not in html
    assert 'onclick="x' not in html


def test_text_is_escaped_once() -> None:
    html = rendered('{% nhs "tag" text=name %}', name="Smith & Sons")
    assert "Smith &amp; Sons" in html
    assert "&amp;amp;" not in html


def test_text_that_a_template_marked_safe_passes() -> None:
    assert "<b>now</b>" in rendered('{% nhs "tag" html=word %}', word=mark_safe("<b>now</b>"))


def test_lazy_text_is_escaped_too() -> None:
    assert "&lt;i&gt;" in rendered('{% nhs "tag" text=word %}', word=lazystr("<i>"))


def test_numbers_and_switches_reach_the_macro_as_they_are() -> None:
    html = rendered('{% nhs "button" text=3 preventDoubleClick=True disabled=False %}')
    assert 'data-prevent-double-click="true"' in html
    assert "disabled" not in html
    assert ">\n  3\n<" in html


def test_two_underscores_write_a_parameter_inside_another() -> None:
    html = rendered('{% nhs "pagination" next__href="/?page=2" next__labelText="2 of 3" %}')
    assert 'href="/?page=2"' in html
    assert "2 of 3" in html


def test_component_of_two_words_is_found() -> None:
    assert "nhsuk-back-link" in rendered('{% nhs "back-link" href="/" text="Back" %}')


class Everything(forms.Form):
    """A field of each kind."""

    name = forms.CharField()
    secret = forms.CharField(widget=forms.PasswordInput)
    agreed = forms.BooleanField()
    days = forms.MultipleChoiceField(choices=[("1", "Mon")], widget=forms.CheckboxSelectMultiple)
    how = forms.ChoiceField(choices=[("r", "Remote")], widget=forms.RadioSelect)
    place = forms.ChoiceField(choices=[("a", "A")])
    file = forms.FileField()


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("name", "plain"),
        ("secret", "password"),
        ("agreed", "checkbox"),
        ("days", "choices"),
        ("how", "choices"),
        ("place", "plain"),
        ("file", "file"),
    ],
)
def test_kind_follows_the_widget(field: str, kind: str) -> None:
    assert nhs_kind(Everything()[field]) == kind


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("  Change\n Password ", "Change password"),
        ("MFA Codes", "MFA codes"),
        ("sign in", "Sign in"),
        ("", ""),
    ],
)
def test_heading_becomes_a_sentence(title: str, sentence: str) -> None:
    assert sentence_case(title) == sentence


def test_sentence_of_an_attacker_is_escaped() -> None:
    template = Template("{% load nhs %}{{ word|sentence_case }}")
    assert template.render(Context({"word": "<B>"})) == "&lt;B&gt;"


def test_page_is_named_by_its_number() -> None:
    assert page_of(2, 9) == "2 of 9"


def test_a_file_name_breaks_between_its_words_and_is_escaped() -> None:
    assert breakable("GPW_Practice-CSV.092025.zip") == (
        "GPW_<wbr>Practice-<wbr>CSV.<wbr>092025.<wbr>zip"
    )
    assert breakable("<b>.csv") == "&lt;b&gt;.<wbr>csv"
    assert breakable("roster") == "roster"


def test_every_half_day_of_a_week_names_its_part_of_the_day() -> None:
    table = {"headers": ("Day", "Morning"), "rows": (("Monday", "16 to 23"),)}
    week = engines["django"].get_template("nhs/week_table.html")
    made = week.render({"table": table, "caption": "In", "id": "in"})
    assert 'role="rowheader" class="nhsuk-table__header">Monday</th>' in made
    assert 'aria-hidden="true">Morning </span>16 to 23</td>' in made
