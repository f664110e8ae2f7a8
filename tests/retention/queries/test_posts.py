"""Whose posts a practice sees, and who reads what a person tells."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models.audit_event import Act, AuditEvent
from organisations.clock import today
from organisations.models import Organisation
from retention.queries.posts import (
    STAYS_SELECTABLE,
    chosen_person,
    find_places_of_work,
    first_day_at_hand,
    people_to_choose,
    posts_at_hand,
    posts_of_user,
    practice_posts,
    readers_of,
    visible_posts,
)
from tests.factories.accounts import RoleGrantFactory, UserFactory, actor
from tests.factories.organisations import (
    IcbFactory,
    NetworkFactory,
    PracticeFactory,
    SharingFactory,
)
from tests.factories.retention import (
    DraftPatternFactory,
    PersonFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
TOMORROW = today() + dt.timedelta(days=1)


@pytest.fixture
def practice() -> Organisation:
    return PracticeFactory()


def test_a_practice_sees_confirmed_posts_and_those_that_told_it_a_week(
    practice: Organisation,
) -> None:
    confirmed = PostFactory(organisation=practice)
    told = SessionPatternFactory(post__organisation=practice, post__confirmed_on=None).post
    DraftPatternFactory(post__organisation=practice, post__confirmed_on=None)
    PostFactory(organisation=practice, confirmed_on=None)
    PostFactory()
    assert set(visible_posts(practice)) == {confirmed, told}


def test_reading_a_practice_audits_each_person_and_not_oneself(practice: Organisation) -> None:
    shown = {PostFactory(organisation=practice).person.subject_id for _ in range(2)}
    manager = actor("practice_manager", practice)
    me = RegisteredPersonFactory(user=manager.user)
    PostFactory(person=me, organisation=practice, role="manager")
    practice_posts(manager, practice, today())
    events = AuditEvent.objects.filter(act=Act.READ_POSTS, thing=f"practice:{practice.code}")
    assert set(events.values_list("subject", flat=True)) == shown


def test_patterns_of_the_day_and_to_come_are_shown_and_drafts_never(
    practice: Organisation,
) -> None:
    post = PostFactory(organisation=practice)
    current = SessionPatternFactory(post=post, ends_on=TOMORROW)
    coming = SessionPatternFactory(post=post, starts_on=TOMORROW)
    DraftPatternFactory(post=post)
    [item] = practice_posts(actor(), practice, today())
    assert (item.current, item.coming) == (current, (coming,))
    [item] = practice_posts(actor(), practice, TOMORROW)
    assert (item.current, item.coming) == (coming, ())


def test_posts_that_are_over_are_not_shown(practice: Organisation) -> None:
    PostFactory(organisation=practice, ends_on=today(), end_reason="moved")
    leaving = PostFactory(organisation=practice, ends_on=TOMORROW, end_reason="moved")
    assert [item.post for item in practice_posts(actor(), practice, today())] == [leaving]


def test_the_number_of_queries_does_not_grow_with_people(
    practice: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        SessionCellFactory(pattern__post__organisation=practice)
    by = actor("practice_manager", practice)
    with django_assert_max_num_queries(7):
        assert len(practice_posts(by, practice, today())) == 12


def test_a_manager_can_choose_the_practices_people_and_users_and_nobody_else(
    practice: Organisation,
) -> None:
    known = PostFactory(organisation=practice, person__name="Dr Ada Birch").person
    user = UserFactory(name="Nurse Bo Elm")
    RoleGrantFactory(user=user, organisation=practice)
    RoleGrantFactory(organisation=practice, ends_on=today())
    hidden = PostFactory(organisation=practice, confirmed_on=None).person
    stranger = PersonFactory()
    manager = actor("practice_manager", PracticeFactory())
    assert people_to_choose(manager, practice, today()) == [
        (f"person:{known.public_id}", "Dr Ada Birch"),
        (f"user:{user.public_id}", "Nurse Bo Elm"),
    ]
    reads = AuditEvent.objects.filter(actor=manager.subject_id, act=Act.READ_POSTS)
    assert {event.subject for event in reads} == {known.subject_id, user.subject_id}
    assert chosen_person(practice, f"person:{known.public_id}", today()) == known
    assert chosen_person(practice, f"user:{user.public_id}", today()) == user
    for key in (f"person:{hidden.public_id}", f"person:{stranger.public_id}", "new", "x:y"):
        assert chosen_person(practice, key, today()) is None


def test_a_leaver_can_be_chosen_for_a_year_and_no_longer(practice: Organisation) -> None:
    year_ago = today() - STAYS_SELECTABLE
    PostFactory(organisation=practice, ends_on=year_ago, end_reason="retired")
    lately = PostFactory(
        organisation=practice, ends_on=year_ago + dt.timedelta(days=1), end_reason="moved"
    ).person
    manager = actor("practice_manager", PracticeFactory())
    assert people_to_choose(manager, practice, today()) == [
        (f"person:{lately.public_id}", lately.name)
    ]


def test_posts_at_hand_are_those_of_the_last_year(practice: Organisation) -> None:
    first = first_day_at_hand(today())
    PostFactory(organisation=practice, ends_on=first, end_reason="retired")
    PostFactory(organisation=practice, confirmed_on=None)
    seen = [
        PostFactory(
            organisation=practice, ends_on=first + dt.timedelta(days=1), end_reason="moved"
        ),
        PostFactory(organisation=practice),
    ]
    assert list(posts_at_hand(practice, today()).order_by("pk")) == seen


def test_a_leaver_of_long_ago_cannot_be_handed_a_post(practice: Organisation) -> None:
    gone = PostFactory(organisation=practice, ends_on=dt.date(2021, 4, 1), end_reason="left").person
    key = f"person:{gone.public_id}"
    assert chosen_person(practice, key, today()) is None
    # A post elsewhere does not bring them back, a new one here does.
    PostFactory(person=gone)
    assert chosen_person(practice, key, today()) is None
    PostFactory(person=gone, organisation=practice)
    assert chosen_person(practice, key, today()) == gone


def test_someone_known_as_a_user_and_as_a_person_is_listed_once(practice: Organisation) -> None:
    person = PostFactory(person=RegisteredPersonFactory(), organisation=practice).person
    RoleGrantFactory(user=person.user, organisation=practice)
    manager = actor("practice_manager", PracticeFactory())
    assert people_to_choose(manager, practice, today()) == [
        (f"person:{person.public_id}", person.name)
    ]


def test_managers_are_named_to_confirmed_people_alone(practice: Organisation) -> None:
    RoleGrantFactory(role="practice_manager", organisation=practice, user__name="Mx Kim Rowan")
    RoleGrantFactory(role="practice_manager", organisation=practice, ends_on=today())
    RoleGrantFactory(role="practice_manager", user__name="Mx Else Where")
    RoleGrantFactory(role="clinician", organisation=practice, user__name="Dr No Reader")
    readers = readers_of(PostFactory(organisation=practice), today())
    assert (readers.managers, readers.managers_count) == (("Mx Kim Rowan",), 1)
    stranger = readers_of(PostFactory(organisation=practice, confirmed_on=None), today())
    assert (stranger.managers, stranger.managers_count) == (None, 1)


def test_totals_go_where_the_practice_shares_patterns_and_nowhere_else(
    practice: Organisation,
) -> None:
    network = NetworkFactory()
    SharingFactory(practice=practice, recipient=network, thing="patterns")
    SharingFactory(practice=practice, thing="outlook")
    SharingFactory(practice=practice, thing="patterns", ends_on=today())
    assert readers_of(PostFactory(organisation=practice), today()).totals_with == (network,)


def test_own_posts_are_those_not_over() -> None:
    person = RegisteredPersonFactory()
    PostFactory(person=person, ends_on=today())
    now = PostFactory(person=person)
    coming = PostFactory(person=person, starts_on=TOMORROW)
    PostFactory()
    assert posts_of_user(person.user, today()) == [now, coming]


def test_places_are_found_by_code_name_and_postcode() -> None:
    surgery = PracticeFactory(code="Z81001", name="Willow Bank Surgery", postcode="ZZ9 4QQ")
    PracticeFactory(name="Willow Closed", ends_on=today())
    IcbFactory(name="Willow ICB")
    for text in ("z81001", "willow", "ZZ9 4"):
        assert find_places_of_work(text, today()) == [surgery]
    assert find_places_of_work("%", today()) == []
