"""Signing up and in."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import AuditEvent, User
from accounts.models.audit_event import Act
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
DETAILS = {
    "email": "new@example.org",
    "name": "Robin New",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def test_who_signs_up_has_a_name_no_role_and_a_row_in_the_log(client: Client) -> None:
    assert client.post(reverse("account_signup"), DETAILS)["Location"] == "/"
    user = User.objects.get(email="new@example.org")
    assert user.name == "Robin New"
    assert not user.role_grants.exists()
    row = AuditEvent.objects.get()
    assert (row.act, row.actor, row.subject) == (Act.SIGNED_UP, user.subject_id, user.subject_id)


@pytest.mark.parametrize(
    "change",
    [
        {"password1": "short", "password2": "short"},
        {"password1": "123456789012", "password2": "123456789012"},
        {"password1": "new@example.org", "password2": "new@example.org"},
        {"name": ""},
        {"name": "x" * 121},
        {"email": "nobody"},
    ],
)
def test_bad_details_make_no_user(client: Client, change: dict[str, str]) -> None:
    page = client.post(reverse("account_signup"), DETAILS | change)
    assert "There is a problem" in page.content.decode()
    assert not User.objects.exists()


def test_address_in_use_is_not_given_away_nor_taken(client: Client, settings: Settings) -> None:
    """Where addresses are confirmed, as in production, both get the same answer."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    UserFactory(email="new@example.org", name="The First")
    answers = [
        client.post(reverse("account_signup"), DETAILS | {"email": email})
        for email in ("NEW@example.org", "other@example.org")
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert User.objects.get(email="new@example.org").name == "The First"
    assert User.objects.count() == 2


def test_sixth_wrong_password_is_stopped_even_if_the_next_is_right(client: Client) -> None:
    UserFactory(email="new@example.org")
    url, login = reverse("account_login"), {"login": "new@example.org", "password": "wrong"}
    for _ in range(6):
        client.post(url, login)
    client.post(url, login | {"password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_inactive_user_is_out_at_once(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    assert client.get(reverse("my-data")).status_code == 200
    User.objects.update(is_active=False)
    assert client.get(reverse("my-data"))["Location"].startswith("/accounts/login/")
