import pytest
from django.test import Client
from django.urls import reverse

from retention.views.places import PAGE
from tests.factories.accounts import UserFactory
from tests.factories.organisations import IcbFactory, PracticeFactory

pytestmark = pytest.mark.django_db


def read(client: Client, **query: str) -> str:
    client.force_login(UserFactory())
    response = client.get(reverse("places"), query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_finds_by_name_and_says_how_many(client: Client) -> None:
    practice = PracticeFactory(name="WILLOW LANE SURGERY")
    text = read(client, q="willow")
    assert "1 place found" in text
    assert practice.get_absolute_url() in text
    assert 'value="willow"' in text


def test_nothing_found_says_what_to_try(client: Client) -> None:
    assert "No place fits what you typed." in read(client, q="oak")


def test_nothing_loaded_says_who_loads(client: Client) -> None:
    assert "No places have been loaded yet." in read(client)


def test_without_a_word_the_icbs_are_offered(client: Client) -> None:
    IcbFactory(name="NHS Willowshire ICB")
    assert "NHS Willowshire ICB" in read(client)


def test_long_lists_have_pages_that_keep_the_word(client: Client) -> None:
    PracticeFactory.create_batch(PAGE + 1, name="WILLOW")
    assert f"{PAGE + 1} places found" in read(client, q="willow")
    assert "q=willow&amp;page=2" in read(client, q="willow")
    assert read(client, q="willow", page="2").count("WILLOW") == 1


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30])
def test_a_page_that_is_not_there_shows_one_that_is(client: Client, page: str) -> None:
    IcbFactory(name="NHS Willowshire ICB")
    assert "NHS Willowshire ICB" in read(client, page=page)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\x00", "x" * 5_000, "'\"%_"])
def test_whatever_is_typed_is_text(client: Client, text: str) -> None:
    assert "<script>alert" not in read(client, q=text)
