"""Who one is in the record."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts import audit
from accounts.actor import Actor
from accounts.models import Subject, User
from accounts.models.audit_event import Act, AuditEvent
from organisations.clock import today
from organisations.models import Organisation
from organisations.models.link import LinkKind
from retention.actions.people import (
    BOTH_TOLD,
    HAS_ACCOUNT,
    NOT_STAFF,
    link_person,
    own_person,
    update_own_details,
)
from retention.models import Person, Post, SessionPattern
from tests.factories.accounts import RoleGrantFactory, UserFactory, actor
from tests.factories.organisations import LinkFactory, PracticeFactory
from tests.factories.retention import (
    DraftPatternFactory,
    PersonFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db


def test_first_use_makes_a_person_with_the_users_name_and_subject() -> None:
    by = actor(user=UserFactory(name="Dr Ottoline Fernsby"))
    person = own_person(by=by)
    assert (person.name, person.profession) == ("Dr Ottoline Fernsby", "")
    assert person.subject_id == by.subject_id
    assert person.user == by.user


def test_second_use_finds_the_same_person_and_writes_no_second_audit_row() -> None:
    by = actor()
    assert own_person(by=by) == own_person(by=by)
    assert AuditEvent.objects.filter(act=Act.CHANGED_OWN_DETAILS).count() == 1


def test_a_person_cut_loose_from_the_account_is_tied_to_it_again() -> None:
    by = actor()
    assert by.user is not None
    person = PersonFactory(subject=by.user.subject, user=None)
    assert own_person(by=by).user == by.user
    assert Person.objects.get() == person


def test_a_system_job_is_nobody() -> None:
    with pytest.raises(Http404):
        own_person(by=Actor.command("load_demo"))
    assert not Person.objects.exists()


def test_own_details_are_changed_and_audited_without_values() -> None:
    by = actor()
    person = update_own_details(
        by=by,
        version=0,
        name="  Dr Ivo Marsh ",
        profession="gp",
        year_of_birth=1961,
        qualified_year=1990,
    )
    person.refresh_from_db()
    assert (person.name, person.profession) == ("Dr Ivo Marsh", "gp")
    assert (person.year_of_birth, person.qualified_year) == (1961, 1990)
    event = AuditEvent.objects.filter(act=Act.CHANGED_OWN_DETAILS).first()
    assert event is not None
    assert (event.subject, event.thing, event.why) == (by.subject_id, "", "")


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "  "), ("profession", "wizard"), ("year_of_birth", 1066), ("qualified_year", 3000)],
)
def test_a_wrong_detail_changes_nothing(field: str, value: Any) -> None:
    by = actor()
    good: dict[str, Any] = {"version": 0, "name": "Dr Ivo Marsh", "profession": "gp"}
    with pytest.raises(ValidationError) as problem:
        update_own_details(by=by, **{**good, field: value})
    assert field in problem.value.message_dict
    assert not Person.objects.filter(profession__in=["gp", "wizard"]).exists()


def test_of_two_windows_the_second_is_told_and_overwrites_nothing() -> None:
    by = actor()
    said: dict[str, Any] = {"by": by, "name": "Dr Ivo Marsh", "profession": "gp"}
    update_own_details(**said, version=0, year_of_birth=1961)
    for seen in (0, 2):
        with pytest.raises(ValidationError) as problem:
            update_own_details(**said, version=seen, year_of_birth=1962)
        assert problem.value.code == "stale"
    person = Person.objects.get()
    assert (person.year_of_birth, person.version) == (1961, 1)
    assert update_own_details(**said, version=1, year_of_birth=1963).version == 2


def test_a_record_made_by_another_act_is_not_another_window() -> None:
    by = actor()
    own_person(by=by)
    assert update_own_details(by=by, version=0, name="Dr Ivo Marsh", profession="gp").version == 1


def test_a_page_opened_before_the_practice_linked_the_account_is_told(
    manager: Actor, added: Post, user: User
) -> None:
    link_person(by=manager, post=added, user=user)
    by = actor(user=user)
    with pytest.raises(ValidationError, match="changed this since"):
        update_own_details(by=by, version=0, name="Dr Ada Birch", profession="nurse")


@pytest.fixture
def practice() -> Organisation:
    return PracticeFactory()


@pytest.fixture
def manager(practice: Organisation) -> Actor:
    return actor("practice_manager", practice)


@pytest.fixture
def user(practice: Organisation) -> User:
    """One of the practice's registered staff."""
    found: User = RoleGrantFactory(organisation=practice, user__name="Dr Ada Birch").user
    return found


