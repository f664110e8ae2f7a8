"""Who acts, and the way to the page for signing in and back."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actor import Actor
from organisations.clock import today
from tests.accounts.conftest import SignIn

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


def test_whoever_signs_in_again_is_back_on_the_page_that_was_asked_for(client: Client) -> None:
    assert client.get("/places/?q=x")["Location"] == f"{SIGN_IN}?next=/places/%3Fq%3Dx"


def test_a_form_sent_too_late_leads_back_to_its_page_and_not_to_where_it_went(
    client: Client,
) -> None:
    """Where a button went there may be nothing to show."""
    page = {"Referer": "http://testserver/me/plan/?x=1"}
    response = client.post(reverse("plan-delete"), headers=page)
    assert response["Location"] == f"{SIGN_IN}?next=/me/plan/%3Fx%3D1"


@pytest.mark.parametrize(
    "page",
    ["", "http://evil.example/me/plan/", "//evil.example/", "javascript:alert(1)", "http://["],
)
def test_without_a_page_of_ours_to_go_back_to_it_is_the_first_one(
    client: Client, page: str
) -> None:
    response = client.post(reverse("plan-delete"), headers={"Referer": page})
    assert response["Location"] == f"{SIGN_IN}?next={reverse('home')}"


def test_no_address_beside_ours_is_reached_over_a_page_of_ours(client: Client) -> None:
    response = client.post(
        reverse("plan-delete"), headers={"Referer": "http://testserver//evil.example/"}
    )
    assert response["Location"] == f"{SIGN_IN}?next={reverse('home')}"


def test_a_role_that_ends_today_acts_no_more(manager: Actor, sign_in: SignIn) -> None:
    browser = sign_in(manager)
    assert manager.role is not None
    page = reverse("practice-access", args=[manager.role.organisation.code])
    assert browser.get(page).status_code == 200
    manager.role.ends_on = today()
    manager.role.save()
    assert browser.get(page).status_code == 404


def test_what_is_shown_to_somebody_is_kept_by_no_browser(
    client: Client, manager: Actor, sign_in: SignIn
) -> None:
    assert "no-store" in sign_in(manager).get(reverse("me"))["Cache-Control"]
    assert "no-store" in sign_in(manager).get("/nothing/")["Cache-Control"]
    assert "Cache-Control" not in client.get(reverse("privacy"))
