"""A training hub merges into another: what goes on there, and what ends with the old one."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import Http404

from accounts.actions.notices import notify
from accounts.actions.place_changes import carry_area, carry_recognitions, close_place
from accounts.actor import Actor
from accounts.models.notice import NoticeKind, NoticeLine
from hubs.actions.conversations import end_conversations_with
from hubs.actions.merger_notices import affected_by_merger
from hubs.actions.notices import tell
from hubs.actions.offers import withdraw_offer
from hubs.actions.pairing_runs import UNFINISHED, give_up_lost
from hubs.actions.requests import withdraw_request
from hubs.models import CountRelease, MenteeRequest, MentorOffer, PairingRun, Scheme
from hubs.models.mentor_offer import OfferState
from hubs.queries.mentoring import own_offer, own_request
from models.disclosure import released_on
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from organisations.queries.places import icbs_of_hub
from retention.actions.plans import end_shares_with
from retention.models import ImportRun

# As long as a name of Scheme may be.
NAME_LENGTH = 120


@dataclass(frozen=True)
class HubMerger:
    """What went over: people whom the hub recognised, and schemes."""

    people: int
    schemes: int


@transaction.atomic
def merge_hubs(*, by: Actor, from_: Organisation, into: Organisation) -> HubMerger:
    """Close the hub `from_` today and let its mentoring go on in `into`; an operator's command.

    Schemes, offers, requests, pairs and whom the hub recognised go over. What somebody shared with
    `from_`, or asked of it in confidence, ends, as do its roles and agreements: each is given to
    `into` anew, or not. Raises ValidationError where either is no open hub, or a pairing is under
    way.
    """
    if not by.system:
        raise Http404
    _check(from_, into)
    # The order matters: first who is told, while all still stands; last the closing, which ends
    # what was not carried.
    told = affected_by_merger(from_)
    end_shares_with(from_)
    waiting = end_conversations_with(from_)
    _carry_standing(by, from_, into)
    schemes = _carry_schemes(from_, into)
    people = carry_recognitions(by=by, from_=from_, into=into)
    _carry_records(from_, into)
    carry_area(by=by, from_=from_, into=into)
    close_place(by=by, place=from_, on=today(), successor=into)
    for user in people:
        told[user].add(NoticeLine.MENTORING_MOVED)
    notify(told=told, kind=NoticeKind.MERGED, place=from_, other=into, on=today())
    # Who asked in confidence gets the mail and no notice, which others may see over a shoulder;
    # and no second mail, which would tell two reasons apart.
    tell(*(person for person in waiting if person.user not in told))
    return HubMerger(people=len(people), schemes=schemes)


def _check(from_: Organisation, into: Organisation) -> None:
    if from_ == into:
        raise ValidationError("A hub cannot merge into itself.")
    for hub in (from_, into):
        if hub.kind != Kind.TRAINING_HUB or not hub.holds_on(today()):
            raise ValidationError(f"{hub.code} is no training hub that is open today.")
    runs = PairingRun.objects.filter(scheme__hub=from_)
    # A lead gives a lost run up by asking anew, which nobody can where the scheme is closed.
    give_up_lost(runs)
    if runs.filter(state__in=UNFINISHED).exists():
        raise ValidationError(f"A pairing of {from_.code} is under way. Try again when it is done.")


def _carry_standing(by: Actor, from_: Organisation, into: Organisation) -> None:
    """Move offers and requests; one that stands in both hubs goes on as that of `into`."""
    # Requests are withdrawn by the same word.
    gone = OfferState.WITHDRAWN
    for offer in MentorOffer.objects.filter(hub=from_).exclude(state=gone).select_related("person"):
        if offer.person.user and own_offer(offer.person.user, into):
            withdraw_offer(offer=offer, by=by)
    asked = MenteeRequest.objects.filter(hub=from_).exclude(state=gone).select_related("person")
    for request in asked:
        if request.person.user and own_request(request.person.user, into):
            withdraw_request(request=request, by=by)
    for model in (MentorOffer, MenteeRequest):
        # A form open on one of them now is told that it is stale, and shows the new hub.
        model._default_manager.filter(hub=from_).update(hub=into, version=F("version") + 1)


def _carry_schemes(from_: Organisation, into: Organisation) -> int:
    """Move schemes; one of the whole hub stays with its ICB, or with both hubs' where it has more.

    A name that `into` has already gets the old hub's code beside it.
    """
    # Before the area moves: afterwards the old hub has none.
    icbs = list(icbs_of_hub(from_, today()))
    whole = icbs[0] if len(icbs) == 1 else into
    taken = set(Scheme.objects.filter(hub=into).values_list("name", flat=True))
    schemes = Scheme.objects.filter(hub=from_)
    count = len(schemes)
    for scheme in schemes:
        if scheme.name in taken:
            mark = f" ({from_.code})"
            scheme.name = scheme.name[: NAME_LENGTH - len(mark)] + mark
        scheme.area = whole if scheme.area_id == from_.pk else scheme.area
        scheme.hub = into
        scheme.version += 1
        scheme.save(update_fields=["name", "area", "hub", "version"])
    return count


def _carry_records(from_: Organisation, into: Organisation) -> None:
    """Move reports of loaded files, and the quarter's counts of networks, which stay frozen.

    A second count of a network in one quarter, beside the first, could single somebody out.
    """
    ImportRun.objects.filter(hub=from_).update(hub=into)
    # The old hub's own count stays with it: it is of other people than any count of the new hub.
    quarter = CountRelease.objects.filter(quarter=released_on(today()))
    counted = quarter.filter(hub=into).values_list("place", flat=True)
    quarter.filter(hub=from_, place__kind=Kind.NETWORK).exclude(place__in=list(counted)).update(
        hub=into
    )
