"""Who one is in the record."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.actor import Actor
from accounts.models.audit_event import Act, AuditEvent
from retention.actions.people import own_person, update_own_details
from retention.models import Person
from tests.factories.accounts import UserFactory, actor
from tests.factories.retention import PersonFactory

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
        by=by, name="  Dr Ivo Marsh ", profession="gp", year_of_birth=1961, qualified_year=1990
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
    good: dict[str, Any] = {"name": "Dr Ivo Marsh", "profession": "gp"}
    with pytest.raises(ValidationError) as problem:
        update_own_details(by=by, **{**good, field: value})
    assert field in problem.value.message_dict
    assert not Person.objects.filter(profession__in=["gp", "wizard"]).exists()
