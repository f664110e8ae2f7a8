"""My confidential conversations: the invitation, asking, changing and taking it back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import authorise, fetch
from accounts.http import Request
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.attempt import attempt, posted
from hubs.actions.conversations import ask_for_conversation, withdraw_conversation
from hubs.forms.conversation import ConversationForm, filled
from hubs.presenters.conversations import LETTER, my_conversations
from hubs.queries.conversations import (
    all_conversations,
    holds_conversations,
    own_open_conversation,
)
from organisations.queries.places import hubs

# Put away for as long as one is signed in: a decline is written down nowhere else.
HIDDEN = "hidden_invitations"
MOST_HIDDEN = 20


def _own(request: Request) -> User:
    authorise(request.actor, Permission.OWN_RECORD)
    assert request.actor.user is not None  # authorise has looked
    return request.actor.user


@never_cache
@require_safe
def conversations(request: Request) -> HttpResponse:
    """Show the invitation where I work, and what I asked of hubs."""
    page = my_conversations(_own(request), request.session.get(HIDDEN, []))
    return render(request, "hubs/conversations.html", {"page": page})


@require_POST
def invitation_hide(request: Request, invitation: uuid.UUID) -> HttpResponse:
    """Say no, thank you: the invitation is put away in this session, and nothing is recorded."""
    _own(request)
    hidden = [*request.session.get(HIDDEN, []), str(invitation)]
    # The last few alone: nothing checks that the id is an invitation's.
    request.session[HIDDEN] = hidden[-MOST_HIDDEN:]
    messages.success(request, "Put away. Nobody is told, and nothing is recorded.")
    return redirect("conversations")


@never_cache
@require_http_methods(["GET", "POST"])
def conversation_ask(request: Request, slug: str) -> HttpResponse:
    """Ask a hub to get in touch, or change how."""
    user = _own(request)
    hub = fetch(request.actor, Permission.SEE_PUBLISHED, hubs(), slug=slug)
    found = own_open_conversation(user, hub)
    # How to reach somebody is unsealed for themselves here, and for the hub on its own page.
    form = ConversationForm(posted(request), initial=filled(found))
    if attempt(
        form,
        lambda: ask_for_conversation(
            hub=hub,
            version=form.cleaned_data["version"],
            way=form.cleaned_data["way"],
            contact=form.details,
            by=request.actor,
        ),
    ):
        messages.success(request, f"{hub} will get in touch with you. Nobody else is told.")
        return redirect("conversations")
    # Who asked before the hub's agreement ended can still change how, or take it back.
    may_ask = found is not None or holds_conversations(hub)
    context = {"hub": hub, "form": form, "asked": found, "may_ask": may_ask}
    return render(request, "hubs/conversation_ask.html", context)


@require_POST
def conversation_withdraw(request: Request, conversation: uuid.UUID) -> HttpResponse:
    """Take back what I asked: it is deleted."""
    found = fetch(request.actor, Permission.OWN_RECORD, all_conversations(), public_id=conversation)
    withdraw_conversation(request=found, by=request.actor)
    messages.success(request, "Taken back and deleted.")
    return redirect("conversations")


@require_safe
def conversation_leaflet(request: Request, slug: str) -> HttpResponse:
    """Show the letter for paper, to pass on to everybody: it is the same for all."""
    hub = fetch(request.actor, Permission.SEE_PUBLISHED, hubs(), slug=slug)
    return render(request, "hubs/conversation_leaflet.html", {"hub": hub, "letter": LETTER})
