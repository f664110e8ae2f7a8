"""Django's forms in NHS markup: labels, hints and errors tied to their fields, values kept."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from config.forms import form_problems, plain_errors, widget_classes

STAGES = [("", "Choose one"), ("t", "GP trainee"), ("f", "First five years")]


class SchemeForm(forms.Form):
    """One field of each kind, with hints."""

    token = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name of the scheme", help_text="As on letters", max_length=20)
    purpose = forms.CharField(label="What is it for?", widget=forms.Textarea)
    stage = forms.ChoiceField(label="Stage", choices=STAGES)
    how = forms.ChoiceField(
        label="How to meet",
        choices=[("r", "Remote"), ("f", "Face to face")],
        widget=forms.RadioSelect,
        help_text="Either works",
    )
    half_days = forms.MultipleChoiceField(
        label="Half-days",
        choices=[("1", "Monday <morning>"), ("2", "Tuesday")],
        widget=forms.CheckboxSelectMultiple,
    )
    start = forms.DateField(label="Start")
    hours = forms.IntegerField(label="GP hours", min_value=1, max_value=40)
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    file = forms.FileField(label="Workforce file")
    licence = forms.BooleanField(label="A licence is required")
    email = forms.EmailField(label="Email", required=False)


class Page(HTMLParser):
    """The ids of a page, and what points at them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        self.pointers += values.get("aria-describedby", "").split()
        self.pointers += values.get("aria-controls", "").split()
        if tag == "label":
            self.pointers.append(values["for"])
        if tag == "a" and values["href"].startswith("#"):
            self.pointers.append(values["href"][1:])


def page(form: forms.Form, **context: object) -> str:
    """Return the whole form with its error summary."""
    return render_to_string(
        "nhs/form.html", {"form": form, "submit": "Save", "summary": True, **context}
    )


@pytest.mark.parametrize("data", [None, {}], ids=["new", "with errors"])
def test_everything_that_points_finds_one_thing(data: dict[str, str] | None) -> None:
    found = Page(page(SchemeForm(data)))
    assert sorted(found.ids) == sorted(set(found.ids))
    assert set(found.pointers) <= set(found.ids)


def test_field_is_described_by_its_hint_and_its_error() -> None:
    html = page(SchemeForm({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert re.search(r'<fieldset[^>]*aria-describedby="id_how_helptext id_how_error"', html)


def test_error_summary_leads_to_each_field_in_order() -> None:
    html = page(SchemeForm({"token": "x"}))
    links = re.findall(r'href="#(\S+)"', html)
    assert links == [
        "id_name", "id_purpose", "id_stage", "id_how_0", "id_half_days_0", "id_start",
        "id_hours", "id_password", "id_file", "id_licence",
    ]  # fmt: skip


def test_missing_answer_says_what_to_do() -> None:
    problems = {problem["href"]: problem["text"] for problem in form_problems(SchemeForm({}))}
    assert problems["#id_name"] == "Enter name of the scheme"
    assert problems["#id_purpose"] == "Answer the question: What is it for?"
    assert problems["#id_stage"] == "Select stage"
    assert problems["#id_hours"] == "Enter GP hours"
    assert problems["#id_file"] == "Choose a file: workforce file"
    assert problems["#id_licence"] == "Tick the box: A licence is required"
    # A hidden field cannot be led to.
    assert problems[""] == "Enter token"


def test_words_of_the_form_author_stand() -> None:
    class Own(forms.Form):
        rate = forms.DecimalField(
            max_value=100, error_messages={"required": "Enter a rate, such as 82.50"}
        )

    assert plain_errors(Own({})["rate"]) == ["Enter a rate, such as 82.50"]
    assert plain_errors(Own({"rate": "120"})["rate"]) == [
        "Ensure this value is less than or equal to 100."
    ]


def test_error_of_the_form_comes_first_and_leads_nowhere() -> None:
    form = SchemeForm({})
    form.add_error(None, "Two schemes cannot have one name")
    assert form_problems(form)[0] == {"text": "Two schemes cannot have one name", "href": ""}


def test_values_survive_errors() -> None:
    data = {"name": "Scheme <b>", "purpose": "why </textarea>", "stage": "f", "how": "f",
            "half_days": ["2"], "start": "2027-04-01", "hours": "99", "licence": "on"}  # fmt: skip
    html = page(SchemeForm(data))
    assert 'value="Scheme &lt;b&gt;"' in html
    assert "why &lt;/textarea&gt;" in html
    assert '<option value="f" selected>' in html
    assert re.search(r'type="radio"[^>]*value="f"[^>]*checked', html)
    assert re.search(r'type="checkbox"[^>]*value="2"[^>]*checked', html)
    assert 'value="2027-04-01"' in html
    assert 'value="99"' in html
    assert re.search(r'name="licence"[^>]*checked', html)


def test_password_never_comes_back() -> None:
    assert "hunter2hunter2" not in page(SchemeForm({"password": "hunter2hunter2"}))


def test_date_is_asked_with_the_browsers_own_field() -> None:
    assert re.search(r'<input type="date"[^>]*name="start"', page(SchemeForm()))


def test_file_form_sends_files() -> None:
    assert 'enctype="multipart/form-data"' in page(SchemeForm())
    form = SchemeForm({}, MultiValueDict({"file": [SimpleUploadedFile("a.csv", b"x")]}))
    assert not plain_errors(form["file"])


def test_form_without_files_sends_none() -> None:
    class Small(forms.Form):
        place = forms.CharField(required=False)

    html = page(Small(), method="get", cancel_url="/back/")
    assert "enctype" not in html
    assert "csrfmiddlewaretoken" not in html
    assert 'href="/back/"' in html


def test_only_fields_that_may_be_empty_say_so() -> None:
    html = page(SchemeForm())
    assert "Email (optional)" in html
    assert html.count("(optional)") == 1


def test_form_of_filters_can_leave_that_out() -> None:
    class Filters(forms.Form):
        mark_optional = False
        place = forms.CharField(required=False)
        kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)

    assert "(optional)" not in page(Filters())


def test_choices_of_an_attacker_are_text() -> None:
    assert "Monday &lt;morning&gt;" in page(SchemeForm())


@pytest.mark.parametrize(
    ("widget", "classes"),
    [
        (forms.TextInput(attrs={"maxlength": "4"}), "nhsuk-input nhsuk-input--width-4"),
        (forms.TextInput(attrs={"maxlength": "200"}), "nhsuk-input"),
        (forms.TextInput(attrs={"class": "hub-wide"}), "nhsuk-input hub-wide"),
        (forms.NumberInput(), "nhsuk-input nhsuk-input--width-10"),
        (forms.Textarea(), "nhsuk-textarea"),
        (forms.Select(), "nhsuk-select"),
        (forms.FileInput(), "nhsuk-file-upload__input"),
        (forms.CheckboxInput(), "nhsuk-checkboxes__input"),
    ],
)
def test_widget_has_the_classes_of_the_design_system(widget: forms.Widget, classes: str) -> None:
    assert widget_classes(widget) == classes


def test_placeholder_is_left_out() -> None:
    class Old(forms.Form):
        place = forms.CharField(widget=forms.TextInput(attrs={"placeholder": "Place"}))

    assert "placeholder" not in page(Old())
