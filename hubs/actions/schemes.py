"""Drafts, changes, opens and closes schemes."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from hubs.models import Scheme
from hubs.models.scheme import SchemeState
from hubs.queries.schemes import areas_for, had_a_hand_in
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.versions import stale

# What a lead may set; the state and the names of those who acted are set by the acts themselves.
SCHEME_TERMS = (
    "name",
    "purpose",
    "area",
    "starts_on",
    "ends_on",
    "min_clinical_sessions",
    "licence_required",
    "performers_list_required",
    "min_years_qualified",
    "years_justification",
    "session_minutes",
    "rate",
    "budget",
    "places",
)
NOT_OF_HUB = "Choose the whole hub or one of its ICBs."


@transaction.atomic
def draft_scheme(*, hub: Organisation, terms: Mapping[str, Any], by: Actor) -> Scheme:
    """Save a new draft; raises ValidationError where the terms do not hold together."""
    scheme = Scheme(hub=hub, drafted_by=by.user)
    _set_terms(scheme, terms)
    scheme.save()
    audit.record(by=by, act=Act.DRAFTED_SCHEME, thing=f"scheme:{scheme.public_id}")
    return scheme


@transaction.atomic
def change_scheme(*, scheme: Scheme, version: int, terms: Mapping[str, Any], by: Actor) -> Scheme:
    """Change a draft that nobody has changed since `version`; raises ValidationError otherwise."""
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if scheme.state != SchemeState.DRAFT:
        raise ValidationError("Only a draft can be changed. Draft a new scheme instead.")
    if scheme.version != version:
        raise stale(scheme.version)
    _set_terms(scheme, terms)
    scheme.version += 1
    scheme.save()
    audit.record(by=by, act=Act.CHANGED_SCHEME, thing=f"scheme:{scheme.public_id}")
    return scheme


@transaction.atomic
def open_scheme(*, scheme: Scheme, version: int, by: Actor) -> None:
    """Open a draft as it was read (`version`); nobody opens what they wrote themselves."""
    # In whatever role: two roles of one person are still one pair of eyes.
    if had_a_hand_in(scheme, by=by):
        raise ValidationError(
            "You drafted or changed this scheme yourself. Ask another administrator to open it."
        )
    if scheme.ends_on < today():
        raise ValidationError("This scheme has ended already. Change its dates first.")
    opened = Scheme.objects.filter(pk=scheme.pk, state=SchemeState.DRAFT, version=version).update(
        state=SchemeState.OPEN, opened_by=by.user, version=F("version") + 1
    )
    if not opened:
        raise ValidationError(
            "This draft has been changed or opened since you read it. Read it again.",
            code="stale",
        )
    audit.record(by=by, act=Act.OPENED_SCHEME, thing=f"scheme:{scheme.public_id}")


@transaction.atomic
def close_scheme(*, scheme: Scheme, by: Actor) -> None:
    """Close an open scheme: no new pairs; those that meet go on."""
    closed = Scheme.objects.filter(pk=scheme.pk, state=SchemeState.OPEN).update(
        state=SchemeState.CLOSED, version=F("version") + 1
    )
    if not closed:
        raise ValidationError("Only an open scheme can be closed.")
    audit.record(by=by, act=Act.CLOSED_SCHEME, thing=f"scheme:{scheme.public_id}")


def _set_terms(scheme: Scheme, terms: Mapping[str, Any]) -> None:
    unknown = set(terms) - set(SCHEME_TERMS)
    if unknown:
        raise ValueError(f"A scheme has no such terms: {sorted(unknown)}")
    for term, value in terms.items():
        setattr(scheme, term, value)
    # Words without the rule that they justify would be kept for nothing.
    if scheme.min_years_qualified is None:
        scheme.years_justification = ""
    # The database holds to the same rules; this says them beside the fields.
    scheme.full_clean()
    # A program can name any place; the form offers only these.
    if not areas_for(scheme.hub).filter(pk=scheme.area_id).exists():
        raise ValidationError({"area": NOT_OF_HUB})
