"""Notices on the first page, until they are put away."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import NoticeFactory, RoleGrantFactory
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db


def test_it_stands_on_my_page_until_it_is_put_away(client: Client) -> None:
    notice = NoticeFactory(place__name="Alder Practice")
    client.force_login(notice.user)
    heading = "Alder Practice closes on 1 April 2026"
    assert heading in client.get(reverse("me")).content.decode()
    assert heading not in client.get(reverse("places")).content.decode()
    answer = client.post(reverse("notice-read", args=[notice.public_id]), follow=True)
    assert answer.redirect_chain == [(reverse("me"), 302)]
    assert heading not in answer.content.decode()


def test_a_manager_finds_it_on_the_page_of_the_practice(client: Client) -> None:
    places = area_of_one_practice()
    grant = RoleGrantFactory(role="practice_manager", organisation=places["practice"])
    NoticeFactory(user=grant.user, kind="staff_told", place=places["practice"])
    client.force_login(grant.user)
    home = places["practice"].get_absolute_url()
    page = client.get(home).content.decode()
    assert "told you of a change" in page
    assert page.count("I have read this") == 1


def test_nobody_sees_or_puts_away_anothers(client: Client) -> None:
    notice = NoticeFactory()
    client.force_login(RoleGrantFactory().user)
    assert "closes on" not in client.get(reverse("me")).content.decode()
    address = reverse("notice-read", args=[notice.public_id])
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405
