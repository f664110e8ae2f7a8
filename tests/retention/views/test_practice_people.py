"""A practice's people, by the page."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions.erasure import erase_own_data, export_own_data
from accounts.models.audit_event import Act, AuditEvent
from organisations.clock import today
from organisations.models import Organisation
from retention.models import Person, Post
from tests.factories.accounts import RoleGrantFactory, UserFactory, actor
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import (
    DraftPatternFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
NEW = {
    "who": "new",
    "name": "Nurse Prudence Okafor",
    "profession": "nurse",
    "role": "nurse",
    "starts_on": "2026-04-01",
    "session_minutes": "240",
}


@pytest.fixture
def practice() -> Organisation:
    return PracticeFactory()


@pytest.fixture
def manager(client: Client, practice: Organisation) -> Client:
    grant = RoleGrantFactory(role="practice_manager", organisation=practice)
    client.force_login(grant.user)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def staff(practice: Organisation) -> str:
    return reverse("practice-people", args=[practice.code])


def test_the_page_shows_told_weeks_and_never_a_draft_or_mentoring(
    manager: Client, practice: Organisation
) -> None:
    post = PostFactory(organisation=practice, person__name="Dr Ada Birch")
    SessionCellFactory(pattern=SessionPatternFactory(post=post), kind="mentoring")
    SessionCellFactory(pattern=DraftPatternFactory(post=post), weekday=4, kind="leadership")
    page = text(manager.get(staff(practice)))
    assert "Dr Ada Birch" in page
    assert "Other work" in page
    assert "Mentoring 4 hours" not in page
    assert "Leadership" not in page
    assert AuditEvent.objects.get(act=Act.READ_POSTS).subject == post.person.subject_id


def test_a_week_told_for_later_is_shown_as_from_its_day(
    manager: Client, practice: Organisation
) -> None:
    start = today() + dt.timedelta(days=20)
    coming = SessionPatternFactory(post__organisation=practice, starts_on=start)
    SessionCellFactory(pattern=coming)
    words = f"From {start.day} {start:%B %Y}: 1 session"
    assert words in text(manager.get(staff(practice)))
    later = text(manager.get(staff(practice), {"on": start.isoformat()}))
    assert words not in later


@pytest.mark.parametrize("day", ["2026-11-16", "2026-11-18", "2026-11-22"])
def test_a_week_is_named_by_its_monday(manager: Client, practice: Organisation, day: str) -> None:
    page = text(manager.get(staff(practice), {"on": day}))
    assert "Who is in, week beginning 16 November 2026" in page


def test_a_date_that_is_none_is_named(manager: Client, practice: Organisation) -> None:
    page = text(manager.get(staff(practice), {"on": "soon"}))
    assert "Enter a date, such as 2026-04-01" in page
    assert 'value="soon"' in page


def test_a_leaver_is_shown_for_a_year_and_no_longer(
    manager: Client, practice: Organisation
) -> None:
    first = today() - dt.timedelta(days=365)
    for name, ends_on in (("Dr Long Gone", first), ("Dr Just Left", first + dt.timedelta(days=1))):
        PostFactory(organisation=practice, person__name=name, ends_on=ends_on, end_reason="retired")
    page = text(manager.get(staff(practice), {"on": first.isoformat()}))
    assert "Dr Just Left" in page
    assert "Dr Long Gone" not in page
    earlier = first - dt.timedelta(days=1)
    refused = text(manager.get(staff(practice), {"on": earlier.isoformat()}))
    assert f"Enter a date from {first.day} {first:%B %Y} on" in refused
    assert "Dr Just Left" not in refused
    assert "Dr Long Gone" not in refused


@pytest.mark.parametrize(("days", "status"), [(365, 404), (364, 200)])
def test_what_a_leaver_told_is_read_for_a_year_and_no_longer(
    manager: Client, practice: Organisation, days: int, status: int
) -> None:
    ends_on = today() - dt.timedelta(days=days)
    post = PostFactory(organisation=practice, ends_on=ends_on, end_reason="retired")
    for name in ("post-weeks", "post-absence", "post-link", "post-end"):
        address = reverse(name, args=[practice.code, post.public_id])
        assert manager.get(address).status_code == status, name


def test_someone_new_is_added_and_sent_twice_only_once_each(
    manager: Client, practice: Organisation
) -> None:
    address = reverse("post-add", args=[practice.code])
    assert manager.post(address, NEW)["Location"] == staff(practice)
    post = Post.objects.get()
    assert (post.person.name, post.session_minutes) == ("Nurse Prudence Okafor", 240)
    known = {**NEW, "who": f"person:{post.person.public_id}"}
    assert "End that one first" in text(manager.post(address, known))
    assert (Post.objects.count(), Person.objects.count()) == (1, 1)


def test_ones_own_staff_can_be_chosen(manager: Client, practice: Organisation) -> None:
    user = UserFactory()
    RoleGrantFactory(user=user, organisation=practice)
    manager.post(
        reverse("post-add", args=[practice.code]),
        {**NEW, "who": f"user:{user.public_id}", "name": "", "profession": ""},
    )
    person = Post.objects.get().person
    assert (person.user, person.subject_id) == (user, user.subject_id)


def test_a_wrong_post_keeps_what_was_typed(manager: Client, practice: Organisation) -> None:
    address = reverse("post-add", args=[practice.code])
    page = text(manager.post(address, {**NEW, "session_minutes": "30"}))
    assert "<title>Error: Add a post" in page
    assert 'value="Nurse Prudence Okafor"' in page
    assert not Person.objects.exists()


def test_who_said_so_is_confirmed_once_they_told_a_week(
    manager: Client, practice: Organisation
) -> None:
    post = PostFactory(organisation=practice, confirmed_on=None)
    address = reverse("post-confirm", args=[practice.code, post.public_id])
    assert manager.post(address).status_code == 404
    SessionPatternFactory(post=post)
    assert "Not confirmed" in text(manager.get(staff(practice)))
    assert manager.post(address).status_code == 302
    assert "Not confirmed" not in text(manager.get(staff(practice)))


def test_a_post_ends_with_a_reason(manager: Client, practice: Organisation) -> None:
    post = PostFactory(organisation=practice)
    address = reverse("post-end", args=[practice.code, post.public_id])
    page = text(manager.post(address, {"last_day": "2026-03-31"}))
    assert "Select why the post ends" in page
    assert 'value="2026-03-31"' in page
    data = {"last_day": "2026-03-31", "reason": "retired"}
    assert manager.post(address, data)["Location"] == staff(practice)
    post.refresh_from_db()
    assert (post.ends_on, post.end_reason) == (dt.date(2026, 4, 1), "retired")
    assert "has ended already" in text(manager.post(address, data))


def test_whose_post_may_end_can_see_that_their_name_was_read(
    manager: Client, practice: Organisation
) -> None:
    post, _bystander = PostFactory.create_batch(2, organisation=practice)
    page = text(manager.get(reverse("post-end", args=[practice.code, post.public_id])))
    assert post.person.name in page
    event = AuditEvent.objects.get(act=Act.READ_POSTS)
    assert (event.subject, event.thing) == (post.person.subject_id, f"practice:{practice.code}")


def test_who_was_added_by_name_is_linked_and_has_the_post_on_their_page(
    manager: Client, practice: Organisation
) -> None:
    user = RoleGrantFactory(organisation=practice, user__name="Prue Okafor").user
    manager.post(reverse("post-add", args=[practice.code]), NEW)
    post = Post.objects.get()
    address = reverse("post-link", args=[practice.code, post.public_id])
    assert address in text(manager.get(staff(practice)))
    page = text(manager.get(address))
    assert "Nurse Prudence Okafor" in page
    assert f'<option value="{user.public_id}">Prue Okafor</option>' in page
    # Sent twice, as by a double click.
    for _ in range(2):
        assert manager.post(address, {"user": user.public_id})["Location"] == staff(practice)
    page = text(manager.get(staff(practice)))
    assert "Prue Okafor has this post on their own page now." in page
    assert address not in page
    assert manager.get(address)["Location"] == staff(practice)
    me = Client()
    me.force_login(user)
    assert reverse("session-pattern", args=[post.public_id]) in text(me.get(reverse("me")))
    exported = json.dumps(export_own_data(by=actor(user=user)))
    assert practice.code in exported
    erase_own_data(by=actor(user=user))
    assert not Post.objects.exists()
    assert not Person.objects.exists()


def test_everyone_named_where_a_post_is_linked_can_see_that_they_were(
    manager: Client, practice: Organisation
) -> None:
    post = PostFactory(organisation=practice)
    listed = RoleGrantFactory(organisation=practice).user
    gone = RoleGrantFactory(organisation=practice, ends_on=today()).user
    page = text(manager.get(reverse("post-link", args=[practice.code, post.public_id])))
    assert gone.name not in page
    reads = AuditEvent.objects.values_list("act", "subject", "thing")
    thing = f"practice:{practice.code}"
    assert set(reads) == {
        (Act.READ_POSTS, post.person.subject_id, thing),
        (Act.READ_PEOPLE, listed.subject_id, thing),
    }


def test_somebody_who_is_not_in_the_list_is_refused(
    manager: Client, practice: Organisation
) -> None:
    post = PostFactory(organisation=practice)
    address = reverse("post-link", args=[practice.code, post.public_id])
    for wrong in (UserFactory().public_id, "x", "\x00", ""):
        assert "There is a problem" in text(manager.post(address, {"user": wrong}))
    post.person.refresh_from_db()
    assert post.person.user is None


def test_who_was_linked_to_another_in_the_meantime_is_told(
    manager: Client, practice: Organisation
) -> None:
    user = RoleGrantFactory(organisation=practice).user
    post = PostFactory(organisation=practice, person=RegisteredPersonFactory())
    address = reverse("post-link", args=[practice.code, post.public_id])
    assert "has an account already" in text(manager.post(address, {"user": user.public_id}))


def test_another_practice_and_its_posts_do_not_exist(
    manager: Client, practice: Organisation
) -> None:
    post = SessionPatternFactory().post
    other = post.organisation
    assert manager.get(staff(other)).status_code == 404
    assert manager.get(reverse("post-add", args=[other.code])).status_code == 404
    # Nor by way of one's own practice's address.
    for name in ("post-end", "post-confirm", "post-link"):
        address = reverse(name, args=[practice.code, post.public_id])
        assert manager.post(address, {"last_day": "2026-03-31"}).status_code == 404
