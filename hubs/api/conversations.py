"""Confidential conversations: one's own, and for the retention lead those who asked."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Field, Query, Router, Schema

from accounts import audit
from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Page, Paging, PlaceName, Slug
from accounts.http import Request
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from hubs.api.mentoring import own
from hubs.models import ConversationRequest
from hubs.queries.conversations import asked_of, contact_of, open_invitations, own_conversations
from organisations.queries.places import hubs

router = Router(tags=["Confidential conversations"])


class InvitationOut(Schema):
    """A letter to every clinician of a network, the same for all."""

    id: UUID = Field(alias="public_id")
    hub: PlaceName
    network: PlaceName
    starts_on: dt.date
    ends_on: dt.date


class ConversationOut(Schema):
    """What was asked of a hub, and how to reach who asked; that is empty once it is closed."""

    id: UUID = Field(alias="public_id")
    state: str
    way: str = Field(description="phone, video, email or in_person.")
    contact: str
    times: str
    asked_at: dt.datetime
    contacted_at: dt.datetime | None
    closed_at: dt.datetime | None


class OwnConversationOut(ConversationOut):
    """The same of oneself."""

    hub: PlaceName
    version: int


class AskedOut(ConversationOut):
    """The same for the hub's retention lead."""

    name: str = Field(alias="person.name")


class MyConversationsOut(Schema):
    """Invitations that stand where you work, and what you asked of hubs."""

    invitations: list[InvitationOut]
    conversations: list[OwnConversationOut]


@router.get(
    "/me/conversations", response=answers(MyConversationsOut), summary="Read my conversations"
)
def get_my_conversations(request: Request) -> dict[str, object]:
    """What stands where you work, and what you asked; a decline is nowhere, not even here."""
    user = own(request)
    asked = [_with_contact(each) for each in own_conversations(user)]
    return {"invitations": open_invitations(user), "conversations": asked}


@router.get(
    "/hubs/{slug}/conversations", response=answers(Page[AskedOut]), summary="List who asked"
)
def list_conversations(request: Request, slug: Slug, paging: Query[Paging]) -> dict[str, object]:
    """Who asked the hub to get in touch, first come first; for its retention lead, audited."""
    hub = fetch(request.actor, Permission.SEE_CONVERSATIONS, hubs(), slug=slug)
    rows, count = paging.of(asked_of(hub))
    audit.record_reads(
        by=request.actor,
        act=Act.READ_CONVERSATIONS,
        subjects=[row.person.subject_id for row in rows],
        thing=f"hub:{hub.slug}",
    )
    return {"items": [_with_contact(row) for row in rows], "count": count}


def _with_contact(request: ConversationRequest) -> Any:
    """Add how to reach who asked, unsealed for those who may read it."""
    contact = contact_of(request)
    request.contact, request.times = contact.contact, contact.times  # type: ignore[attr-defined]  # ConversationOut reads them
    return request
