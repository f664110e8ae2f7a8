"""Who holds which role where, and who waits for an answer."""

from django.db.models import Prefetch, Q, QuerySet

from accounts.models.recognition import Recognition, RecognitionState
from accounts.models.role_grant import RoleGrant
from accounts.models.user import User
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.queries.places import networks_with, practices_of


def places_with_roles(hub: Organisation) -> QuerySet[Organisation]:
    """Return where roles of a hub's area are held: the hub, its networks and its practices.

    Takes two queries at once: as one nested query it is too deep for SQLite's parser.
    """
    practices = list(practices_of(hub, today()).values_list("pk", flat=True))
    networks = networks_with(practices, today()).values_list("pk", flat=True)
    return Organisation.objects.filter(pk__in=[hub.pk, *practices, *networks])


def open_grants(places: QuerySet[Organisation]) -> QuerySet[RoleGrant]:
    """Return the roles in `places` that hold today or begin later, with user and place."""
    return (
        RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today()))
        .filter(organisation__in=places, user__is_active=True)
        .select_related("user", "organisation")
        .order_by("user__name", "starts_on", "pk")
    )


def people_of(hub: Organisation, search: str = "") -> QuerySet[User]:
    """Return the users with a role in a hub's area or recognised by it.

    Each with `grants_here` and `recognised_here`. Three queries when a page of it is read.
    `search` is part of a name.
    """
    grants = open_grants(places_with_roles(hub))
    recognised = Recognition.objects.filter(hub=hub, state=RecognitionState.RECOGNISED)
    return (
        User.objects.filter(
            Q(pk__in=grants.order_by().values("user")) | Q(pk__in=recognised.values("user"))
        )
        .filter(is_active=True, name__icontains=search.strip())
        .prefetch_related(
            Prefetch("role_grants", queryset=grants, to_attr="grants_here"),
            Prefetch("recognitions", queryset=recognised, to_attr="recognised_here"),
        )
        .order_by("name", "pk")
    )


def staff_of(practice: Organisation) -> QuerySet[RoleGrant]:
    """Return the open roles in one practice."""
    return open_grants(Organisation.objects.filter(pk=practice.pk))


def all_grants() -> QuerySet[RoleGrant]:
    """Return every role that was granted, with user and place."""
    return RoleGrant.objects.select_related("user", "organisation")


def requests_waiting(hub: Organisation) -> QuerySet[Recognition]:
    """Return the requests to be recognised that nobody has answered, oldest first."""
    return hub.recognitions.filter(state=RecognitionState.ASKED).select_related("user")


def all_recognitions() -> QuerySet[Recognition]:
    """Return every request to be recognised, with who asks and the hub."""
    return Recognition.objects.select_related("user", "hub")


def recognition_of(user: User, hub: Organisation) -> Recognition | None:
    """Return the newest request of a user to a hub."""
    return Recognition.objects.filter(user=user, hub=hub).order_by("-asked_at", "-pk").first()
