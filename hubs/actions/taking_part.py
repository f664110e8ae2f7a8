"""What saving an offer and saving a request have in common."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from accounts.actor import Actor
from hubs.actions.never_lists import NeverEdit, save_never_list
from hubs.models import MenteeRequest, MentorOffer
from hubs.models.mentor_offer import OfferState
from hubs.queries.recognition import is_recognised
from organisations.models.organisation import Organisation
from organisations.versions import stale
from retention.actions.people import own_person
from retention.models import Person

Standing = TypeVar("Standing", MentorOffer, MenteeRequest)
NOT_RECOGNISED = "Ask this hub to recognise you first: only then can it pair you."


def save_standing(
    model: type[Standing],
    *,
    hub: Organisation,
    version: int,
    terms: Mapping[str, Any],
    allowed: Iterable[str],
    never: NeverEdit | None,
    by: Actor,
) -> Standing:
    """Save the actor's one offer to a hub or request of it that is not withdrawn, or a first one.

    Part of an action, in its transaction and under its audit row. Raises ValidationError where
    the hub does not recognise the actor, where the record was changed since `version` (0 for a
    first one), or where the terms do not hold together; ValueError for terms not `allowed`.
    """
    if not is_recognised(by.user, hub):
        raise ValidationError(NOT_RECOGNISED)
    # Two windows that save for the first time take their turns.
    person = Person.objects.select_for_update().get(pk=own_person(by=by).pk)
    standing = model._default_manager.filter(person=person, hub=hub)
    # Locked, or an answer or a withdrawal of this moment would be saved over with the old state.
    # Both kinds have this state.
    found = standing.select_for_update().exclude(state=OfferState.WITHDRAWN).first()
    record = found or model(person=person, hub=hub, version=0)
    if record.version != version:
        raise stale(record.version)
    _set_terms(record, terms, allowed)
    record.version += 1
    record.full_clean()
    record.save()
    if never is not None:
        save_never_list(person=person, edit=never)
    return record


def _set_terms(record: object, terms: Mapping[str, Any], allowed: Iterable[str]) -> None:
    unknown = set(terms) - set(allowed)
    if unknown:
        raise ValueError(f"There are no such terms: {sorted(unknown)}")
    for term, value in terms.items():
        setattr(record, term, value)
