"""The page on which one objects to being counted."""

import pytest
from django.test import Client
from django.urls import reverse

from retention.models import Objection
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_one_objects_and_takes_it_back(client: Client) -> None:
    client.force_login(UserFactory())
    url = reverse("objection")
    assert "need give no reason" in client.get(url).content.decode()
    client.post(url, {"turn": "object"})
    assert "You object" in client.get(url).content.decode()
    client.post(url, {"turn": "take_back"})
    assert Objection.objects.get().ends_on is not None
    assert client.post(url, {"turn": "nonsense"}).status_code == 302
    assert Objection.objects.count() == 1
    assert url in client.get(reverse("me")).content.decode()
