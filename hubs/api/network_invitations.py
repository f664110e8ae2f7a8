"""Inviting every clinician of a network to a confidential conversation, for a retention lead."""

import datetime as dt
from http import HTTPStatus

from ninja import Field, Router, Schema, Status

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Code, PlaceName, Slug
from accounts.http import Request
from accounts.permissions import Permission
from hubs.actions.conversations import invite_network
from hubs.api.conversations import InvitationOut
from hubs.models import ConversationRound
from hubs.queries.conversations import all_networks, last_rounds, may_invite_from
from hubs.queries.flagged_networks import network_flags
from organisations.queries.places import hubs
from retention.queries.age_profile import latest_month

router = Router(tags=["Confidential conversations"])


class NetworkToInviteOut(Schema):
    """A network of the area: whether it is flagged, and when it may be invited."""

    network: PlaceName
    flagged: bool
    last_invited_on: dt.date | None
    may_invite_from: dt.date = Field(description="Half a year after the last time; else today.")


@router.get(
    "/hubs/{slug}/conversations/networks",
    response=answers(list[NetworkToInviteOut]),
    summary="List networks to invite",
)
def list_networks_to_invite(request: Request, slug: Slug) -> list[dict[str, object]]:
    """The networks of the hub's area by name. Who was invited is told to nobody."""
    hub = fetch(request.actor, Permission.SEE_CONVERSATIONS, hubs(), slug=slug)
    # Every network of the area, flagged or not: any of them may be invited.
    flags = network_flags(hub, latest_month(hub))
    last = last_rounds([each.network for each in flags])
    return [
        {
            "network": each.network,
            "flagged": each.raised,
            "last_invited_on": _day(last.get(each.network.pk)),
            "may_invite_from": may_invite_from(last.get(each.network.pk)),
        }
        for each in flags
    ]


@router.post(
    "/hubs/{slug}/conversations/networks/{code}",
    response=answers(InvitationOut, 201),
    summary="Invite a network",
)
def invite_whole_network(request: Request, slug: Slug, code: Code) -> Status[ConversationRound]:
    """Invite every clinician of a network of the area by the same letter, once in half a year."""
    hub = fetch(request.actor, Permission.SEE_CONVERSATIONS, hubs(), slug=slug)
    # Asked of the network too: a network at the edge may lie in another hub's area.
    network = fetch(
        request.actor, Permission.INVITE_TO_CONVERSATION, all_networks(), code=code.upper()
    )
    made = invite_network(hub=hub, network=network, by=request.actor)
    return Status(HTTPStatus.CREATED, made)


def _day(made: ConversationRound | None) -> dt.date | None:
    return made.starts_on if made else None
