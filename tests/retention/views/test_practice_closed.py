"""The page of a closed practice says since when, and who looks after its patients."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models.link import LinkKind
from tests.factories.accounts import UserFactory
from tests.factories.organisations import LinkFactory, NetworkFactory, PracticeFactory

pytestmark = pytest.mark.django_db
CLOSED = dt.date(2023, 3, 1)


def page_of(client: Client, code: str) -> str:
    client.force_login(UserFactory())
    return client.get(reverse("practice", args=[code])).content.decode()


def test_a_closed_practice_names_its_successor_and_its_history(client: Client) -> None:
    closed, now = PracticeFactory(ends_on=CLOSED), PracticeFactory(name="Oak Surgery")
    network = NetworkFactory(name="Willow PCN")
    LinkFactory(child=closed, parent=network, starts_on=dt.date(2019, 7, 1), ends_on=CLOSED)
    LinkFactory(kind=LinkKind.SUCCEEDED_BY, child=closed, parent=now, starts_on=CLOSED)
    page = page_of(client, closed.code)
    assert "Closed on 28 February 2023; its patients\u2019 practice is now" in page
    assert f'<a href="{now.get_absolute_url()}">Oak Surgery</a>' in page
    assert "Networks and areas this place has belonged to" in page
    assert "Willow PCN" in page
    assert "1 July 2019" in page


def test_an_open_practice_says_nothing_of_the_kind(client: Client) -> None:
    page = page_of(client, PracticeFactory().code)
    assert "Closed on" not in page
    assert "has belonged to" not in page
    leaving = PracticeFactory(ends_on=dt.date(2099, 1, 1))
    assert "Closed on" not in page_of(client, leaving.code)
