"""A mentee asks for a mentor, changes what they ask for, and withdraws."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from hubs.actions.never_lists import save_never_list
from hubs.actions.offers import NOT_RECOGNISED, set_terms
from hubs.actions.pairs import close_pairs
from hubs.actions.schemes import STALE
from hubs.models import MenteeRequest
from hubs.models.mentee_request import RequestState
from hubs.queries.recognition import is_recognised
from organisations.models.organisation import Organisation
from retention.actions.people import own_person
from retention.models import Person

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
    never: Iterable[str] | None,
    by: Actor,
) -> MenteeRequest:
    """Ask a hub for a mentor, or change what was asked; `version` is 0 for a first request.

    Raises ValidationError as `save_offer` does.
    """
    if not is_recognised(by.user, hub):
        raise ValidationError(NOT_RECOGNISED)
    # Two windows that save for the first time take their turns.
    person = Person.objects.select_for_update().get(pk=own_person(by=by).pk)
    standing = MenteeRequest.objects.filter(person=person, hub=hub)
    request = standing.exclude(state=RequestState.WITHDRAWN).first() or MenteeRequest(
        person=person, hub=hub, version=0
    )
    if request.version != version:
        raise ValidationError(STALE, code="stale")
    set_terms(request, terms, REQUEST_TERMS)
    request.version += 1
    request.full_clean()
    request.save()
    if never is not None:
        save_never_list(person=person, lines=never)
    audit.record(
        by=by,
        act=Act.ASKED_FOR_MENTOR,
        subject=person.subject_id,
        thing=f"mentee_request:{request.public_id}",
    )
    return request


@transaction.atomic
def withdraw_request(*, request: MenteeRequest, by: Actor) -> None:
    """End a request and, kindly, its pair; withdrawing twice is no fault."""
    requests = MenteeRequest.objects.filter(pk=request.pk).exclude(state=RequestState.WITHDRAWN)
    if not requests.update(state=RequestState.WITHDRAWN):
        return
    close_pairs(requests=[request], by=by)
    audit.record(
        by=by,
        act=Act.WITHDREW_MENTORING,
        subject=request.person.subject_id,
        thing=f"mentee_request:{request.public_id}",
    )
