"""Records that hold from a date until a date."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from organisations.models import Link, Organisation
from tests.factories.organisations import LinkFactory, PracticeFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 1)
ONE = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (DAY, None, True),
        (DAY + ONE, None, False),
        (DAY - ONE, DAY, False),
        (DAY - ONE, DAY + ONE, True),
        (DAY, DAY, False),
    ],
)
def test_start_is_in_and_end_is_out(start: dt.date, end: dt.date | None, holds: bool) -> None:
    LinkFactory(starts_on=start, ends_on=end)
    assert Link.objects.as_at(DAY).exists() is holds


@pytest.mark.parametrize(("opened", "holds"), [(None, True), (DAY, True), (DAY + ONE, False)])
def test_unknown_opening_day_means_always(opened: dt.date | None, holds: bool) -> None:
    practice = PracticeFactory(starts_on=opened)
    assert Organisation.objects.as_at(DAY).exists() is holds
    assert practice.holds_on(DAY) is holds


def test_period_cannot_end_before_it_starts() -> None:
    practice = PracticeFactory.build(starts_on=DAY, ends_on=DAY - ONE)
    with pytest.raises(ValidationError, match="end date must not be before"):
        practice.full_clean()
