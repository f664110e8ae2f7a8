"""Who works where: added by a practice, declared by a person, confirmed, ended."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.models.audit_event import Act, AuditEvent
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.posts import NewPerson, add_post, confirm_post, declare_post, end_post
from retention.models import Person, Plan, PlanShare, Post, SessionPattern
from tests.factories.accounts import actor
from tests.factories.organisations import (
    IcbFactory,
    LinkFactory,
    PracticeFactory,
    area_of_one_practice,
)
from tests.factories.retention import (
    DraftPatternFactory,
    PersonFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
MARCH = dt.date(2026, 3, 2)


@pytest.fixture
def practice() -> Organisation:
    return PracticeFactory()


def test_a_manager_adds_someone_new_with_name_and_profession_alone(practice: Organisation) -> None:
    by = actor("practice_manager", practice)
    newcomer = NewPerson(name=" Nurse Prudence Okafor ", profession="nurse")
    post = add_post(by=by, person=newcomer, organisation=practice, role="nurse", starts_on=MARCH)
    assert (post.person.name, post.person.user) == ("Nurse Prudence Okafor", None)
    assert post.confirmed_on == today()
    event = AuditEvent.objects.get(act=Act.ADDED_POST)
    assert (event.subject, event.thing) == (post.person.subject_id, f"post:{post.public_id}")


def test_a_manager_adds_a_second_post_for_someone_known(practice: Organisation) -> None:
    person = PostFactory(organisation=practice, role="salaried").person
    by = actor("practice_manager", practice)
    add_post(by=by, person=person, organisation=practice, role="trainee", starts_on=MARCH)
    assert set(person.posts.values_list("role", flat=True)) == {"salaried", "trainee"}


def test_a_post_that_its_person_keeps_to_themselves_refuses_nothing(
    practice: Organisation,
) -> None:
    """The practice knows of none, so it adds one as it would without; the draft stays theirs."""
    own = PostFactory(organisation=practice, role="salaried", confirmed_on=None)
    draft = DraftPatternFactory(post=own)
    by = actor("practice_manager", practice)
    said: dict[str, Any] = {
        "person": own.person,
        "organisation": practice,
        "role": "salaried",
        "starts_on": MARCH,
    }
    added = add_post(by=by, **said)
    assert (added, added.starts_on, added.confirmed_on) == (own, MARCH, today())
    assert SessionPattern.objects.get().pk == draft.pk
    with pytest.raises(ValidationError, match="already has a post"):
        add_post(by=by, **said)


@pytest.mark.parametrize("role", ["clinician", "practice_manager"])
def test_another_practice_is_not_theirs_to_fill(practice: Organisation, role: str) -> None:
    by = actor(role, PracticeFactory())
    with pytest.raises(Http404):
        add_post(
            by=by, person=PersonFactory(), organisation=practice, role="nurse", starts_on=MARCH
        )


def test_a_wrong_new_person_leaves_nothing_behind(practice: Organisation) -> None:
    by = actor("practice_manager", practice)
    for wrong in (NewPerson("", "gp"), NewPerson("Dr Ada Birch", ""), NewPerson("Dr Ada", "x")):
        with pytest.raises(ValidationError):
            add_post(by=by, person=wrong, organisation=practice, role="nurse", starts_on=MARCH)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "astronaut"},
        {"session_minutes": 119},
        {"session_minutes": 361},
        {"starts_on": dt.date(1949, 12, 31)},
        {"starts_on": dt.date.max},
    ],
)
def test_a_wrong_post_is_refused_and_named(practice: Organisation, wrong: dict[str, Any]) -> None:
    values: dict[str, Any] = {"role": "partner", "starts_on": MARCH, **wrong}
    with pytest.raises(ValidationError) as problem:
        declare_post(by=actor(), organisation=practice, **values)
    assert set(problem.value.message_dict) == set(wrong)
    assert not Post.objects.exists()


def test_declaring_a_post_waits_for_the_practice(practice: Organisation) -> None:
    by = actor()
    post = declare_post(by=by, organisation=practice, role="locum", starts_on=MARCH)
    assert post.person.user == by.user
    assert post.confirmed_on is None


def test_the_same_form_sent_twice_makes_one_post(practice: Organisation) -> None:
    by = actor()
    declare_post(by=by, organisation=practice, role="locum", starts_on=MARCH)
    with pytest.raises(ValidationError, match="End that one first"):
        declare_post(by=by, organisation=practice, role="locum", starts_on=MARCH)
    assert Post.objects.count() == 1


def test_nobody_works_in_an_icb_or_in_a_closed_practice() -> None:
    closed = PracticeFactory(ends_on=today())
    for place in (IcbFactory(), closed):
        with pytest.raises(ValidationError, match="open today"):
            declare_post(by=actor(), organisation=place, role="locum", starts_on=MARCH)


def closing(practice: Organisation, days: int = 60) -> dt.date:
    practice.ends_on = today() + dt.timedelta(days=days)
    practice.save()
    return practice.ends_on


def test_a_post_in_a_practice_that_is_to_close_ends_with_it(practice: Organisation) -> None:
    day = closing(practice)
    by = actor("practice_manager", practice)
    new: dict[str, Any] = {
        "organisation": practice,
        "role": "salaried",
        "starts_on": today(),
    }
    post = add_post(by=by, person=NewPerson("Una Birch", "gp"), **new)
    assert (post.ends_on, post.end_reason) == (day, "practice_closed")
    # The same form again: this one is no open post, and still the same.
    with pytest.raises(ValidationError, match="already has a post"):
        add_post(by=by, person=post.person, **new)


def test_no_post_begins_where_the_practice_has_closed_by_then(practice: Organisation) -> None:
    day = closing(practice)
    new: dict[str, Any] = {"organisation": practice, "role": "salaried", "starts_on": day}
    with pytest.raises(ValidationError, match="It closes on"):
        add_post(by=actor("practice_manager", practice), person=NewPerson("Una Birch", "gp"), **new)
    assert not Post.objects.exists()


def test_confirming_twice_confirms_once(practice: Organisation) -> None:
    post = PostFactory(organisation=practice, confirmed_on=None)
    by = actor("practice_manager", practice)
    assert confirm_post(by=by, post=post).confirmed_on == today()
    confirm_post(by=by, post=post)
    assert AuditEvent.objects.filter(act=Act.CHANGED_POST).count() == 1


def test_a_person_cannot_confirm_their_own_post(practice: Organisation) -> None:
    by = actor("clinician", practice)
    post = declare_post(by=by, organisation=practice, role="locum", starts_on=MARCH)
    with pytest.raises(Http404):
        confirm_post(by=by, post=post)


def test_ending_a_post_ends_its_patterns_and_drops_its_draft(practice: Organisation) -> None:
    post = PostFactory(organisation=practice)
    current = SessionPatternFactory(post=post, ends_on=dt.date(2026, 9, 1))
    future = SessionPatternFactory(post=post, starts_on=dt.date(2026, 9, 1))
    past = SessionPatternFactory(post=post, ends_on=dt.date(2021, 1, 1))
    DraftPatternFactory(post=post)
    by = actor("practice_manager", practice)
    end_post(by=by, post=post, ends_on=dt.date(2026, 6, 1), reason="moved")
    ends = dict(SessionPattern.objects.values_list("pk", "ends_on"))
    assert ends == {
        past.pk: dt.date(2021, 1, 1),
        current.pk: dt.date(2026, 6, 1),
        # It never began: its period is empty.
        future.pk: dt.date(2026, 9, 1),
    }


def test_a_post_ends_once_and_with_a_reason_from_the_list(practice: Organisation) -> None:
    post = PostFactory(organisation=practice)
    by = actor("practice_manager", practice)
    with pytest.raises(ValidationError, match="from the list"):
        end_post(by=by, post=post, ends_on=MARCH, reason="He was tired of it all")
    with pytest.raises(ValidationError, match="must not be before"):
        end_post(by=by, post=post, ends_on=dt.date(1999, 1, 1), reason="retired")
    with pytest.raises(ValidationError, match="two years"):
        end_post(by=by, post=post, ends_on=dt.date.max, reason="retired")
    end_post(by=by, post=post, ends_on=MARCH, reason="retired")
    with pytest.raises(ValidationError, match="ended already"):
        end_post(by=by, post=post, ends_on=MARCH, reason="died")
    post.refresh_from_db()
    assert post.end_reason == "retired"
    assert AuditEvent.objects.filter(act=Act.ENDED_POST).count() == 1


def test_a_person_takes_back_only_what_the_practice_has_not_confirmed() -> None:
    person = RegisteredPersonFactory()
    mine, confirmed = PostFactory(person=person, confirmed_on=None), PostFactory(person=person)
    by = actor(user=person.user)
    end_post(by=by, post=mine, ends_on=MARCH, reason="not_known")
    with pytest.raises(ValidationError, match="Ask it"):
        end_post(by=by, post=confirmed, ends_on=MARCH, reason="not_known")
    with pytest.raises(Http404):
        end_post(by=actor(), post=confirmed, ends_on=MARCH, reason="not_known")


def share_plan_with(person: Person, hub: Organisation) -> PlanShare:
    plan = Plan.objects.create(person=person, sealed=b"")
    return PlanShare.objects.create(
        plan=plan, recipient=hub, starts_on=today(), ends_on=today() + dt.timedelta(days=180)
    )


def test_what_was_shared_with_the_hub_ends_with_the_last_post_in_its_area() -> None:
    places = area_of_one_practice()
    first = PostFactory(organisation=places["practice"])
    second = PostFactory(person=first.person, organisation=places["practice"], role="trainee")
    share = share_plan_with(first.person, places["hub"])
    by = actor("practice_manager", places["practice"])
    end_post(by=by, post=first, ends_on=today(), reason="moved")
    share.refresh_from_db()
    assert share.ends_on > today()
    end_post(by=by, post=second, ends_on=today(), reason="moved")
    share.refresh_from_db()
    assert share.ends_on == today()


def test_a_post_elsewhere_does_not_keep_a_share_alive() -> None:
    places = area_of_one_practice()
    post = PostFactory(organisation=places["practice"])
    elsewhere = PracticeFactory()
    LinkFactory(child=elsewhere)
    PostFactory(person=post.person, organisation=elsewhere)
    share = share_plan_with(post.person, places["hub"])
    by = actor("practice_manager", places["practice"])
    end_post(by=by, post=post, ends_on=today(), reason="retired")
    share.refresh_from_db()
    assert share.ends_on == today()


def test_of_two_forms_sent_at_once_the_database_lets_one_in(practice: Organisation) -> None:
    """The other form arrives between the look and the save."""
    by = actor()
    person = RegisteredPersonFactory(user=by.user)

    def arrives_first(post: Post) -> None:
        PostFactory(person=person, organisation=practice, role="locum")

    with patch.object(Post, "full_clean", arrives_first):
        with pytest.raises(ValidationError, match="End that one first"):
            declare_post(by=by, organisation=practice, role="locum", starts_on=MARCH)
    assert not AuditEvent.objects.filter(act=Act.ADDED_POST).exists()
