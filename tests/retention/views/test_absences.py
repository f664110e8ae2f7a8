"""Leave, by the pages of the practice."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.clock import today
from retention.models import Absence, Post
from tests.factories.accounts import RoleGrantFactory
from tests.factories.retention import (
    AbsenceFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    post: Post = PostFactory(person=RegisteredPersonFactory(name="Dr Ada Birch"))
    SessionCellFactory(pattern=SessionPatternFactory(post=post))
    return post


@pytest.fixture
def manager(client: Client, post: Post) -> Client:
    grant = RoleGrantFactory(role="practice_manager", organisation=post.organisation)
    client.force_login(grant.user)
    return client


def address(post: Post) -> str:
    return reverse("post-absence", args=[post.organisation.code, post.public_id])


def text(response: Any) -> str:
    return str(response.content.decode())


def staff(manager: Client, post: Post) -> str:
    return text(manager.get(reverse("practice-people", args=[post.organisation.code])))


def test_who_is_on_leave_is_in_on_no_half_day_and_back_again(manager: Client, post: Post) -> None:
    assert "1 clinical" in staff(manager, post)
    data = {"starts_on": today().isoformat(), "ends_on": "", "reason": "parental"}
    assert manager.post(address(post), data).status_code == 302
    page = staff(manager, post)
    assert "1 clinical" not in page
    assert "Parental leave" in page
    absence = Absence.objects.get()
    end = reverse("absence-end", args=[post.organisation.code, post.public_id, absence.public_id])
    assert manager.post(end).status_code == 302
    assert "1 clinical" in staff(manager, post)


def test_a_wrong_date_is_told_and_kept(manager: Client, post: Post) -> None:
    data = {"starts_on": "1999-01-01", "reason": "other"}
    page = text(manager.post(address(post), data))
    assert "Choose a day on which they hold the post." in page
    assert 'value="1999-01-01"' in page
    assert not Absence.objects.exists()


def test_the_person_reads_it_on_their_own_page(client: Client, post: Post) -> None:
    AbsenceFactory(post=post)
    assert post.person.user is not None
    client.force_login(post.person.user)
    page = text(client.get(reverse("me")))
    assert "Parental leave, from" in page
    assert "Your practice knows of it." in page
