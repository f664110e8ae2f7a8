"""My own outlook on the page: the record, the model, what-ifs, who looks, how to object."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.models.audit_event import Act, AuditEvent
from organisations.clock import today
from retention.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.retention import RegisteredPersonFactory, SessionCellFactory

pytestmark = pytest.mark.django_db
PAGE = "/me/outlook/"
RANGES = {
    "two_sessions_fewer_low": "5",
    "two_sessions_fewer_high": "35",
    "one_session_mentoring_low": "0",
    "one_session_mentoring_high": "7",
}


@pytest.fixture
def user() -> User:
    return UserFactory()


@pytest.fixture
def me(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def person(user: User) -> Person:
    person: Person = RegisteredPersonFactory(user=user, year_of_birth=today().year - 58)
    first = SessionCellFactory(pattern__post__person=person)
    for weekday in (1, 2, 3):
        SessionCellFactory(pattern=first.pattern, weekday=weekday)
    return person


@pytest.mark.usefixtures("person")
def test_it_says_what_it_rests_on_what_it_makes_of_it_and_how_to_object(me: Client) -> None:
    response = me.get(PAGE)
    text = response.content.decode()
    for part in (
        "What the record says",
        "GP-England-",
        "not a judgement on you",
        "What makes up the chance of retiring",
        "What would change it",
        "Full pension, 1995 section",
        "Two sessions fewer",
        "taken to fall by 0% to 20%",
        "no advice on pensions",
        reverse("objection"),
        reverse("me-details"),
        reverse("who-looked"),
        reverse("evaluation"),
    ):
        assert part in text
    assert "no-store" in response["Cache-Control"]
    assert AuditEvent.objects.filter(act=Act.LOOKED_AT_OWN_OUTLOOK).count() == 1


@pytest.mark.usefixtures("person")
def test_my_own_ranges_are_used_and_not_kept(me: Client) -> None:
    cache.clear()
    text = me.post(PAGE, RANGES).content.decode()
    assert "taken to fall by 5% to 35%" in text
    assert "taken to fall by 0% to 7%" in text
    assert "taken to fall by 0% to 20%" in me.get(PAGE).content.decode()


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"two_sessions_fewer_high": "4"}, "not below"),
        ({"two_sessions_fewer_high": "99"}, "Enter a whole number from 0 to 90"),
        ({"one_session_mentoring_low": ""}, "Enter a whole number from 0 to 90"),
    ],
)
def test_a_range_that_is_none_is_refused(me: Client, wrong: dict[str, str], words: str) -> None:
    text = me.post(PAGE, RANGES | wrong).content.decode()
    assert "<title>Error: My own outlook" in text
    assert words in text


def test_without_a_year_of_birth_the_page_asks_for_it(me: Client, user: User) -> None:
    RegisteredPersonFactory(user=user, year_of_birth=None)
    assert "Add your year of birth" in me.get(PAGE).content.decode()


def test_without_a_week_nothing_can_be_given_up(me: Client, user: User) -> None:
    RegisteredPersonFactory(user=user, year_of_birth=1970)
    assert "what you would give up must be known" in me.get(PAGE).content.decode()
