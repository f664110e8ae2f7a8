"""Weeks over time, by the page."""

import pytest
from django.test import Client
from django.urls import reverse

from retention.models import Post
from tests.factories.accounts import RoleGrantFactory
from tests.factories.retention import (
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    """One of two posts of a person, who is in both on Monday morning."""
    person = RegisteredPersonFactory()
    for place in ("Elm Surgery", "Oak Practice"):
        held = PostFactory(person=person, organisation__name=place)
        SessionCellFactory(pattern=SessionPatternFactory(post=held))
    return Post.objects.get(organisation__name="Elm Surgery")


def test_i_see_all_my_posts_and_where_they_meet(client: Client, post: Post) -> None:
    assert post.person.user is not None
    client.force_login(post.person.user)
    page = client.get(reverse("my-weeks")).content.decode()
    assert "Today: 2 sessions a week." in page
    assert "Compared with three years ago: as many." in page
    assert "Monday morning: both GP partner at Elm Surgery and GP partner at Oak Practice." in page


def test_my_practice_sees_what_it_was_told_and_no_other_place(client: Client, post: Post) -> None:
    grant = RoleGrantFactory(role="practice_manager", organisation=post.organisation)
    client.force_login(grant.user)
    url = reverse("post-weeks", args=[post.organisation.code, post.public_id])
    page = client.get(url).content.decode()
    assert "Today: 1 session a week." in page
    assert "Oak Practice" not in page
