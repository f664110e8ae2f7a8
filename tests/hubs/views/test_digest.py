"""The page of my monthly summary: what it would say, and its switch, without a script."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from hubs.models import DigestChoice, DigestIssue
from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import JUNE, OLD, add_up, profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Organisation]:
    made = area_of_one_practice()
    profile_of(made["practice"], OLD)
    add_up()
    return made


def signed_in(role: str | None = None, place: Organisation | None = None) -> tuple[Client, User]:
    user = UserFactory()
    if role:
        RoleGrantFactory(user=user, role=role, organisation=place)
    client = Client()
    client.force_login(user)
    return client, user


def test_it_shows_what_would_be_sent_and_switches(places: dict[str, Organisation]) -> None:
    client, user = signed_in("network_lead", places["network"])
    page = client.get(reverse("digest")).text
    assert "8 qualified permanent GPs" in page
    assert "Flagged:" in page
    assert 1 <= page.split("What it would say today")[1].split("</ul>")[0].count("<li>") <= 5
    off = client.post(reverse("digest"), {"wanted": "no"}, follow=True).text
    assert "switched off" in off
    assert "Switch it on" in off
    assert not DigestChoice.objects.get(user=user).wanted
    assert "switched on" in client.post(reverse("digest"), {"wanted": "yes"}, follow=True).text
    assert reverse("digest") in client.get(reverse("my-data")).text


def test_without_a_role_that_gets_it_the_page_says_so() -> None:
    client, _ = signed_in()
    page = client.get(reverse("digest")).text
    assert "You hold none of these roles" in page
    assert "What it would say" not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("sent", "Last sent on"),
        ("failed", "could not be sent"),
        ("handed", "has not said whether it took it"),
        ("waiting", "about to be sent"),
    ],
)
def test_what_became_of_the_last_one_is_said(
    places: dict[str, Organisation], state: str, words: str
) -> None:
    client, user = signed_in("board_viewer", places["hub"])
    DigestIssue.objects.create(
        user=user,
        month=JUNE,
        state=state,
        tried_at=timezone.now(),
        sent_at=timezone.now() if state == "sent" else None,
    )
    DigestIssue.objects.create(
        user=user,
        month=JUNE - dt.timedelta(days=31),
        state="sent",
        sent_at=timezone.now(),
    )
    assert words in client.get(reverse("digest")).text
