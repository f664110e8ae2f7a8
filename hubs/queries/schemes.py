"""Schemes: open ones for everyone, drafts and closed ones for those who run the hub."""

import datetime as dt
import uuid

from django.db.models import QuerySet
from django.http import Http404

from accounts.access import authorise, may
from accounts.actor import Actor
from accounts.models.audit_event import Act, AuditEvent
from accounts.permissions import Permission
from hubs.models import Scheme
from hubs.models.scheme import SchemeState
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.queries.places import icbs_of_hub


def readable_schemes(hub: Organisation, *, by: Actor) -> QuerySet[Scheme]:
    """Return the schemes of a hub that the actor may read."""
    authorise(by, Permission.SEE_OPEN_SCHEMES)
    if may(by, Permission.SEE_SCHEME, hub):
        return all_schemes().filter(hub=hub)
    return open_schemes(hub)


def open_schemes(hub: Organisation, *, as_at: dt.date | None = None) -> QuerySet[Scheme]:
    """Return the schemes of a hub that make pairs still on a day (today).

    One that nobody closed after its last day is open by its state alone.
    """
    date = as_at or today()
    return all_schemes().filter(hub=hub, state=SchemeState.OPEN, ends_on__gte=date)


def readable_scheme(public_id: uuid.UUID, *, by: Actor) -> Scheme:
    """Return a scheme that the actor may read; else Http404."""
    scheme = Scheme.objects.select_related("hub", "area").filter(public_id=public_id).first()
    if scheme is None:
        raise Http404
    is_open = scheme.state == SchemeState.OPEN
    authorise(by, Permission.SEE_OPEN_SCHEMES if is_open else Permission.SEE_SCHEME, scheme)
    return scheme


def all_schemes() -> QuerySet[Scheme]:
    """Return every scheme, to fetch one from with the right permission."""
    return Scheme.objects.select_related("hub", "area")


def areas_for(hub: Organisation, *, as_at: dt.date | None = None) -> QuerySet[Organisation]:
    """Return what a scheme of the hub can be for on a day (today): the hub, or one of its ICBs."""
    whole = Organisation.objects.filter(pk=hub.pk)
    icbs = icbs_of_hub(hub, as_at or today())
    return whole | Organisation.objects.filter(pk__in=icbs.values("pk"))


def had_a_hand_in(scheme: Scheme, *, by: Actor) -> bool:
    """Whether the actor drafted the scheme or ever changed it."""
    # The record keeps one name, of who drafted it first; the log keeps all.
    written = AuditEvent.objects.filter(
        thing=f"scheme:{scheme.public_id}", act__in=(Act.DRAFTED_SCHEME, Act.CHANGED_SCHEME)
    )
    drafted = by.user is not None and scheme.drafted_by_id == by.user.pk
    return drafted or written.filter(actor=by.subject_id).exists()
