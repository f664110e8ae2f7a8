"""Who a hub has recognised: they may offer and ask for mentoring there."""

from django.db.models import QuerySet

from accounts.models import Recognition, User
from accounts.models.recognition import RecognitionState
from organisations.models.organisation import Organisation
from organisations.queries.places import hubs


def recognised_users(hub: Organisation) -> QuerySet[User]:
    """Return the users whom a hub recognises today and whose accounts are open."""
    recognised = Recognition.objects.filter(hub=hub, state=RecognitionState.RECOGNISED)
    return User.objects.filter(pk__in=recognised.values("user"), is_active=True)


def is_recognised(user: User | None, hub: Organisation) -> bool:
    """Whether the hub recognises the user."""
    return user is not None and recognised_users(hub).filter(pk=user.pk).exists()


def hubs_recognising(user: User) -> QuerySet[Organisation]:
    """Return the hubs that recognise a user."""
    # Closed hubs recognise nobody: a merger carries the yes to the new one.
    recognised = user.recognitions.filter(state=RecognitionState.RECOGNISED)
    return hubs().filter(pk__in=recognised.values("hub"))
