"""The retention lead's page: who asked for a conversation, and inviting whole networks."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import fetch
from accounts.http import Request
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from accounts.views.attempt import attempt, posted
from hubs.actions.conversations import NOT_AGREED, invite_network, mark_conversation
from hubs.presenters.conversations import (
    LETTER,
    network_to_invite,
    networks_of_area,
    who_asked,
)
from hubs.queries.conversations import (
    all_conversations,
    all_networks,
    asked_of,
    holds_conversations,
)
from organisations.queries.places import hubs

PAGE = 50


@never_cache
@require_safe
def hub_conversations(request: Request, slug: str) -> HttpResponse:
    """List those who asked, in the order in which they did; each of them sees that it was read."""
    hub = fetch(request.actor, Permission.SEE_CONVERSATIONS, hubs(), slug=slug)
    page = Paginator(asked_of(hub), PAGE).get_page(request.GET.get("page"))
    audit.record_reads(
        by=request.actor,
        act=Act.READ_CONVERSATIONS,
        subjects=[asked.person.subject_id for asked in page.object_list],
        thing=f"hub:{hub.slug}",
    )
    # Networks, never practices or people: whole networks alone are invited.
    flagged, others = networks_of_area(hub)
    context = {
        "hub": hub,
        "page": page,
        "asked": who_asked(page.object_list),
        "not_agreed": "" if holds_conversations(hub) else NOT_AGREED,
        "flagged": flagged,
        "others": others,
    }
    return render(request, "hubs/hub_conversations.html", context)


@require_POST
def conversation_mark(request: Request, conversation: uuid.UUID) -> HttpResponse:
    """Say that the hub was in touch, or that the conversation is closed."""
    found = fetch(
        request.actor, Permission.SEE_CONVERSATIONS, all_conversations(), public_id=conversation
    )
    try:
        mark_conversation(request=found, state=request.POST.get("state", ""), by=request.actor)
        messages.success(request, "Saved. The person sees it too.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("hub-conversations", slug=found.hub.slug)


@require_http_methods(["GET", "POST"])
def conversation_invite(request: Request, slug: str, code: str) -> HttpResponse:
    """Show the letter and why, then invite every clinician of a network."""
    hub = fetch(request.actor, Permission.SEE_CONVERSATIONS, hubs(), slug=slug)
    # Two questions: are these the lead's own conversations, and does the network lie in the area?
    network = fetch(request.actor, Permission.INVITE_TO_CONVERSATION, all_networks(), code=code)
    form = forms.Form(posted(request))
    if attempt(form, lambda: invite_network(hub=hub, network=network, by=request.actor)):
        messages.success(
            request,
            f"Every clinician of {network} who has an account is invited. Pass the"
            " leaflet on to its practices for everybody else.",
        )
        return redirect("hub-conversations", slug=slug)
    context = {
        "hub": hub,
        "form": form,
        "invited": network_to_invite(hub, network),
        "not_agreed": "" if holds_conversations(hub) else NOT_AGREED,
        "letter": LETTER,
    }
    return render(request, "hubs/conversation_invite.html", context)
