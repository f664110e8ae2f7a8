"""The command that deletes what is over its time."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Invitation
from tests.factories.accounts import InvitationFactory


@pytest.mark.django_db
def test_tells_how_many_went() -> None:
    InvitationFactory()
    out = StringIO()
    with time_machine.travel(timezone.now() + dt.timedelta(days=60)):
        call_command("purge_expired", stdout=out)
    assert "invitations: 1" in out.getvalue()
    assert "audit rows: 0" in out.getvalue()
    assert not Invitation.objects.exists()
