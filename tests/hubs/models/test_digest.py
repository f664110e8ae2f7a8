"""A month's summary of a person stands once, and is sent exactly when it says when."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from hubs.models import DigestIssue
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
MONTH = dt.date(2025, 6, 1)


def test_a_month_of_a_person_stands_once() -> None:
    user = UserFactory()
    DigestIssue.objects.create(user=user, month=MONTH)
    DigestIssue.objects.create(user=UserFactory(), month=MONTH)
    with pytest.raises(IntegrityError):
        DigestIssue.objects.create(user=user, month=MONTH)


@pytest.mark.parametrize(
    "terms",
    [{"state": "sent"}, {"state": "handed", "sent_at": timezone.now()}, {"state": "lost"}],
    ids=lambda terms: terms["state"],
)
def test_only_what_was_sent_has_a_time_of_it(terms: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        DigestIssue.objects.create(user=UserFactory(), month=MONTH, **terms)
