"""Who one is in the record: kept by the person alone."""

from django.db import transaction

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models import User
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from retention.models import Person


@transaction.atomic
def own_person(*, by: Actor) -> Person:
    """Return the person that the signed-in user is, made on first use from their account.

    Person and user share one subject, so that one erasure severs both. A system job is nobody:
    Http404.
    """
    authorise(by, Permission.OWN_RECORD)
    user = by.user
    assert user is not None  # authorise has looked
    person, made = person_of(user)
    if made:
        audit.record(by=by, act=Act.CHANGED_OWN_DETAILS, subject=person.subject_id)
    return person


def person_of(user: User) -> tuple[Person, bool]:
    """Return the person that a user is, and whether they had to be made; call it in a transaction.

    For one's own use call own_person, which knows who asks.
    """
    person, made = Person.objects.get_or_create(
        subject=user.subject, defaults={"user": user, "name": user.name}
    )
    if person.user_id is None:
        person.user = user
        person.save(update_fields=["user"])
    return person, made


@transaction.atomic
def update_own_details(
    *,
    by: Actor,
    name: str,
    profession: str,
    year_of_birth: int | None = None,
    qualified_year: int | None = None,
) -> Person:
    """Change what the record says about oneself; raises ValidationError on a year out of range."""
    person = own_person(by=by)
    person.name, person.profession = name.strip(), profession
    person.year_of_birth, person.qualified_year = year_of_birth, qualified_year
    person.full_clean()
    person.save()
    audit.record(by=by, act=Act.CHANGED_OWN_DETAILS, subject=person.subject_id)
    return person
