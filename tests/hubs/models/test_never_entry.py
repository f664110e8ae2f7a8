"""A line of a never list is about an address or a practice, never both, and stands once."""

import pytest
from django.db import IntegrityError

from hubs.models import NeverEntry
from tests.factories.hubs import NeverEntryFactory
from tests.factories.organisations import PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("email", [None, "never@example.org"])
def test_it_is_about_one_thing(email: str | None) -> None:
    practice = PracticeFactory() if email else None
    with pytest.raises(IntegrityError):
        NeverEntryFactory(email=email, practice=practice)


@pytest.mark.parametrize("of_practice", [True, False])
def test_it_stands_once_for_each_owner(of_practice: bool) -> None:
    about: dict[str, object] = {"email": "never@example.org"}
    if of_practice:
        about = {"email": None, "practice": PracticeFactory()}
    entry = NeverEntryFactory(**about)
    NeverEntryFactory(**about)
    assert NeverEntry.objects.count() == 2
    with pytest.raises(IntegrityError):
        NeverEntryFactory(owner=entry.owner, **about)


def test_what_is_kept_names_nobody() -> None:
    entry = NeverEntryFactory(email="never@example.org")
    kept = f"{entry} {entry.email_digest} {bytes(entry.sealed_label or b'')!r}"
    assert "never@" not in kept
