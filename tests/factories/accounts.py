"""Makes users, roles and actors."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from accounts.actor import Actor, Door
from accounts.models import Invitation, Notice, Recognition, RoleGrant, User
from organisations.models.organisation import Organisation
from tests.factories.organisations import HubFactory, PracticeFactory

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person Number{n}")
    password = factory.django.Password(PASSWORD)


class RoleGrantFactory(DjangoModelFactory[RoleGrant]):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = "clinician"
    organisation = factory.SubFactory(PracticeFactory)
    starts_on = dt.date(2020, 4, 1)


class InvitationFactory(DjangoModelFactory[Invitation]):
    """Sent by a command, which may invite anywhere; give `invited_by` for a person's."""

    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    role = "clinician"
    organisation = factory.SubFactory(PracticeFactory)
    token_digest = factory.Sequence(lambda n: f"{n:064d}")


class NoticeFactory(DjangoModelFactory[Notice]):
    """A practice where the user had a post has closed."""

    class Meta:
        model = Notice

    user = factory.SubFactory(UserFactory)
    kind = "closed"
    place = factory.SubFactory(PracticeFactory)
    on = dt.date(2026, 4, 1)
    lines = ("post_ended",)


class RecognitionFactory(DjangoModelFactory[Recognition]):
    class Meta:
        model = Recognition

    user = factory.SubFactory(UserFactory)
    hub = factory.SubFactory(HubFactory)


def actor(
    role: str | None = None,
    organisation: Organisation | None = None,
    *,
    user: User | None = None,
    holds_contract: bool = False,
    door: Door = Door.PAGE,
) -> Actor:
    """Return an actor: a (new) user, in `role` at `organisation` if given."""
    user = user or UserFactory()
    if role is None:
        return Actor(user=user, role=None, door=door)
    grant = RoleGrantFactory(
        user=user, role=role, organisation=organisation, holds_contract=holds_contract
    )
    return Actor(user=user, role=grant, door=door)
