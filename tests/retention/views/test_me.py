"""My page, my details and the posts I say I have."""

from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.models.audit_event import Act, AuditEvent
from organisations.clock import today
from retention.models import Person, Post
from tests.factories.accounts import UserFactory
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import PostFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db
POST = {"role": "locum", "starts_on": "2026-04-01", "session_minutes": "250"}


@pytest.fixture
def user() -> User:
    return UserFactory(name="Dr Ivo Marsh")


@pytest.fixture
def me(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_first_visit_makes_no_record(me: Client) -> None:
    page = text(me.get(reverse("me")))
    assert "The record does not know you yet" in page
    assert not Person.objects.exists()


def test_details_are_asked_with_reasons_and_saved(me: Client, user: User) -> None:
    page = text(me.get(reverse("me-details")))
    assert 'value="Dr Ivo Marsh"' in page
    assert "For your own outlook, which you alone can see" in page
    data = {"version": "0", "name": "Dr Ivo Marsh", "profession": "gp", "year_of_birth": "1961"}
    assert me.post(reverse("me-details"), data).status_code == 302
    assert Person.objects.get(user=user).year_of_birth == 1961
    assert 'value="1961"' in text(me.get(reverse("me-details")))


def test_a_wrong_detail_loses_nothing(me: Client) -> None:
    data = {"version": "0", "name": "Dr Ivo Marsh", "profession": "gp", "year_of_birth": "12/3/61"}
    page = text(me.post(reverse("me-details"), data))
    assert "<title>Error: My details" in page
    assert 'value="12/3/61"' in page
    assert not Person.objects.exists()


def test_markup_in_a_name_stays_text(me: Client) -> None:
    name = "<script>alert(1)</script>"
    me.post(reverse("me-details"), {"version": "0", "name": name, "profession": "gp"})
    assert name not in text(me.get(reverse("me")))


def test_my_page_makes_no_outlook(me: Client) -> None:
    assert reverse("own-outlook") in text(me.get(reverse("me")))
    assert not AuditEvent.objects.filter(act=Act.LOOKED_AT_OWN_OUTLOOK).exists()


def test_where_i_work_is_found_and_added(me: Client, user: User) -> None:
    PracticeFactory(code="Z81001", name="Willow Bank Surgery")
    found = text(me.get(reverse("me-post-add"), {"find": "willow"}))
    assert "?place=Z81001" in found
    address = reverse("me-post-add") + "?place=Z81001"
    assert "Willow Bank Surgery hears nothing" in text(me.get(address))
    response = me.post(address, POST)
    post = Post.objects.get()
    assert response["Location"] == reverse("session-pattern", args=[post.public_id])
    assert (post.person.user, post.confirmed_on) == (user, None)
    again = text(me.post(address, POST))
    assert "End that one first" in again
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [("zzzz", "No practice, network or training hub fits"), ("a", "Enter two letters or more")],
)
def test_a_search_without_result_says_what_to_do(me: Client, query: str, words: str) -> None:
    assert words in text(me.get(reverse("me-post-add"), {"find": query}))


def test_a_place_that_is_not_there_is_404(me: Client) -> None:
    PracticeFactory(code="Z81002", ends_on=today())
    for code in ("Z99999", "Z81002", "", "'; DROP TABLE"):
        assert me.get(reverse("me-post-add"), {"place": code}).status_code == 404


def test_a_wrong_post_keeps_what_was_typed(me: Client) -> None:
    PracticeFactory(code="Z81001")
    page = text(me.post(reverse("me-post-add") + "?place=Z81001", {**POST, "starts_on": "soon"}))
    assert "Enter a date, such as 2026-04-01" in page
    assert 'value="soon"' in page


def test_a_post_is_taken_back_after_a_question(me: Client, user: User) -> None:
    post = PostFactory(person=RegisteredPersonFactory(user=user), confirmed_on=None)
    address = reverse("me-post-end", args=[post.public_id])
    assert "Take this post back" in text(me.get(address))
    assert Post.objects.get().ends_on is None
    me.post(address)
    assert Post.objects.get().ends_on == today()
    assert "has ended already" in text(me.post(address, follow=True))


def test_a_confirmed_post_is_the_practices_to_end(me: Client, user: User) -> None:
    post = PostFactory(person=RegisteredPersonFactory(user=user))
    address = reverse("me-post-end", args=[post.public_id])
    assert "Ask it to end the post" in text(me.post(address, follow=True))
    assert Post.objects.get().ends_on is None


def test_anothers_post_does_not_exist(me: Client) -> None:
    post = PostFactory(person=RegisteredPersonFactory(), confirmed_on=None)
    address = reverse("me-post-end", args=[post.public_id])
    assert (me.get(address).status_code, me.post(address).status_code) == (404, 404)


def test_what_only_the_record_refuses_comes_back_to_its_field(me: Client) -> None:
    data = {"version": "0", "name": " ", "profession": "gp"}
    assert "Enter full name" in text(me.post(reverse("me-details"), data))
    with patch("retention.views.me.update_own_details") as refuse:
        refuse.side_effect = ValidationError({"qualified_year": "Too late."})
        page = text(me.post(reverse("me-details"), {**data, "name": "Dr Ivo Marsh"}))
    assert 'href="#id_qualified_year"' in page
    assert "Too late." in page
    assert 'value="Dr Ivo Marsh"' in page


def test_two_windows_the_second_is_told_and_may_save_again(me: Client) -> None:
    said = {"name": "Dr Ivo Marsh", "profession": "gp", "version": "0"}
    me.post(reverse("me-details"), {**said, "year_of_birth": "1961"})
    page = text(me.post(reverse("me-details"), {**said, "year_of_birth": "1962"}))
    assert "is not saved" in page
    assert 'value="1962"' in page
    assert '<input type="hidden" name="version" value="1" id="id_version">' in page
    assert Person.objects.get().year_of_birth == 1961
    me.post(reverse("me-details"), {**said, "version": "1", "year_of_birth": "1962"})
    assert Person.objects.get().year_of_birth == 1962
