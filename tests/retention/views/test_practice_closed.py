"""The page of a closed practice says since when, and who looks after its patients."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models.link import LinkKind
from retention.presenters.place_summary import HAS_CLOSED
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.api import caller
from tests.factories.organisations import LinkFactory, NetworkFactory, PracticeFactory
from tests.factories.published import SEVEN, profile_of

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


def test_nothing_is_expected_of_it_at_any_door(client: Client) -> None:
    closed = PracticeFactory(ends_on=CLOSED)
    profile_of(closed, SEVEN, dt.date(2023, 1, 1))
    user = UserFactory()
    RoleGrantFactory(user=user, role="practice_manager", organisation=closed)
    client.force_login(user)
    page = client.get(closed.get_absolute_url()).content.decode()
    assert HAS_CLOSED in page
    assert 'id="ahead"' not in page
    assert 'id="at-risk"' not in page
    for name in ("place-board", "place-outlook-csv", "place-outlook-xlsx"):
        taken = client.get(reverse(name, args=[closed.code]))
        assert taken.status_code == 400
        assert HAS_CLOSED in taken.content.decode()
    for chart in ("outlook", "ahead"):
        picture = f"{closed.get_absolute_url()}charts/{chart}-wide.svg"
        assert client.get(picture).status_code == 404
        assert client.get(picture, {"as_at": "2023-02-15"}).status_code == 200
    # Of a day before, it has what stood then.
    then = client.get(reverse("place-board", args=[closed.code]), {"as_at": "2023-02-15"})
    assert then.status_code == 200


def test_programs_are_told_that_it_has_closed() -> None:
    closed = PracticeFactory(ends_on=CLOSED)
    profile_of(closed, SEVEN, dt.date(2023, 1, 1))
    api, path = caller("practice_manager", closed), f"/api/v1/places/{closed.code}/"
    found = api.get(path + "outlook").json()
    assert (found["outlook"], found["closed_on"], found["withheld"]) == (None, "2023-03-01", False)
    assert api.get(path + "years-ahead").json()["ahead"] is None
    assert api.get(path + "outlook-changes").json()["since_last"] is None
    then = api.get(path + "outlook?as_at=2023-02-15").json()
    assert then["outlook"]["people"] == 7
    assert then["closed_on"] is None


def test_an_open_practice_says_nothing_of_the_kind(client: Client) -> None:
    page = page_of(client, PracticeFactory().code)
    assert "Closed on" not in page
    assert "has belonged to" not in page
    leaving = PracticeFactory(ends_on=dt.date(2099, 1, 1))
    assert "Closed on" not in page_of(client, leaving.code)
