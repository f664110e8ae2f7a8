"""The pages of allauth: all in our look, none of it outside the Content-Security-Policy."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory

SIGNED_OUT = ["account_login", "account_signup", "account_reset_password"]
SIGNED_IN = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "usersessions_list",
]

pytestmark = pytest.mark.django_db


def check_page(html: str) -> None:
    """Fail unless the page is whole, ours, and needs no inline style or script."""
    assert html.count("<h1") == 1
    assert re.search(r"<title>\s*\S.* - Retention Hub</title>", html, re.S)
    assert "nhsuk-header" in html
    assert not re.search(r"\sstyle=|\son[a-z]+=", html)
    for attributes in re.findall(r"<script([^>]*)>", html):
        assert "src=" in attributes or 'type="application/json"' in attributes
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_page_for_everyone(client: Client, name: str) -> None:
    check_page(client.get(reverse(name)).content.decode())


@pytest.mark.parametrize("name", SIGNED_IN)
def test_page_of_ones_own_account(client: Client, name: str) -> None:
    client.force_login(UserFactory())
    response = client.get(reverse(name), follow=True)
    assert response.status_code == 200
    check_page(response.content.decode())


def test_wrong_password_is_told_in_the_summary_and_the_address_stays(client: Client) -> None:
    answers = {"login": "nobody@example.test", "password": "not the password"}
    html = client.post(reverse("account_login"), answers).content.decode()
    check_page(html)
    assert "There is a problem" in html
    assert 'value="nobody@example.test"' in html
    assert "not the password" not in html


def test_sign_in_leads_on_to_where_one_wanted_to_go(client: Client) -> None:
    html = client.get(reverse("account_login"), {"next": "/networks/U12345/"}).content.decode()
    assert re.search(r'name="next"\s+value="/networks/U12345/"', html)


def test_sign_up_errors_lead_to_each_field(client: Client) -> None:
    html = client.post(reverse("account_signup"), {"email": "x"}).content.decode()
    check_page(html)
    for field in ("email", "password1", "password2", "name"):
        assert f'href="#id_{field}"' in html
        assert f'id="id_{field}_error"' in html
