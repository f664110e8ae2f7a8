"""A mentee asks for a mentor, changes what they ask for, and withdraws."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from hubs.actions.never_lists import NeverEdit
from hubs.actions.pairs import close_pairs, take
from hubs.actions.taking_part import save_standing
from hubs.models import MenteeRequest, Pair
from hubs.models.mentee_request import RequestState
from organisations.models.organisation import Organisation

# As OFFER_TERMS: a program cannot set a state, or a hub that has not recognised anybody.
REQUEST_TERMS = (
    "stage",
    "half_days",
    "interests",
    "remote",
    "prefers_same_profession",
    "district",
    "max_km",
)


@transaction.atomic
def save_request(
    *,
    hub: Organisation,
    version: int,
    terms: Mapping[str, Any],
    never: NeverEdit | None,
    by: Actor,
) -> MenteeRequest:
    """Ask a hub for a mentor, or change what was asked; `version` is 0 for a first request.

    Raises ValidationError as `save_offer` does.
    """
    request = save_standing(
        MenteeRequest,
        hub=hub,
        version=version,
        terms=terms,
        allowed=REQUEST_TERMS,
        never=never,
        by=by,
    )
    audit.record(
        by=by,
        act=Act.ASKED_FOR_MENTOR,
        subject=request.person.subject_id,
        thing=f"mentee_request:{request.public_id}",
    )
    return request


@transaction.atomic
def withdraw_request(*, request: MenteeRequest, by: Actor) -> None:
    """End a request and, kindly, its pair; withdrawing twice is no fault."""
    # Pairs before their request, as an answer takes them.
    take(Pair.objects.filter(request=request))
    requests = MenteeRequest.objects.filter(pk=request.pk).exclude(state=RequestState.WITHDRAWN)
    if not requests.update(state=RequestState.WITHDRAWN, withdrawn_at=timezone.now()):
        return
    close_pairs(requests=[request], by=by)
    audit.record(
        by=by,
        act=Act.WITHDREW_MENTORING,
        subject=request.person.subject_id,
        thing=f"mentee_request:{request.public_id}",
    )
