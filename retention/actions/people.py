"""Who one is in the record: kept by the person, once the practice has said whose account it is."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models import Subject, User
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from organisations.queries.history import merged_into
from organisations.versions import claim
from retention.models import Person, Post, SessionPattern
from retention.queries.posts import registered_staff

HAS_ACCOUNT = "This person has an account already. Reload the list of your staff to see it."
NOT_YET = "Enter the year in which you qualified, not one to come."
NOT_STAFF = "Choose one of your registered staff. Somebody without a role here must be invited."
BOTH_TOLD = (
    "They have told weeks in this post, and in another one with the same role here."
    " End one of the two first."
)


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
    version: int,
    name: str,
    profession: str,
    year_of_birth: int | None = None,
    qualified_year: int | None = None,
) -> Person:
    """Change what the record says about oneself, as it was read (`version`, 0 before anything).

    Raises ValidationError on a year out of range, or where another window saved in between.
    """
    if qualified_year is not None and qualified_year > today().year:
        raise ValidationError({"qualified_year": NOT_YET})
    person = own_person(by=by)
    person.name, person.profession = name.strip(), profession
    person.year_of_birth, person.qualified_year = year_of_birth, qualified_year
    person.full_clean()
    claim(person, version)
    person.save()
    audit.record(by=by, act=Act.CHANGED_OWN_DETAILS, subject=person.subject_id)
    return person


@transaction.atomic
def link_person(*, by: Actor, post: Post, user: User) -> Post:
    """Say that whoever holds `post`, added by name alone, is `user`; a second time changes nothing.

    Their posts in this practice, and in those that merged into it, become the user's, who then
    sees, exports and erases them. Audit rows from before stay with the old subject. Raises
    ValidationError where the person has another account, the user has no role in the practice
    today, or both have told weeks in an equal post.
    """
    authorise(by, Permission.EDIT_POSTS, post)
    # Locked, so that two windows or two managers link a person one after the other.
    Organisation.objects.select_for_update().get(pk=post.organisation_id)
    User.objects.select_for_update().get(pk=user.pk)
    post.refresh_from_db()
    unlinked = post.person
    holder = User.objects.filter(Q(person=unlinked) | Q(subject=unlinked.subject_id)).first()
    if holder is not None and holder != user:
        raise ValidationError(HAS_ACCOUNT)
    if unlinked.user_id == user.pk:
        return post
    if not registered_staff(post.organisation, today()).filter(pk=user.pk).exists():
        raise ValidationError(NOT_STAFF)
    _give(unlinked, user, post.organisation)
    audit.record(
        by=by,
        act=Act.CHANGED_POST,
        subject=user.subject_id,
        thing=f"post:{post.public_id}",
        why="Linked to an account",
    )
    post.refresh_from_db()
    return post


def _give(unlinked: Person, user: User, practice: Organisation) -> None:
    """Make the person the user's, or move their posts here to the user's own person."""
    old = unlinked.subject_id
    # One practice does not speak for another: posts elsewhere stay where they are. For practices
    # that merged into it there is nobody else to speak.
    here = {practice.pk, *merged_into(practice, today())}
    elsewhere = unlinked.posts.exclude(organisation__in=here).exists()
    if elsewhere or Person.objects.filter(subject=user.subject_id).exists():
        _move_posts(unlinked, person_of(user)[0], here)
    else:
        unlinked.user, unlinked.subject, unlinked.name = user, user.subject, user.name
        unlinked.version += 1  # A page that the person has open says something else by now.
        unlinked.save(update_fields=["user", "subject", "name", "version"])
    Subject.objects.filter(pk=old, person__isnull=True, user__isnull=True).delete()


def _move_posts(unlinked: Person, person: Person, here: Collection[int]) -> None:
    if unlinked == person:
        return
    for post in unlinked.posts.filter(organisation__in=here):
        equal = person.posts.filter(
            organisation=post.organisation, role=post.role, ends_on__isnull=True
        )
        own = equal.first() if post.ends_on is None else None
        if own is not None:
            _merge(own, post)
        post.person = person
        post.save()
    # What the practice said and they have not: else its next roster would ask who they are.
    said = [name for name in ("profession", "registration") if not getattr(person, name)]
    for name in said:
        setattr(person, name, getattr(unlinked, name))
    if said:
        person.version += 1
        person.save(update_fields=[*said, "version"])
    if not unlinked.posts.exists():
        unlinked.delete()


def _merge(own: Post, post: Post) -> None:
    """Put into `post`, which keeps its address, what the person's own equal post holds."""
    told = SessionPattern.objects.filter(told_at__isnull=False)
    if told.filter(post=own).exists():
        if told.filter(post=post).exists():
            raise ValidationError(BOTH_TOLD)
        # Told weeks go on to be counted in the sessions they were told in.
        post.session_minutes = own.session_minutes
    SessionPattern.objects.filter(post=own).update(post=post)
    post.starts_on = min(post.starts_on, own.starts_on)
    post.confirmed_on = min(filter(None, (post.confirmed_on, own.confirmed_on)), default=None)
    own.delete()
