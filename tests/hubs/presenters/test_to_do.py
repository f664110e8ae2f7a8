"""What waits: words and a page for each kind, and nothing asked where nothing is shown."""

import pytest
from django.urls import reverse

from hubs.presenters.to_do import _PAGES, _WORDS, to_do
from hubs.queries.to_do import Waits
from tests.factories.accounts import actor
from tests.factories.organisations import area_of_one_practice


def test_every_kind_has_its_words_and_its_page() -> None:
    assert set(_WORDS) == set(_PAGES) == set(Waits)
    assert all(words[0].isupper() and not words.endswith(".") for words in _WORDS.values())


@pytest.mark.django_db
def test_elsewhere_nothing_is_asked_of_the_database(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    hub = area_of_one_practice()["hub"]
    lead = actor("hub_retention_lead", hub)
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture that is called
        assert to_do(lead, reverse("places")) == []
        assert to_do(None, reverse("me")) == []
