"""Invitations to a confidential conversation, and who asked for one.

An invitation is to whoever works in a network: nothing here looks at an age, and nobody is listed
but those who asked.
"""

import datetime as dt
import json
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from accounts.sealing import seal, unseal
from hubs.models import ConversationRequest, ConversationRound
from hubs.models.conversation import ConversationState
from organisations.clock import today
from organisations.models.link import Link, LinkKind
from organisations.models.organisation import Kind, Organisation
from organisations.queries.agreements import CONVERSATIONS, hubs_in_order
from organisations.queries.places import practices_of
from retention.models import Post
from retention.models.post import PostRole

# Everyone who sees patients is asked: no profession and no contract is left out.
CLINICAL_ROLES = tuple(role for role in PostRole if role not in (PostRole.MANAGER, PostRole.OTHER))
# Half a year, whichever hub asks: more often it would be pressure, not an offer.
BETWEEN_ROUNDS = dt.timedelta(days=183)


@dataclass(frozen=True)
class Contact:
    """How to reach somebody, in their own words; empty once the conversation is closed."""

    contact: str = ""
    times: str = ""


def conversation_hubs(*, as_at: dt.date | None = None) -> QuerySet[Organisation]:
    """Return the hubs that may invite and be asked on a day (today): by agreement, after notice."""
    return hubs_in_order(CONVERSATIONS, as_at or today())


def holds_conversations(hub: Organisation, *, as_at: dt.date | None = None) -> bool:
    """Whether a hub may invite and be asked on a day (today)."""
    return conversation_hubs(as_at=as_at).filter(pk=hub.pk).exists()


def sealed_contact(contact: Contact) -> bytes:
    """Return a contact as it is kept."""
    return seal(json.dumps(vars(contact)))


def contact_of(request: ConversationRequest) -> Contact:
    """Return how to reach who asked; raises SealError if its key is no longer held."""
    return Contact(**json.loads(unseal(request.sealed))) if request.sealed else Contact()


def invited_users(network: Organisation, *, as_at: dt.date | None = None) -> QuerySet[User]:
    """Return everyone with an account and a clinical post in a network on a day (today)."""
    date = as_at or today()
    places = practices_of(network, date) | Organisation.objects.filter(pk=network.pk)
    # A network's own staff too. Posts that nobody confirmed count: the letter tells nothing.
    posts = Post.objects.as_at(date).filter(organisation__in=places, role__in=CLINICAL_ROLES)
    return User.objects.filter(is_active=True, person__posts__in=posts).distinct()


def open_invitations(user: User, *, as_at: dt.date | None = None) -> list[ConversationRound]:
    """Return the invitations that stand on a day (today) where somebody works. Three queries.

    One of a hub whose agreement has lapsed stands aside until it is in order again.

    By where they work alone, so it shows no more than that, whoever looks over a shoulder.
    """
    date = as_at or today()
    posts = Post.objects.as_at(date).filter(person__user=user, role__in=CLINICAL_ROLES)
    places = list(posts.values_list("organisation", flat=True))
    # Most readers of most pages end here.
    if not places:
        return []
    links = Link.objects.as_at(date).filter(kind=LinkKind.PRACTICE_NETWORK, child__in=places)
    networks = [*places, *links.values_list("parent", flat=True)]
    rounds = ConversationRound.objects.as_at(date).filter(
        network__in=networks, hub__in=conversation_hubs(as_at=date)
    )
    return list(rounds.select_related("hub", "network"))


def last_rounds(networks: list[Organisation]) -> dict[int, ConversationRound]:
    """Return the newest invitation of each of some networks, by the network's key. One query."""
    # Ended early or not: a hub that closed had sent its letter.
    rounds = ConversationRound.objects.filter(network__in=networks).order_by("starts_on", "pk")
    return {each.network_id: each for each in rounds}


def may_invite_from(last: ConversationRound | None, *, as_at: dt.date | None = None) -> dt.date:
    """Return from when a network may be invited again: half a year after the last time."""
    date = as_at or today()
    return date if last is None else max(date, last.starts_on + BETWEEN_ROUNDS)


def all_networks() -> QuerySet[Organisation]:
    """Return every network, to fetch one of them from."""
    return Organisation.objects.filter(kind=Kind.NETWORK)


def own_conversations(user: User) -> QuerySet[ConversationRequest]:
    """Return what somebody asked of hubs, closed ones too, newest first."""
    asked = ConversationRequest.objects.filter(person__user=user).select_related("hub", "person")
    return asked.order_by("-asked_at", "-pk")


def own_open_conversation(user: User, hub: Organisation) -> ConversationRequest | None:
    """Return what somebody asked of a hub and is not closed."""
    return own_conversations(user).filter(hub=hub).exclude(state=ConversationState.CLOSED).first()


def asked_of(hub: Organisation) -> QuerySet[ConversationRequest]:
    """Return who asked a hub and waits or talks, first come first; closed ones are gone."""
    asked = ConversationRequest.objects.filter(hub=hub).exclude(state=ConversationState.CLOSED)
    return asked.select_related("person")


def all_conversations() -> QuerySet[ConversationRequest]:
    """Return every request, to fetch one of them from."""
    return ConversationRequest.objects.select_related("person", "hub")
