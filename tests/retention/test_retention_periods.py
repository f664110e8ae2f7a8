"""Deleting the workforce record when its time is over."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Subject
from accounts.retention_periods import purge_expired
from organisations.clock import today
from retention.models import Person, Post, SessionCell
from retention.retention_periods import years_before
from tests.factories.retention import (
    PersonFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
)

pytestmark = pytest.mark.django_db


def purge_in(years: int, days: int) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(days=years * 365 + days)):
        purge_expired()


def test_posts_go_six_years_after_their_end_with_their_weeks() -> None:
    person = RegisteredPersonFactory()
    SessionCellFactory(pattern__post=PostFactory(person=person, ends_on=today()))
    PostFactory(person=person)
    purge_in(6, -10)
    assert (Post.objects.count(), SessionCell.objects.count()) == (2, 1)
    purge_in(6, 10)
    assert (Post.objects.get().ends_on, SessionCell.objects.count()) == (None, 0)
    assert Person.objects.get() == person


def test_whoever_only_a_practice_had_named_goes_with_the_last_post() -> None:
    named, other = PersonFactory(), PersonFactory()
    PostFactory(person=named, ends_on=today())
    PostFactory(person=other, ends_on=today())
    PostFactory(person=other)
    purge_in(6, 10)
    assert Person.objects.get() == other
    assert not Subject.objects.filter(pk=named.subject_id).exists()


def test_the_period_is_the_hubs_to_set(settings: Settings) -> None:
    settings.RECORDS_KEPT_YEARS = 8
    PostFactory(ends_on=today())
    purge_in(7, 0)
    assert Post.objects.count() == 1
    purge_in(8, 10)
    assert not Post.objects.exists()


def test_a_leap_day_has_a_day_six_years_before() -> None:
    day = dt.datetime(2028, 2, 29, tzinfo=dt.UTC)
    assert years_before(day, 6) == dt.datetime(2022, 2, 28, tzinfo=dt.UTC)
