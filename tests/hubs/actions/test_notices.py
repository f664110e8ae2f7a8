"""One neutral mail, once the change is saved; nobody without an account gets one."""

from typing import Any

import pytest
from django.core import mail

from hubs.actions.notices import tell
from tests.factories.retention import PersonFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db


def test_only_people_with_an_account_are_told(django_capture_on_commit_callbacks: Any) -> None:
    person = RegisteredPersonFactory()
    with django_capture_on_commit_callbacks(execute=True):
        tell(person, PersonFactory())
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [[person.user.email]]
