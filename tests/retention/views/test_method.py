import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_method_shows_the_table_its_sources_and_its_limits(client: Client) -> None:
    client.force_login(UserFactory())
    text = client.get(reverse("method")).content.decode()
    for part in (
        "Constructed, not published",
        "GP-England-2026.1",
        "12 months to December 2022",
        "Institute for Government",
        "To judge, invite, rank or pay a person.",
        "75 and over",
        "at least 1.25 times England",
    ):
        assert part in text
    assert text.count("<h1") == 1
