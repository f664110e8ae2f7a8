"""The invited person's side of an invitation, and its withdrawal."""

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.invitations import (
    accept_invitation,
    inviter_still_may,
    withdraw_invitation,
)
from accounts.http import Request
from accounts.queries.invitations import all_invitations, holds_address, with_token
from accounts.views.attempt import attempt, posted
from accounts.views.roles import people_page


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """Say who invites to what, lead to sign-in, and accept."""
    found = with_token(token)
    if found is None:
        raise Http404
    user = request.actor.user
    # Signed out, a sent form is only shown: whoever accepts must be known first.
    form = forms.Form(posted(request) if user is not None else None)
    if attempt(form, lambda: accept_invitation(by=request.actor, invitation=found)):
        messages.success(request, f"You now are {found}.")
        return redirect("roles")
    context = {
        "invitation": found,
        "stands": inviter_still_may(found),
        # The invited address itself stands nowhere: the link may have been passed on.
        "is_mine": user is not None and holds_address(user, found.email),
        "form": form,
    }
    return render(request, "accounts/invitation.html", context)


@require_POST
def invitation_withdraw(request: Request, invitation: uuid.UUID) -> HttpResponse:
    """Make the link of an invitation stop working."""
    found = get_object_or_404(all_invitations(), public_id=invitation)
    try:
        withdraw_invitation(by=request.actor, invitation=found)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, "The invitation is withdrawn.")
    return redirect(people_page(request.actor, found))
