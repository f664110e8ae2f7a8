"""Confidential conversations: one's own, and for the retention lead those who asked."""

import datetime as dt
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from accounts import audit
from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import FIRST_DAY_OUT, NO_NUL, Page, Paging, PlaceName, Slug, Version
from accounts.http import Request
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from hubs.actions.conversations import (
    LONGEST_CONTACT,
    LONGEST_TIMES,
    ask_for_conversation,
    mark_conversation,
    withdraw_conversation,
)
from hubs.api.mentoring import own
from hubs.models import ConversationRequest
from hubs.models.conversation import ConversationState, Way
from hubs.queries.conversations import (
    Contact,
    all_conversations,
    asked_of,
    contact_of,
    open_invitations,
    own_conversations,
)
from organisations.queries.places import hubs

router = Router(tags=["Confidential conversations"])


class InvitationOut(Schema):
    """A letter to every clinician of a network, the same for all."""

    id: UUID = Field(alias="public_id")
    hub: PlaceName
    network: PlaceName
    starts_on: dt.date
    ends_on: dt.date = Field(description=FIRST_DAY_OUT)


class ConversationOut(Schema):
    """What was asked of a hub, and how to reach who asked; that is empty once it is closed."""

    id: UUID = Field(alias="public_id")
    state: ConversationState
    way: Way
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


class ConversationIn(Schema):
    """How and when to be reached, and nothing else: no reason is asked."""

    version: Version
    way: Way
    contact: Annotated[str, Field(min_length=1, max_length=LONGEST_CONTACT, pattern=NO_NUL)]
    times: Annotated[str, Field(max_length=LONGEST_TIMES, pattern=NO_NUL)] = ""


class MarkIn(Schema):
    """What the hub did."""

    # Not back to "asked": a conversation that was had cannot be unhad.
    state: Literal["contacted", "closed"]


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
    # Closed ones too, without their contact: what one asked is one's own to see.
    asked = [_with_contact(each) for each in own_conversations(user)]
    return {"invitations": open_invitations(user), "conversations": asked}


@router.put(
    "/hubs/{slug}/my-conversation",
    response=answers(OwnConversationOut),
    summary="Ask for a conversation",
)
def ask_my_hub(request: Request, slug: Slug, data: ConversationIn) -> Any:
    """Ask a hub to get in touch, or change how; no reason is asked. Its leads alone can read it.

    `version` is that of what you asked before, 0 for the first; 409 where it has moved on.
    """
    # Anybody signed in may ask, recognised by the hub or not.
    own(request)
    hub = fetch(request.actor, Permission.SEE_PUBLISHED, hubs(), slug=slug)
    asked = ask_for_conversation(
        hub=hub,
        version=data.version,
        way=data.way.value,
        contact=Contact(data.contact, data.times),
        by=request.actor,
    )
    return _with_contact(asked)


@router.delete(
    "/me/conversations/{conversation_id}",
    response=answers(None, 204),
    summary="Take back what I asked",
)
def withdraw_my_conversation(request: Request, conversation_id: UUID) -> Status[None]:
    """Take back what you asked: it is deleted, and the hub no longer sees that there was one."""
    found = fetch(
        request.actor, Permission.OWN_RECORD, all_conversations(), public_id=conversation_id
    )
    withdraw_conversation(request=found, by=request.actor)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/conversations/{conversation_id}/mark",
    response=answers(None, 204),
    summary="Mark a conversation",
)
def mark_asked(request: Request, conversation_id: UUID, data: MarkIn) -> Status[None]:
    """Say that the hub was in touch, or that it is closed, which forgets how to reach who asked."""
    found = fetch(
        request.actor, Permission.SEE_CONVERSATIONS, all_conversations(), public_id=conversation_id
    )
    mark_conversation(request=found, state=data.state, by=request.actor)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.get(
    "/hubs/{slug}/conversations", response=answers(Page[AskedOut]), summary="List who asked"
)
def list_conversations(request: Request, slug: Slug, paging: Query[Paging]) -> dict[str, object]:
    """Who asked the hub to get in touch, first come first; for its retention lead, audited."""
    hub = fetch(request.actor, Permission.SEE_CONVERSATIONS, hubs(), slug=slug)
    rows, count = paging.of(asked_of(hub))
    # Before anything is answered, and of the rows of this page alone: nobody else was shown.
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
