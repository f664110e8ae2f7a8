"""An invitation's two weeks."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.models.invitation import LASTS
from tests.factories.accounts import InvitationFactory

pytestmark = pytest.mark.django_db
# Summer time ends between these days: two weeks are 336 hours all the same.
SENT = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("later", "is_open"), [(LASTS - dt.timedelta(seconds=1), True), (LASTS, False)]
)
def test_the_link_works_for_two_weeks_to_the_second(later: dt.timedelta, is_open: bool) -> None:
    with time_machine.travel(SENT, tick=False) as clock:
        invitation = InvitationFactory()
        clock.shift(later)
        assert invitation.is_open == is_open


@pytest.mark.parametrize("ended", ["accepted_at", "withdrawn_at"])
def test_a_link_that_was_used_or_withdrawn_opens_nothing(ended: str) -> None:
    assert not InvitationFactory(**{ended: timezone.now()}).is_open
