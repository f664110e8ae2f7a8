import re

import pytest
from django.test import Client
from django.urls import reverse

from retention.presenters.model_card import charts
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_method_shows_the_table_its_sources_and_its_limits(client: Client) -> None:
    client.force_login(UserFactory())
    text = client.get(reverse("method")).content.decode()
    for part in (
        "Constructed, not published",
        "GP-England-2026.2",
        "12 months to December 2022",
        "Institute for Government",
        "To judge, invite, rank or pay a person.",
        "75 and over",
        "at least 1.25 times England",
    ):
        assert part in text
    assert text.count("<h1") == 1


def test_the_model_card_is_open_with_its_charts_and_tables(client: Client) -> None:
    text = client.get(reverse("evaluation")).content.decode()
    for part in ("Fails: do not use", "Articles 22A to 22D", "How to object", "Gradient boosting"):
        assert part in text
    assert text.count("<h1") == 1
    pictures = re.findall(r'(?:src|srcset)="(/method/charts/[^"]+)"', text)
    assert len(pictures) == 2 * len(charts())
    picture = client.get(pictures[0])
    assert picture["Content-Type"] == "image/svg+xml"
    again = client.get(pictures[0], headers={"If-None-Match": picture["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(("name", "size"), [("nothing", "wide"), ("coverage", "huge")])
def test_there_is_no_other_chart(client: Client, name: str, size: str) -> None:
    address = reverse("evaluation-chart", kwargs={"name": name, "size": size})
    assert client.get(address).status_code == 404
