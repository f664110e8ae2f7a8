"""My own page for leaving, leave and return: written down, told, undone, all without scripts."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from organisations.clock import today
from retention.models import Absence, Post, PostChange
from tests.factories.accounts import RoleGrantFactory
from tests.factories.retention import PostChangeFactory, PostFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return PostFactory(person=RegisteredPersonFactory())


@pytest.fixture
def me(client: Client, post: Post) -> Client:
    assert post.person.user is not None
    RoleGrantFactory(user=post.person.user, role="clinician", organisation=post.organisation)
    client.force_login(post.person.user)
    return client


def page_of(post: Post) -> str:
    return reverse("me-change", args=[post.public_id])


def sent(post: Post, me: Client, do: str, **given: object) -> str:
    data = {
        "change": "retired",
        "starts_on": today() + dt.timedelta(days=30),
        "version": 0,
        "do": do,
        **given,
    }
    return me.post(page_of(post), data, follow=True).content.decode()


def test_my_page_leads_there_and_says_when_something_is_written_down(
    post: Post, me: Client
) -> None:
    page = me.get(reverse("me")).content.decode()
    assert page_of(post) in page
    assert "I am leaving, going on leave, or back" in page
    PostChangeFactory(post=post)
    assert "written down, not told" in me.get(reverse("me")).content.decode()


def test_what_is_saved_is_private_and_shown_again(post: Post, me: Client) -> None:
    page = sent(post, me, "save")
    assert "Nobody else can see it until you tell." in page
    assert "What you wrote down" in page
    assert PostChange.objects.get().told_at is None


def test_telling_says_first_who_reads_it_and_what_it_does(post: Post, me: Client) -> None:
    page = sent(post, me, "tell")
    for words in ("Who will read it", "Retired: without this post from", "Your post ends"):
        assert words in page
    assert "no notice under your contract" in page
    tell = reverse("me-change-tell", args=[post.public_id])
    page = me.post(tell, {"version": 1}, follow=True).content.decode()
    assert "is told. Retired: without this post from" in page
    post.refresh_from_db()
    assert post.end_reason == "retired"


def test_what_was_told_is_undone_from_the_same_page(post: Post, me: Client) -> None:
    sent(post, me, "tell")
    me.post(reverse("me-change-tell", args=[post.public_id]), {"version": 1})
    assert "Undo this" in me.get(page_of(post)).content.decode()
    undo = reverse("me-change-undo", args=[PostChange.objects.get().public_id])
    assert "It is undone." in me.post(undo, follow=True).content.decode()
    post.refresh_from_db()
    assert post.end_reason == ""
    assert "undone already" in me.post(undo, follow=True).content.decode()


@pytest.mark.parametrize("version", ["7", "", "x", "9" * 30])
def test_a_tell_page_that_is_out_of_date_tells_nothing(
    post: Post, me: Client, version: str
) -> None:
    PostChangeFactory(post=post)
    tell = reverse("me-change-tell", args=[post.public_id])
    page = me.post(tell, {"version": version}, follow=True).content.decode()
    assert "changed, told or deleted in another window" in page
    assert PostChange.objects.get().told_at is None


def test_with_nothing_written_down_there_is_nothing_to_tell(post: Post, me: Client) -> None:
    tell = reverse("me-change-tell", args=[post.public_id])
    assert "There is nothing to tell" in me.get(tell, follow=True).content.decode()


def test_what_was_written_down_can_be_deleted(post: Post, me: Client) -> None:
    PostChangeFactory(post=post)
    assert "It is deleted." in sent(post, me, "delete")
    assert not PostChange.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"change": ""}, "Select what changes"),
        ({"starts_on": ""}, "Enter from which day"),
        ({"starts_on": "soon"}, "Enter a date, such as"),
        ({"starts_on": "1999-01-01"}, "Choose a day from"),
        ({"back_on": "2099-01-01"}, "goes with a leave only"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    post: Post, me: Client, given: dict[str, str], words: str
) -> None:
    page = sent(post, me, "save", **given)
    assert words in page
    assert "<title>Error: " in page
    assert not PostChange.objects.exists()


def test_after_another_window_saved_one_may_save_over_it(post: Post, me: Client) -> None:
    PostChangeFactory(post=post)
    page = sent(post, me, "save", change="moved")
    assert "in another window" in page
    sent(post, me, "save", change="moved", version=1)
    assert PostChange.objects.get().change == "moved"


def test_leave_is_told_with_its_day_back(post: Post, me: Client) -> None:
    back = today() + dt.timedelta(days=200)
    sent(post, me, "tell", change="parental", back_on=back)
    me.post(reverse("me-change-tell", args=[post.public_id]), {"version": 1})
    assert Absence.objects.get().ends_on == back
    assert "Your practice knows of it." in me.get(reverse("me")).content.decode()


def test_from_a_post_that_ended_one_comes_back_by_one_answer(post: Post, me: Client) -> None:
    ended = today() - dt.timedelta(days=30)
    Post.objects.filter(pk=post.pk).update(ends_on=ended, end_reason="retired")
    assert f"I have come back: {post}" in me.get(reverse("me")).content.decode()
    page = me.get(page_of(post)).content.decode()
    assert 'value="back"' in page
    assert "checked" in page
    assert 'name="back_on"' not in page
    assert "confirms your new post" in sent(post, me, "tell", change="back", starts_on=today())
    me.post(reverse("me-change-tell", args=[post.public_id]), {"version": 1})
    assert Post.objects.filter(ends_on__isnull=True, confirmed_on__isnull=True).count() == 1
    assert "I have come back" not in me.get(reverse("me")).content.decode()
