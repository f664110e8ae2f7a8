"""What an address asks for: whatever is written there, the page shows something that exists."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from retention.forms.place_profile import LONGEST, ProfileForm, asked_of, month_of
from retention.models.published_count import StaffGroup
from retention.queries.place_profile import place_profile
from tests.factories.organisations import PracticeFactory, area_of_one_practice


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_month_is_read_as_it_is_written(day: dt.date) -> None:
    assert month_of(f"{day:%Y-%m}") == day.replace(day=1)


@given(st.text(max_size=10))
def test_any_other_text_is_no_month_and_no_error(text: str) -> None:
    found = month_of(text)
    assert found is None or found.day == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "",
        "group=everyone&month=2025-13",
        "group=&month=%00&find=%00",
        "group=gp&compare=%00&compare=" + "9" * 400,
        "month='; DROP TABLE--&find=%25%5F",
    ],
)
def test_what_makes_no_sense_falls_back_to_what_is_usual(address: str) -> None:
    practice = area_of_one_practice()["practice"]
    asked = asked_of(QueryDict(address), practice)
    assert (asked.staff_group, asked.month) == (StaffGroup.GP, None)
    assert practice not in asked.places.chosen
    form = ProfileForm(place_profile(practice), asked)
    assert form["group"].value() == StaffGroup.GP


@pytest.mark.django_db
def test_words_are_cut_and_say_so_where_nothing_fits() -> None:
    practice = PracticeFactory()
    asked = asked_of(QueryDict(f"find={'x' * 300}"), practice)
    assert len(asked.text) == LONGEST
    form = ProfileForm(place_profile(practice), asked)
    assert form.errors["find"] == [
        "No other place fits what you typed. Try one word of its name, or its code."
    ]
    # Without a place to compare with there is nothing to tick.
    assert "compare" not in form.fields


@pytest.mark.django_db
def test_one_place_that_fits_is_ticked_and_its_words_are_gone() -> None:
    practice, other = PracticeFactory(), PracticeFactory(name="The Surgery by the Sea")
    asked = asked_of(QueryDict("group=nurses&find=by the sea"), practice)
    form = ProfileForm(place_profile(practice), asked)
    assert asked.staff_group == StaffGroup.NURSES
    assert form["compare"].value() == [other.code]
    assert form["find"].value() == ""
