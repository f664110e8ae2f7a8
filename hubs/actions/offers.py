"""A mentor offers, changes, pauses and withdraws mentoring."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from hubs.actions.never_lists import NeverEdit
from hubs.actions.pairs import close_pairs, drop_proposals
from hubs.actions.taking_part import save_standing
from hubs.models import MentorOffer, Pair
from hubs.models.mentor_offer import OfferState
from organisations.models.organisation import Organisation

# What the form or a program may set; state, hub, person and dates follow from acts.
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


@transaction.atomic
def save_offer(
    *,
    hub: Organisation,
    version: int,
    terms: Mapping[str, Any],
    never: NeverEdit | None,
    by: Actor,
) -> MentorOffer:
    """Make the actor's offer to a hub, or change it; `version` is 0 for a first one.

    `never` changes the actor's one never list; None leaves it as it is.

    Raises ValidationError where the hub does not recognise the actor, where the offer was changed
    since `version`, or where the terms do not hold together.
    """
    offer = save_standing(
        MentorOffer, hub=hub, version=version, terms=terms, allowed=OFFER_TERMS, never=never, by=by
    )
    audit.record(
        by=by,
        act=Act.OFFERED_MENTORING,
        subject=offer.person.subject_id,
        thing=f"mentor_offer:{offer.public_id}",
    )
    return offer


@transaction.atomic
def pause_offer(*, offer: MentorOffer, by: Actor) -> None:
    """Stop new pairs; those that stand go on, and proposals nobody knows of go."""
    _change_state(offer, OfferState.OPEN, OfferState.PAUSED, by)
    drop_proposals(Pair.objects.filter(offer=offer))


@transaction.atomic
def resume_offer(*, offer: MentorOffer, by: Actor) -> None:
    """Take part in pairings again."""
    _change_state(offer, OfferState.PAUSED, OfferState.OPEN, by)


def _change_state(offer: MentorOffer, before: OfferState, after: OfferState, by: Actor) -> None:
    # The database decides who was first of two windows: no row is changed twice.
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
    if not offers.update(state=OfferState.WITHDRAWN, withdrawn_at=timezone.now()):
        return
    close_pairs(offers=[offer], by=by)
    audit.record(
        by=by,
        act=Act.WITHDREW_MENTORING,
        subject=offer.person.subject_id,
        thing=f"mentor_offer:{offer.public_id}",
    )
