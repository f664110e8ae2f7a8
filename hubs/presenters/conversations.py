"""Confidential conversations in words: the letter, one's own page, and the hub's list."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.timezone import localdate

from accounts.actor import Actor
from accounts.models import User
from hubs.models import ConversationRequest, ConversationRound
from hubs.models.conversation import ConversationState
from hubs.queries.conversations import (
    contact_of,
    conversation_hubs,
    last_rounds,
    may_invite_from,
    open_invitations,
    own_conversations,
)
from hubs.queries.flagged_networks import NetworkFlag, network_flags
from hubs.queries.recognition import hubs_recognising
from organisations.clock import today
from organisations.models.organisation import Organisation
from retention.presenters.outlook import flag_sentence
from retention.presenters.session_grid import date_words
from retention.queries.age_profile import latest_month

# The same to everyone, word for word: on the page, and on the leaflet.
LETTER = (
    "How would you like to work? Every clinician who works in this network is invited to a"
    " confidential conversation with the training hub, whatever their age, role or plans.",
    "It can be about hours, duties, a break, mentoring, teaching, coming back or anything else"
    " that would make your work better. It is not about your performance, and it is not notice.",
    "Say yes, and the retention lead of the hub gets in touch with you. Your practice, your"
    " network and everyone else are not told: nobody but the lead sees that you asked, and “Who"
    " looked” shows you each time they do.",
    "If you do nothing, or say no, nobody knows. It is not recorded.",
)


@dataclass(frozen=True)
class MyAsk:
    """What I asked of a hub, on my page."""

    request: ConversationRequest
    rows: list[tuple[str, str]]
    is_open: bool


@dataclass(frozen=True)
class MyConversations:
    """My page: what stands where I work, what I asked, and which hubs I may ask."""

    invitations: list[ConversationRound]
    asks: list[MyAsk]
    may_ask: list[Organisation]
    other_hubs: list[Organisation]
    letter: tuple[str, ...] = LETTER


@dataclass(frozen=True)
class WhoAsked:
    """A line of the hub's list: those who asked, in the order in which they did."""

    request: ConversationRequest
    name: str
    rows: list[tuple[str, str]]
    may_mark: bool


@dataclass(frozen=True)
class NetworkToInvite:
    """A network of the area: why it is flagged, if it is, and when it may be invited."""

    network: Organisation
    reason: str
    last: str
    wait: str


def my_conversations(user: User, hidden: Iterable[str]) -> MyConversations:
    """Return my page; `hidden` are the ids of invitations that I put away in this session."""
    # In the session alone: that somebody said no is recorded nowhere.
    away = set(hidden)
    asks = list(own_conversations(user))
    asked = {ask.hub_id for ask in asks if ask.state != ConversationState.CLOSED}
    standing = open_invitations(user)
    # Hubs that know them first. Any other may be asked: their own need not hear of it.
    near = {each.hub_id for each in standing} | {hub.pk for hub in hubs_recognising(user)}
    free = [hub for hub in conversation_hubs() if hub.pk not in asked and hub.holds_on(today())]
    return MyConversations(
        invitations=[each for each in standing if _is_shown(each, away, asked)],
        asks=[_mine(ask) for ask in asks],
        may_ask=[hub for hub in free if hub.pk in near],
        other_hubs=[hub for hub in free if hub.pk not in near],
    )


def _is_shown(invitation: ConversationRound, away: Collection[str], asked: Collection[int]) -> bool:
    return invitation.hub_id not in asked and str(invitation.public_id) not in away


def _mine(ask: ConversationRequest) -> MyAsk:
    is_open = ask.state != ConversationState.CLOSED
    rows = [("State", ask.get_state_display()), ("You asked on", _day(ask.asked_at))]
    if ask.contacted_at:
        rows.append(("The hub says it was in touch on", _day(ask.contacted_at)))
    if ask.closed_at:
        rows.append(("Closed on", _day(ask.closed_at)))
    return MyAsk(ask, [*rows, *(_how(ask) if is_open else [])], is_open)


def who_asked(requests: Iterable[ConversationRequest]) -> list[WhoAsked]:
    """Return the hub's list. It has no profession, place or age: the person tells what matters."""
    return [
        WhoAsked(
            request=request,
            name=request.person.name,
            rows=[
                ("Asked on", _day(request.asked_at)),
                ("State", request.get_state_display()),
                *_how(request),
            ],
            may_mark=request.state == ConversationState.ASKED,
        )
        for request in requests
    ]


def _day(moment: dt.datetime) -> str:
    # Kept in universal time: after midnight in summer its own day is the one before.
    return date_words(localdate(moment))


def _how(request: ConversationRequest) -> list[tuple[str, str]]:
    contact = contact_of(request)
    rows = [("How", request.get_way_display()), ("Where to reach", contact.contact)]
    return [*rows, ("Good times", contact.times or "Not said")]


def networks_of_area(hub: Organisation) -> tuple[list[NetworkToInvite], list[NetworkToInvite]]:
    """Return the flagged networks of a hub's area, each with its reason, and the others."""
    flags = network_flags(hub, latest_month(hub))
    last = last_rounds([each.network for each in flags])
    flagged = [_network(each, last.get(each.network.pk)) for each in flags if each.raised]
    others = [_network(each, last.get(each.network.pk)) for each in flags if not each.raised]
    return flagged, others


def network_to_invite(hub: Organisation, network: Organisation) -> NetworkToInvite:
    """Return one network of the area, for the page that asks before it is invited."""
    flags = network_flags(hub, latest_month(hub))
    found = next((each for each in flags if each.network == network), NetworkFlag(network, None))
    return _network(found, last_rounds([network]).get(network.pk))


def _network(found: NetworkFlag, last: ConversationRound | None) -> NetworkToInvite:
    free_from = may_invite_from(last)
    return NetworkToInvite(
        network=found.network,
        reason=flag_sentence(found.flag) if found.flag and found.raised else "",
        last=f"Last invited on {last.starts_on:%-d %B %Y}." if last else "Never invited yet.",
        wait=f"Again from {free_from:%-d %B %Y}." if free_from > today() else "",
    )


def invitation_count(actor: Actor | None) -> int:
    """Return how many invitations stand where the reader works, for the link on their page."""
    return len(open_invitations(actor.user)) if actor and actor.user else 0
