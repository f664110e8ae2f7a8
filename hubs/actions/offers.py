"""A mentor offers, changes, pauses and withdraws mentoring."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from hubs.actions.never_lists import save_never_list
from hubs.actions.pairs import close_pairs
from hubs.actions.schemes import STALE
from hubs.models import MentorOffer, Pair
from hubs.models.mentor_offer import OfferState
from hubs.models.pair import PairState
from hubs.queries.recognition import is_recognised
from organisations.models.organisation import Organisation
from retention.actions.people import own_person
from retention.models import Person

OFFER_TERMS = (
    "half_days",
    "hours_a_month",
    "remote",
    "district",
    "max_km",
    "interests",
    "clinical_sessions",
    "has_licence",
    "on_performers_list",
)
NOT_RECOGNISED = "Ask this hub to recognise you first: only then can it pair you."


@transaction.atomic
def save_offer(
    *,
    hub: Organisation,
    version: int,
    terms: Mapping[str, Any],
    never: Iterable[str] | None,
    by: Actor,
) -> MentorOffer:
    """Make the actor's offer to a hub, or change it; `version` is 0 for a first one.

    `never` takes the place of the actor's one never list; None leaves it as it is.

    Raises ValidationError where the hub does not recognise the actor, where the offer was changed
    since `version`, or where the terms do not hold together.
    """
    if not is_recognised(by.user, hub):
        raise ValidationError(NOT_RECOGNISED)
    # Two windows that save for the first time take their turns.
    person = Person.objects.select_for_update().get(pk=own_person(by=by).pk)
    standing = MentorOffer.objects.filter(person=person, hub=hub)
    offer = standing.exclude(state=OfferState.WITHDRAWN).first() or MentorOffer(
        person=person, hub=hub, version=0
    )
    if offer.version != version:
        raise ValidationError(STALE, code="stale")
    set_terms(offer, terms, OFFER_TERMS)
    offer.version += 1
    offer.full_clean()
    offer.save()
    if never is not None:
        save_never_list(person=person, lines=never)
    audit.record(
        by=by,
        act=Act.OFFERED_MENTORING,
        subject=person.subject_id,
        thing=f"mentor_offer:{offer.public_id}",
    )
    return offer


def set_terms(record: object, terms: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    """Put the terms on a record; raises ValueError for any that is not `allowed`."""
    unknown = set(terms) - set(allowed)
    if unknown:
        raise ValueError(f"There are no such terms: {sorted(unknown)}")
    for term, value in terms.items():
        setattr(record, term, value)


@transaction.atomic
def pause_offer(*, offer: MentorOffer, by: Actor) -> None:
    """Stop new pairs; those that stand go on, and proposals nobody knows of go."""
    _change_state(offer, OfferState.OPEN, OfferState.PAUSED, by)
    Pair.objects.filter(offer=offer, state=PairState.PROPOSED).delete()


@transaction.atomic
def resume_offer(*, offer: MentorOffer, by: Actor) -> None:
    """Take part in pairings again."""
    _change_state(offer, OfferState.PAUSED, OfferState.OPEN, by)


def _change_state(offer: MentorOffer, before: OfferState, after: OfferState, by: Actor) -> None:
    changed = MentorOffer.objects.filter(pk=offer.pk, state=before).update(state=after)
    if not changed:
        raise ValidationError("Your offer has changed in the meantime. Read the page again.")
    audit.record(
        by=by,
        act=Act.OFFERED_MENTORING,
        subject=offer.person.subject_id,
        thing=f"mentor_offer:{offer.public_id}",
    )


@transaction.atomic
def withdraw_offer(*, offer: MentorOffer, by: Actor) -> None:
    """End an offer and, kindly, its pairs; withdrawing twice is no fault."""
    offers = MentorOffer.objects.filter(pk=offer.pk).exclude(state=OfferState.WITHDRAWN)
    if not offers.update(state=OfferState.WITHDRAWN):
        return
    close_pairs(offers=[offer], by=by)
    audit.record(
        by=by,
        act=Act.WITHDREW_MENTORING,
        subject=offer.person.subject_id,
        thing=f"mentor_offer:{offer.public_id}",
    )
