"""A person who signs in."""

import pytest
from django.db import IntegrityError

from accounts.models import Subject, User

pytestmark = pytest.mark.django_db


def test_each_user_has_a_random_number_of_their_own_that_stays() -> None:
    user = User.objects.create_user("robin@example.org", name="Robin")
    subject = user.subject_id
    user.name = "Robin Example"
    user.save()
    assert (user.subject_id, Subject.objects.count()) == (subject, 1)


def test_an_account_without_a_password_opens_to_none() -> None:
    user = User.objects.create_user("robin@example.org", name="Robin")
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_two_spellings_of_an_address_are_one_person() -> None:
    User.objects.create_user("robin@example.org", name="Robin")
    with pytest.raises(IntegrityError):
        User.objects.create_user("Robin@example.org", name="Robin")
