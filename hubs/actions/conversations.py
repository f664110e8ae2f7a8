"""Invites whole networks to a confidential conversation; keeps who asked for one."""

import datetime as dt
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.http import Http404
from django.utils import timezone

from accounts import audit, roles
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models import RoleGrant, User
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from accounts.tasks import send_news
from hubs.models import ConversationRequest, ConversationRound
from hubs.models.conversation import ConversationState
from hubs.queries.conversations import (
    Contact,
    holds_conversations,
    invited_users,
    last_rounds,
    may_invite_from,
    own_conversations,
    sealed_contact,
)
from organisations.clock import today
from organisations.models import Organisation
from organisations.queries.agreements import CONVERSATIONS
from organisations.queries.places import within
from organisations.versions import stale
from retention.actions.people import own_person
from retention.models import Person

# Long enough to be on the page after a holiday, and over well before the next round may begin.
STANDS = dt.timedelta(days=60)
NOT_AGREED = (
    f"The hub first needs an agreement for “{CONVERSATIONS}”, in force and with the notice given."
    " Its administrator adds it under Agreements."
)
# A phone number and some hours: no room to write down why somebody wants to talk.
LONGEST_CONTACT, LONGEST_TIMES = 200, 300
# What was done to a request, by the state that it may be done in.
MARKS = {
    ConversationState.CONTACTED: (ConversationState.ASKED,),
    ConversationState.CLOSED: (ConversationState.ASKED, ConversationState.CONTACTED),
}


@transaction.atomic
def invite_network(*, hub: Organisation, network: Organisation, by: Actor) -> ConversationRound:
    """Invite every clinician of a network of the hub's area, by the same letter.

    Whoever has an account gets one neutral mail; who that was is neither returned nor kept.
    Raises ValidationError within half a year of the last time, and while the hub has no agreement
    for it in order.
    """
    authorise(by, Permission.INVITE_TO_CONVERSATION, network)
    if not within(network, hub, today()):
        raise Http404
    if not holds_conversations(hub):
        raise ValidationError(NOT_AGREED)
    # Two leads at once, maybe of two hubs that share the network, take their turns.
    Organisation.objects.select_for_update().get(pk=network.pk)
    free_from = may_invite_from(last_rounds([network]).get(network.pk))
    if free_from > today():
        raise ValidationError(
            f"{network} was invited in the last six months. It can be invited again from"
            f" {free_from:%-d %B %Y}."
        )
    made = ConversationRound.objects.create(
        hub=hub, network=network, starts_on=today(), ends_on=today() + STANDS
    )
    # On the network alone: a subject here would be a list of whom it reached.
    audit.record(by=by, act=Act.INVITED_NETWORK, thing=f"network:{network.code}")
    for user in invited_users(network):
        transaction.on_commit(partial(send_news.enqueue, str(user.public_id)))
    return made


@transaction.atomic
def ask_for_conversation(
    *, hub: Organisation, version: int, way: str, contact: Contact, by: Actor
) -> ConversationRequest:
    """Ask a hub to get in touch, or change how; `version` is 0 for a first time.

    Anybody may, invited or not, recognised or not. Raises ValidationError where the hub has
    closed, where another window was quicker, where a text is missing or too long, and for a first
    time while the hub has no agreement for it in order.
    """
    # A page opened before the hub closed may still be sent.
    if not hub.holds_on(today()):
        raise ValidationError(
            f"{hub} is closed, and nobody there would read this. Ask another hub."
        )
    # Two windows that ask for the first time take their turns.
    person = Person.objects.select_for_update().get(pk=own_person(by=by).pk)
    found = _locked(person, hub)
    # What was asked in time can be changed still: who waits for a call must not be cut off.
    if found is None and not holds_conversations(hub):
        raise ValidationError(f"{hub} does not hold confidential conversations at the moment.")
    request = found or ConversationRequest(person=person, hub=hub)
    if request.version != version:
        raise stale(request.version)
    _check(contact)
    request.way, request.sealed = way, sealed_contact(contact)
    request.version += 1
    request.full_clean()
    request.save()
    audit.record(
        by=by,
        act=Act.ASKED_CONVERSATION,
        subject=person.subject_id,
        thing=f"conversation:{request.public_id}",
    )
    if found is None:
        # Once: that a request changed is read with it, and needs no mail of its own.
        _tell_leads(hub)
    return request


