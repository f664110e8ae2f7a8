"""What every page is told of its reader, and what it need not ask for."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from config.context_processors import site
from tests.factories.accounts import NoticeFactory, RoleGrantFactory, UserFactory
from tests.factories.organisations import PracticeFactory

pytestmark = pytest.mark.django_db


def test_whoever_is_signed_out_is_shown_no_way_and_no_news(client: Client) -> None:
    context = client.get(reverse("privacy")).context
    assert (context["navigation"], context["notices"], list(context["to_do"])) == ([], [], [])


def test_a_page_that_fails_before_anyone_is_known_still_has_its_frame() -> None:
    assert site(RequestFactory().get("/"))["actor"] is None


def test_news_stand_on_ones_first_pages_alone(client: Client) -> None:
    practice, user = PracticeFactory(), UserFactory()
    RoleGrantFactory(user=user, role="practice_manager", organisation=practice)
    NoticeFactory(user=user)
    client.force_login(user)
    for address, count in (
        (reverse("me"), 1),
        (practice.get_absolute_url(), 1),
        (reverse("roles"), 0),
    ):
        assert len(client.get(address).context["notices"]) == count, address
