"""My plan, by the page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from organisations.clock import today
from organisations.models import Organisation
from retention.models import Plan, PlanShare
from retention.queries.plans import read_plan
from tests.factories.accounts import RecognitionFactory, RoleGrantFactory, UserFactory
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db
YEAR = today().year + 4
TYPED = {"knows": "year", "retire_year": str(YEAR), "wishes": ["no_duty", "remote"], "version": 0}


@pytest.fixture
def user() -> User:
    return UserFactory()


@pytest.fixture
def hub(user: User) -> Organisation:
    hub = HubFactory()
    RecognitionFactory(user=user, hub=hub, state="recognised")
    return hub


@pytest.fixture
def me(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def test_everyone_is_asked_and_told_what_it_is_not(me: Client) -> None:
    page = text(me.get(reverse("plan")))
    assert "Everyone is asked, whatever their age" in page
    assert "This is not notice" in page
    assert not Plan.objects.exists()


def test_a_plan_is_saved_and_shown_again(me: Client) -> None:
    assert me.post(reverse("plan"), TYPED).status_code == 302
    assert read_plan(Plan.objects.get()).wishes == ("no_duty", "remote")
    page = text(me.get(reverse("plan")))
    assert f'value="{YEAR}"' in page
    assert page.count("checked") == 3


def test_of_two_windows_the_second_keeps_what_was_typed(me: Client) -> None:
    me.post(reverse("plan"), {"knows": "dont_know", "version": 0})
    page = text(me.post(reverse("plan"), TYPED))
    assert "in another window" in page
    assert f'value="{YEAR}"' in page
    assert page.count("checked") == 3
    assert 'name="version" value="1"' in page
    assert read_plan(Plan.objects.get()).retire_year is None


def test_a_year_that_is_over_is_named(me: Client) -> None:
    page = text(me.post(reverse("plan"), {**TYPED, "retire_year": "1999"}))
    assert f"Enter a year from {today().year} to" in page
    assert 'value="1999"' in page


def test_a_year_beside_i_dont_know_is_asked_about_and_kept(me: Client) -> None:
    page = text(me.post(reverse("plan"), {**TYPED, "knows": "dont_know", "retire_year": "soon"}))
    assert "Choose “Around a year” to keep this year, or empty it" in page
    assert 'value="soon"' in page
    assert not Plan.objects.exists()


def test_sharing_withdrawing_and_the_hubs_page(me: Client, hub: Organisation, user: User) -> None:
    me.post(reverse("plan"), TYPED)
    shared = text(me.post(reverse("plan-share", args=[hub.slug]), follow=True))
    assert "for six months. This is not notice." in shared
    lead = Client()
    lead.force_login(RoleGrantFactory(role="hub_retention_lead", organisation=hub).user)
    page = text(lead.get(reverse("plans-shared", args=[hub.slug])))
    assert f"Around {YEAR}" in page
    assert user.name in page
    share = PlanShare.objects.get()
    assert lead.post(reverse("plan-withdraw", args=[share.public_id])).status_code == 404
    me.post(reverse("plan-withdraw", args=[share.public_id]))
    page = text(lead.get(reverse("plans-shared", args=[hub.slug])))
    assert "Nobody shares a plan" in page


def test_a_hub_that_does_not_know_me_is_refused_in_words(me: Client) -> None:
    me.post(reverse("plan"), TYPED)
    address = reverse("plan-share", args=[HubFactory().slug])
    assert "only with a hub that recognises you" in text(me.post(address, follow=True))
    assert me.post(reverse("plan-share", args=["no-such-hub"])).status_code == 404


def test_deleting_a_plan_deletes_its_shares(me: Client, hub: Organisation) -> None:
    me.post(reverse("plan"), TYPED)
    me.post(reverse("plan-share", args=[hub.slug]))
    me.post(reverse("plan-delete"))
    assert not Plan.objects.exists()
    assert not PlanShare.objects.exists()
