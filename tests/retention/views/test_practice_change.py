"""A practice closes or merges, by the page, for the hub's administrator."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEvent
from organisations.clock import today
from organisations.models import Organisation
from retention.models import Post
from tests.factories.accounts import RoleGrantFactory, actor
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.retention import PostFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
ON = today() + dt.timedelta(days=10)


@pytest.fixture
def places() -> Places:
    made = area_of_one_practice()
    return {**made, "into": add_practice(made)}


@pytest.fixture
def administrator(client: Client, places: Places) -> Client:
    user = actor("hub_administrator", places["hub"]).user
    assert user is not None
    client.force_login(user)
    return client


def ask(client: Client, places: Places, **answers: object) -> Any:
    url = reverse("practice-change", args=[places["practice"].code])
    return client.post(url, {"what": "merge", "into": places["into"].code, "on": ON, **answers})


def test_a_merger_is_previewed_without_names_and_changes_nothing(
    administrator: Client, places: Places
) -> None:
    post = PostFactory(organisation=places["practice"])
    RoleGrantFactory(organisation=places["practice"])
    page = ask(administrator, places)
    assert "Each goes on in" in page.text
    assert f"1 clinician: carried to {places['into']}" in page.text
    assert post.person.name not in page.text
    assert Post.objects.count() == 1
    # Confirming sends the same answers again.
    for value in ("merge", places["into"].code, ON.isoformat()):
        assert f'value="{value}"' in page.text


def test_a_merger_is_done_once_confirmed_audited_and_told_without_a_name(
    administrator: Client,
    places: Places,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    person = RegisteredPersonFactory()
    PostFactory(person=person, organisation=places["practice"])
    with django_capture_on_commit_callbacks(execute=True):
        done = ask(administrator, places, do="confirm")
    assert done.url == places["practice"].get_absolute_url()
    assert Post.objects.get(organisation=places["into"]).starts_on == ON
    event = AuditEvent.objects.get(why="Closed")
    assert (event.role, event.thing) == ("hub_administrator", f"practice:{places['practice'].code}")
    assert person.user is not None
    (message,) = mail.outbox
    assert message.to == [person.user.email]
    for secret in (places["practice"].name, places["into"].name, "merge"):
        assert secret not in message.subject + str(message.body)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"into": ""}, "Enter the code of the practice"),
        ({"into": "Y99999"}, "No practice of your area"),
        ({"into": "other"}, "No practice of your area"),
        ({"into": "practice"}, "cannot merge into itself"),
        ({"on": "2001-01-01"}, "within a year of today"),
        ({"what": ""}, "Select whether it merges or closes"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(
    administrator: Client, places: Places, answers: dict[str, str], said: str
) -> None:
    known = {**places, "other": area_of_one_practice()["practice"]}
    if answers.get("into") in known:
        answers = {"into": known[answers["into"]].code}
    for do in ("preview", "confirm"):
        assert said in ask(administrator, places, do=do, **answers).text
    places["practice"].refresh_from_db()
    assert places["practice"].ends_on is None


def test_only_an_open_practice_leads_to_the_page(administrator: Client, places: Places) -> None:
    place, url = places["practice"], reverse("practice-change", args=[places["practice"].code])
    assert url in administrator.get(place.get_absolute_url()).text
    ask(administrator, places, what="close", on=today(), do="confirm")
    # It lies in no area any more.
    assert url not in administrator.get(place.get_absolute_url()).text
    assert administrator.get(url).status_code == 404
