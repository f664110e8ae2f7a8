"""What the database itself refuses of a week, whatever wrote it."""

import datetime as dt

import pytest
from django.db import IntegrityError

from organisations.clock import today
from retention.models import SessionCell, SessionPattern
from tests.factories.retention import (
    DraftPatternFactory,
    PostFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "terms",
    [
        {"basis": "all_year"},
        {"basis": "term_time", "weeks_a_year": 39},
        {"basis": "annualised", "weeks_a_year": 42, "sessions_a_year": 300},
    ],
)
def test_terms_that_belong_together_are_kept(terms: dict[str, object]) -> None:
    SessionPatternFactory(**terms)
    assert SessionPattern.objects.filter(**terms).exists()


@pytest.mark.parametrize(
    "terms",
    [
        {"basis": "all_year", "weeks_a_year": 39},
        {"basis": "all_year", "sessions_a_year": 300},
        # To SQL a comparison with null is unknown, and a check lets unknown pass.
        {"basis": "term_time"},
        {"basis": "term_time", "weeks_a_year": 0},
        {"basis": "term_time", "weeks_a_year": 53},
        {"basis": "term_time", "weeks_a_year": 39, "sessions_a_year": 300},
        {"basis": "annualised", "weeks_a_year": 42},
        {"basis": "annualised", "sessions_a_year": 300},
        {"basis": "annualised", "weeks_a_year": 42, "sessions_a_year": 0},
        {"basis": "annualised", "weeks_a_year": 42, "sessions_a_year": 625},
        {"basis": "sometimes"},
        {"rhythm": "monthly"},
        {"actual_minutes": 6001},
        {"starts_on": None},
        {"ends_on": dt.date(2019, 1, 1)},
    ],
    ids=str,
)
def test_terms_that_contradict_each_other_are_refused(terms: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        SessionPatternFactory(**terms)


def test_a_post_has_one_draft_and_one_week_without_an_end() -> None:
    post = PostFactory()
    DraftPatternFactory(post=post)
    SessionPatternFactory(post=post, ends_on=today())
    SessionPatternFactory(post=post, starts_on=today())
    assert SessionPattern.objects.count() == 3


@pytest.mark.parametrize("factory", [DraftPatternFactory, SessionPatternFactory])
def test_a_second_one_is_refused(factory: type[SessionPatternFactory]) -> None:
    first = factory()
    with pytest.raises(IntegrityError):
        factory(post=first.post)


@pytest.mark.parametrize(
    "cell",
    [
        {"minutes": 0},
        {"minutes": 481},
        {"weekday": 6},
        {"part": "nig"},
        {"kind": "sick"},
        {"week": "c"},
    ],
    ids=str,
)
def test_a_half_day_that_is_none_is_refused(cell: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        SessionCellFactory(**cell)


def test_a_half_day_stands_once_in_each_week_of_the_two() -> None:
    pattern = SessionPatternFactory(rhythm="alternate")
    SessionCellFactory(pattern=pattern, week="a")
    SessionCellFactory(pattern=pattern, week="b")
    assert SessionCell.objects.filter(pattern=pattern).count() == 2
    with pytest.raises(IntegrityError):
        SessionCellFactory(pattern=pattern, week="b")


def test_a_draft_lies_in_nobodys_place() -> None:
    draft, told = DraftPatternFactory(), SessionPatternFactory()
    assert draft.access_place is None
    assert told.access_place == told.post.organisation
