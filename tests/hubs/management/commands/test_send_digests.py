import datetime as dt
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from hubs.models import DigestIssue
from tests.factories.accounts import RoleGrantFactory
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import add_up, profile_of

pytestmark = pytest.mark.django_db


def test_it_queues_for_all_and_says_what_failed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    places = area_of_one_practice()
    profile_of(places["practice"])
    add_up()
    for role in ("board_viewer", "hub_administrator"):
        RoleGrantFactory(role=role, organisation=places["hub"])
    said, problems = StringIO(), StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("send_digests", stdout=said, stderr=problems)
    assert said.getvalue() == "2 queued.\n"
    assert problems.getvalue() == ""
    assert len(mail.outbox) == 2
    DigestIssue.objects.filter(user__role_grants__role="board_viewer").update(
        state="failed", sent_at=None
    )
    call_command("send_digests", stdout=said, stderr=problems)
    assert "1 could not be sent" in problems.getvalue()
    assert "handed to the mail server" not in problems.getvalue()
    DigestIssue.objects.filter(state="sent").update(
        state="handed", sent_at=None, tried_at=timezone.now() - dt.timedelta(hours=1)
    )
    call_command("send_digests", stdout=said, stderr=problems)
    assert "1 handed to the mail server" in problems.getvalue()
