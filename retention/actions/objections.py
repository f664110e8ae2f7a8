"""A person's objection to being counted: made and taken back by themselves, without a reason."""

from django.db import transaction

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from organisations.clock import today
from retention.actions.people import own_person
from retention.models import Objection, Person


@transaction.atomic
def object_to_figures(*, by: Actor) -> Objection:
    """Take oneself out of every figure made from today; a second time changes nothing."""
    person = _locked(by)
    held = Objection.objects.filter(person=person, ends_on__isnull=True).first()
    if held:
        return held
    audit.record(by=by, act=Act.OBJECTED, subject=person.subject_id)
    return Objection.objects.create(person=person, starts_on=today())


@transaction.atomic
def take_objection_back(*, by: Actor) -> None:
    """Be counted again in figures made from today; figures made meanwhile stay as they are."""
    person = _locked(by)
    if Objection.objects.filter(person=person, ends_on__isnull=True).update(ends_on=today()):
        audit.record(by=by, act=Act.OBJECTED, subject=person.subject_id, why="Taken back")


def _locked(by: Actor) -> Person:
    # Locked, so that a double click objects once.
    return Person.objects.select_for_update().get(pk=own_person(by=by).pk)
