"""A hub's lists of mentors and mentees, and what its page says of its counts."""

import datetime as dt

import pytest

from hubs.models import MenteeRequest
from hubs.presenters.hub import hub_page, mentee_lines, mentor_lines
from tests.factories.accounts import actor
from tests.factories.hubs import MenteeRequestFactory, MentorOfferFactory
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db


def test_a_mentor_without_pairs_has_none_and_the_places_of_their_hours() -> None:
    offer = MentorOfferFactory()
    [row] = mentor_lines([offer])["rows"]
    headers = mentor_lines([])["headers"]
    line = dict(zip(headers, row, strict=True))
    assert (line["Name"], line["Mentees"]) == (offer.person.name, 0)
    assert line["Places"] >= 1


def test_a_mentee_asked_on_the_day_of_the_clock_on_the_wall() -> None:
    asked = MenteeRequestFactory()
    night = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    MenteeRequest.objects.filter(pk=asked.pk).update(asked_at=night)
    table = mentee_lines(MenteeRequest.objects.all())
    [row] = table["rows"]
    assert dict(zip(table["headers"], row, strict=True))["Asked on"] == "1 July 2026"


def test_no_list_shows_an_age_or_a_year() -> None:
    headers = [*mentor_lines([])["headers"], *mentee_lines([])["headers"]]
    assert not [header for header in headers if "age" in header.lower() or "born" in header.lower()]


def test_counts_are_said_in_a_sentence_of_their_own() -> None:
    hub = area_of_one_practice()["hub"]
    page = hub_page(hub, by=actor("hub_retention_lead", hub))
    assert page.counts_of.startswith("Counted in this hub on ")
    assert page.counts_of.endswith(".")