@pytest.fixture
def added(practice: Organisation) -> Post:
    """A post that the practice added by name alone."""
    post: Post = PostFactory(organisation=practice, person__name="A. Birch")
    return post


def linked() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(act=Act.CHANGED_POST, why="Linked to an account"))


def test_whoever_was_added_by_name_becomes_the_user(
    manager: Actor, added: Post, user: User
) -> None:
    old = added.person.subject_id
    audit.record_reads(by=manager, act=Act.READ_POSTS, subjects=[old])
    link_person(by=manager, post=added, user=user)
    person = Person.objects.get()
    assert (person.user, person.subject_id) == (user, user.subject_id)
    assert (person.name, person.profession) == ("Dr Ada Birch", "gp")
    assert added.person == person
    [event] = linked()
    assert (event.subject, event.actor) == (user.subject_id, manager.subject_id)
    assert event.thing == f"post:{added.public_id}"
    # What was written before stays as it was written, and leads nowhere any more.
    assert AuditEvent.objects.filter(subject=old).count() == 1
    assert not Subject.objects.filter(pk=old).exists()


def test_a_user_in_the_record_already_is_given_all_posts_here_with_their_weeks(
    manager: Actor, practice: Organisation, added: Post, user: User
) -> None:
    person = RegisteredPersonFactory(user=user, profession="")
    old = added.person.subject_id
    before = PostFactory(
        person=added.person, organisation=practice, ends_on=today(), end_reason="moved"
    )
    week = SessionPatternFactory(post=added)
    link_person(by=manager, post=added, user=user)
    assert set(person.posts.all()) == {added, before}
    assert SessionPattern.objects.get().post == week.post == added
    assert Person.objects.get() == person
    person.refresh_from_db()
    assert (person.name, person.profession) == (user.name, "gp")
    assert not Subject.objects.filter(pk=old).exists()


@pytest.mark.parametrize(("own", "kept"), [("", "GMC 1234567"), ("GMC 7654321", "GMC 7654321")])
def test_the_number_that_the_practice_gave_goes_along_where_there_is_none(
    manager: Actor, added: Post, user: User, own: str, kept: str
) -> None:
    """Else the practice's next roster would ask who they are."""
    RegisteredPersonFactory(user=user, registration=own)
    Person.objects.filter(pk=added.person_id).update(registration="GMC 1234567")
    link_person(by=manager, post=Post.objects.get(pk=added.pk), user=user)
    assert Person.objects.get(user=user).registration == kept


@pytest.mark.parametrize("in_the_record", [True, False])
def test_what_another_practice_added_stays_there(
    manager: Actor, added: Post, user: User, in_the_record: bool
) -> None:
    if in_the_record:
        RegisteredPersonFactory(user=user)
    unlinked = added.person
    elsewhere = PostFactory(person=unlinked)
    link_person(by=manager, post=added, user=user)
    assert added.person.user == user
    elsewhere.refresh_from_db()
    assert elsewhere.person == unlinked
    assert Subject.objects.filter(pk=unlinked.subject_id).exists()


@pytest.mark.parametrize("in_the_record", [True, False])
def test_the_post_that_a_merger_ended_goes_along(
    manager: Actor, practice: Organisation, added: Post, user: User, in_the_record: bool
) -> None:
    if in_the_record:
        RegisteredPersonFactory(user=user)
    first, second = PracticeFactory(), PracticeFactory()
    for old, new in ((first, second), (second, practice)):
        LinkFactory(kind=LinkKind.SUCCEEDED_BY, child=old, parent=new)
    ended = [
        PostFactory(person=added.person, organisation=old, ends_on=today(), end_reason="moved")
        for old in (first, second)
    ]
    link_person(by=manager, post=added, user=user)
    assert set(Person.objects.get().posts.all()) == {added, *ended}
    assert Person.objects.get().user == user


