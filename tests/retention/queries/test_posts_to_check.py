import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEvent
from models.data_quality import Doubt, Grade
from organisations.clock import today
from organisations.models import Organisation
from retention.models import RosterConfirmation
from retention.queries.posts_to_check import posts_to_check
from tests.factories.accounts import RoleGrantFactory, actor
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import (
    PersonFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Organisation:
    """A practice that confirmed all of its posts today."""
    made: Organisation = PracticeFactory()
    RosterConfirmation.objects.create(practice=made, confirmed_on=today())
    return made


def found(practice: Organisation) -> dict[str, list[Doubt]]:
    by = actor("practice_manager", practice)
    check = posts_to_check(by, practice, today())
    return {item.post.person.name: [f.doubt for f in item.findings] for item in check.to_check}


def test_a_confirmed_post_with_hours_wants_no_look(practice: Organisation) -> None:
    PostFactory(organisation=practice, contracted_minutes=1_000)
    told = PostFactory(organisation=practice)
    SessionPatternFactory(post=told)
    assert found(practice) == {}


def test_saying_that_nothing_changed_confirms_every_post() -> None:
    practice = PracticeFactory()
    PostFactory(organisation=practice, contracted_minutes=1_000, person__name="Ann")
    assert found(practice) == {"Ann": [Doubt.NOT_CONFIRMED]}
    RosterConfirmation.objects.create(
        practice=practice, confirmed_on=today() - dt.timedelta(days=365)
    )
    assert found(practice) == {}


def test_the_longest_unconfirmed_comes_first() -> None:
    practice = PracticeFactory()
    for name, days in (("A year", 400), ("Years", 900), ("Two", 800)):
        PostFactory(
            organisation=practice,
            contracted_minutes=900,
            person__name=name,
            confirmed_on=today() - dt.timedelta(days=days),
        )
    assert list(found(practice)) == ["Years", "Two", "A year"]


def test_two_full_time_posts_and_retired_colleagues_are_found(practice: Organisation) -> None:
    twice = PersonFactory(name="Twice")
    for role in ("partner", "salaried"):
        PostFactory(person=twice, organisation=practice, role=role, contracted_minutes=2_250)
    gone = PersonFactory(name="Gone")
    PostFactory(person=gone, organisation=practice, contracted_minutes=900)
    PostFactory(
        person=gone,
        organisation=practice,
        role="salaried",
        ends_on=today() - dt.timedelta(days=9),
        end_reason="retired",
    )
    assert found(practice) == {"Twice": [Doubt.TWO_FULL_TIME], "Gone": [Doubt.ENDED_FOR_GOOD]}


def test_nothing_of_another_practice_is_told(practice: Organisation) -> None:
    person = PersonFactory()
    PostFactory(person=person, organisation=practice, contracted_minutes=2_250)
    PostFactory(person=person, contracted_minutes=2_250)
    PostFactory(person=person, role="salaried", ends_on=today(), end_reason="retired")
    assert found(practice) == {}


def test_who_left_and_still_has_a_role_is_found_until_it_ends(practice: Organisation) -> None:
    left = RegisteredPersonFactory(name="Left")
    PostFactory(
        person=left,
        organisation=practice,
        ends_on=today() - dt.timedelta(days=1),
        end_reason="left",
    )
    grant = RoleGrantFactory(user=left.user, role="clinician", organisation=practice)
    assert found(practice) == {"Left": [Doubt.CAN_STILL_SIGN_IN]}
    grant.ends_on = today()
    grant.save()
    assert found(practice) == {}


def test_posts_that_the_practice_did_not_confirm_are_not_its_to_see(
    practice: Organisation,
) -> None:
    PostFactory(organisation=practice, confirmed_on=None)
    assert found(practice) == {}


def test_the_worst_comes_first_and_everyone_shown_is_audited(
    practice: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    PostFactory(organisation=practice, person__name="Able")
    PostFactory(organisation=practice, person__name="Baker", contracted_minutes=5_000)
    fine = PostFactory(organisation=practice, contracted_minutes=900)
    by = actor("practice_manager", practice)
    with django_assert_num_queries(5):
        check = posts_to_check(by, practice, today())
    assert [(item.post.person.name, item.grade) for item in check.to_check] == [
        ("Baker", Grade.POOR),
        ("Able", Grade.CARE),
    ]
    assert (check.posts, check.last_confirmed) == (3, today())
    seen = set(AuditEvent.objects.filter(act="read_posts").values_list("subject", flat=True))
    assert seen == {item.post.person.subject_id for item in check.to_check}
    assert fine.person.subject_id not in seen
