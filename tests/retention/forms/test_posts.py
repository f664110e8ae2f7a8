"""Forms of posts."""

import datetime as dt

import pytest

from organisations.clock import today
from retention.forms.posts import AddPostForm, EndPostForm, FindPlaceForm, PostForm

POST = {"role": "partner", "starts_on": "2026-04-01", "session_minutes": "250"}
PEOPLE = [("person:1", "Dr Ada Birch")]


def test_a_post_takes_a_role_a_day_and_a_length() -> None:
    form = PostForm(POST)
    assert form.is_valid()
    assert form.values == {
        "role": "partner",
        "starts_on": dt.date(2026, 4, 1),
        "session_minutes": 250,
    }


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("role", "", "Select the role"),
        ("starts_on", "", "Enter the first day in this role"),
        ("starts_on", "31/02/2026", "Enter a date, such as 2026-04-01"),
        ("session_minutes", "100", "Enter whole minutes from 120 to 360"),
        ("session_minutes", "four", "Enter whole minutes from 120 to 360"),
    ],
)
def test_what_is_wrong_with_a_post_says_what_to_do(field: str, value: str, problem: str) -> None:
    assert PostForm({**POST, field: value}).errors == {field: [problem]}


def test_someone_known_needs_no_name() -> None:
    assert AddPostForm({**POST, "who": "person:1"}, people=PEOPLE).is_valid()


def test_someone_new_needs_name_and_profession() -> None:
    form = AddPostForm({**POST, "who": "new"}, people=PEOPLE)
    assert set(form.errors) == {"name", "profession"}
    given = {**POST, "who": "new", "name": "Dr Ada Birch", "profession": "gp"}
    assert AddPostForm(given, people=PEOPLE).is_valid()


def test_nobody_from_elsewhere_can_be_chosen() -> None:
    assert "who" in AddPostForm({**POST, "who": "person:2"}, people=PEOPLE).errors


def test_an_empty_practice_starts_with_someone_new() -> None:
    assert AddPostForm(people=[])["who"].value() == "new"
    assert AddPostForm(people=PEOPLE)["who"].value() is None


def test_a_post_ends_the_day_after_its_last_day() -> None:
    form = EndPostForm({"last_day": "2026-03-31", "reason": "retired"})
    assert form.is_valid()
    assert form.ends_on == dt.date(2026, 4, 1)


def test_a_last_day_far_off_is_a_slip() -> None:
    form = EndPostForm({"last_day": f"{today().year + 3}-03-31", "reason": "retired"})
    assert form.errors == {"last_day": ["Enter a day within the next two years."]}


def test_one_letter_finds_too_much() -> None:
    assert FindPlaceForm({"find": "a"}).errors == {"find": ["Enter two letters or more"]}
