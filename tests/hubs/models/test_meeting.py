"""What the database itself refuses of a meeting."""

import pytest
from django.db import IntegrityError

from hubs.models import Meeting
from tests.factories.hubs import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "terms", [{"minutes": 4}, {"minutes": 481}, {"kind": "post"}, {"state": "planned"}], ids=str
)
def test_what_no_meeting_can_be(terms: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        MeetingFactory(**terms)


def test_the_same_meeting_stands_once_in_a_pair() -> None:
    meeting = MeetingFactory()
    MeetingFactory()
    with pytest.raises(IntegrityError):
        MeetingFactory(pair=meeting.pair)


def test_it_outlives_the_account_of_who_logged_it() -> None:
    meeting = MeetingFactory(logged_by=None)
    assert Meeting.objects.get(pk=meeting.pk).logged_by is None