def _locked(person: Person, hub: Organisation) -> ConversationRequest | None:
    # Or one that a lead closes in this moment would be open again, with the way to reach.
    asked = ConversationRequest.objects.select_for_update().filter(person=person, hub=hub)
    return asked.exclude(state=ConversationState.CLOSED).first()


def _check(contact: Contact) -> None:
    problems = {}
    if not contact.contact.strip():
        problems["contact"] = "Enter a phone number, an e-mail address or where to find you."
    for name, longest in (("contact", LONGEST_CONTACT), ("times", LONGEST_TIMES)):
        if len(getattr(contact, name)) > longest:
            problems[name] = f"Use {longest} characters at most."
    if problems:
        raise ValidationError(problems)


def _tell_leads(hub: Organisation) -> None:
    """Send the hub's leads the neutral mail, which says neither who nor what."""
    leads = RoleGrant.objects.as_at(today()).filter(
        organisation=hub, role=roles.HUB_RETENTION_LEAD.key
    )
    for grant in leads.select_related("user"):
        transaction.on_commit(partial(send_news.enqueue, str(grant.user.public_id)))


@transaction.atomic
def withdraw_conversation(*, request: ConversationRequest, by: Actor) -> None:
    """Take it back: it is deleted, and the hub no longer sees that there was one."""
    # No permission is asked here: doors fetch it as the person's own, and a death, whoever
    # records it, withdraws it too.
    # The number tells who was first: of two windows only one takes something back.
    gone, _ = ConversationRequest.objects.filter(pk=request.pk).delete()
    if gone:
        audit.record(
            by=by,
            act=Act.WITHDREW_CONVERSATION,
            subject=request.person.subject_id,
            thing=f"conversation:{request.public_id}",
        )


@transaction.atomic
def mark_conversation(*, request: ConversationRequest, state: str, by: Actor) -> None:
    """Say that the hub has been in touch, or that the conversation is closed.

    Closing forgets how to reach the person. Raises ValidationError where it was closed, marked
    or taken back before; Http404 for another state.
    """
    authorise(by, Permission.SEE_CONVERSATIONS, request.hub)
    if state not in MARKS:
        raise Http404
    now = timezone.now()
    # Closed, it has no way to reach anybody; the database refuses one that has.
    closing = state == ConversationState.CLOSED
    change = {"closed_at": now, "sealed": None} if closing else {"contacted_at": now}
    marked = ConversationRequest.objects.filter(
        pk=request.pk, state__in=MARKS[ConversationState(state)]
    ).update(state=state, version=F("version") + 1, **change)
    if not marked:
        raise ValidationError("This was changed or taken back in the meantime.")
    audit.record(
        by=by,
        act=Act.MARKED_CONVERSATION,
        subject=request.person.subject_id,
        thing=f"conversation:{request.public_id}",
    )


def end_conversations_of(sender: object, *, user: User, by: Actor, **_: Any) -> None:
    """Delete what somebody who has died asked of hubs; listens to `account_closed`.

    Otherwise a hub would go on to phone them at home.
    """
    for request in own_conversations(user):
        withdraw_conversation(request=request, by=by)


def end_conversations_with(hub: Organisation) -> list[Person]:
    """Delete what people asked of a hub that closes; returns who waited, to be told of news.

    It was asked of that hub in confidence: whether to ask another one is theirs to say. Its
    invitations stand no longer, and count as rounds of their networks. Part of the merger, in its
    transaction.
    """
    ConversationRound.objects.filter(hub=hub, ends_on__gt=today()).update(
        ends_on=Greatest("starts_on", Value(today()))
    )
    asked = ConversationRequest.objects.filter(hub=hub)
    waiting = asked.exclude(state=ConversationState.CLOSED).select_related("person__user")
    people = [request.person for request in waiting]
    asked.delete()
    return people