@pytest.mark.parametrize("theirs_told", [True, False])
def test_an_equal_open_post_is_merged_and_no_week_is_lost(
    manager: Actor, practice: Organisation, added: Post, user: User, theirs_told: bool
) -> None:
    person = RegisteredPersonFactory(user=user)
    own = PostFactory(
        person=person,
        organisation=practice,
        session_minutes=240,
        confirmed_on=None,
        starts_on=dt.date(2010, 4, 1),
    )
    told = SessionPatternFactory(post=own if theirs_told else added)
    draft = DraftPatternFactory(post=own)
    link_person(by=manager, post=added, user=user)
    post = Post.objects.get()
    assert (post, post.person) == (added, person)
    assert set(post.patterns.all()) == {told, draft}
    assert (post.starts_on, post.session_minutes) == (
        dt.date(2010, 4, 1),
        240 if theirs_told else 250,
    )
    assert post.confirmed_on is not None


def test_two_equal_posts_with_told_weeks_are_left_as_they_are(
    manager: Actor, practice: Organisation, added: Post, user: User
) -> None:
    own = PostFactory(person=RegisteredPersonFactory(user=user), organisation=practice)
    for post in (own, added):
        SessionPatternFactory(post=post)
    # The newest is moved first: before the clash is met, and back with it.
    PostFactory(
        person=added.person, organisation=practice, role="manager", starts_on=dt.date(2026, 4, 1)
    )
    with pytest.raises(ValidationError) as problem:
        link_person(by=manager, post=added, user=user)
    assert problem.value.messages == [BOTH_TOLD]
    assert set(own.person.posts.all()) == {own}
    assert not linked()


def test_a_second_time_changes_nothing(
    manager: Actor, practice: Organisation, added: Post, user: User
) -> None:
    PostFactory(person=RegisteredPersonFactory(user=user), organisation=practice)
    stale = Post.objects.select_related("person").get(pk=added.pk)
    for post in (added, stale):
        assert link_person(by=manager, post=post, user=user).person.user == user
    assert len(linked()) == 1
    assert Post.objects.count() == 1


def test_somebody_with_an_account_is_not_given_another(
    manager: Actor, practice: Organisation, user: User
) -> None:
    registered = RegisteredPersonFactory()
    cut_loose = PersonFactory(subject=UserFactory().subject)
    for person in (registered, cut_loose):
        post = PostFactory(person=person, organisation=practice)
        with pytest.raises(ValidationError) as problem:
            link_person(by=manager, post=post, user=user)
        assert problem.value.messages == [HAS_ACCOUNT]
    assert not Person.objects.filter(user=user).exists()


def test_a_person_cut_loose_is_linked_to_their_own_account(
    manager: Actor, practice: Organisation, user: User
) -> None:
    person = PersonFactory(subject=user.subject)
    post = PostFactory(person=person, organisation=practice)
    assert link_person(by=manager, post=post, user=user).person == person
    person.refresh_from_db()
    assert person.user == user
    assert Subject.objects.filter(pk=user.subject_id).exists()


def test_only_who_has_a_role_in_the_practice_today_can_be_chosen(
    manager: Actor, practice: Organisation, added: Post
) -> None:
    former = RoleGrantFactory(organisation=practice, ends_on=today()).user
    for somebody in (former, RoleGrantFactory().user, UserFactory()):
        with pytest.raises(ValidationError) as problem:
            link_person(by=manager, post=added, user=somebody)
        assert problem.value.messages == [NOT_STAFF]
    assert not linked()


def test_only_the_manager_of_the_practice_links(
    practice: Organisation, added: Post, user: User
) -> None:
    strangers = (
        actor("practice_manager", PracticeFactory()),
        actor("clinician", practice),
        actor(user=user),
        Actor.command("load_demo"),
    )
    for by in strangers:
        with pytest.raises(Http404):
            link_person(by=by, post=added, user=user)
    added.person.refresh_from_db()
    assert added.person.user is None
