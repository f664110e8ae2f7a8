"""One's own roles, and the end of other people's."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import fetch, may
from accounts.actions.roles import choose_role, end_role, fetch_endable
from accounts.actor import Actor
from accounts.http import Request
from accounts.models.audit_event import Act
from accounts.models.invitation import Invitation
from accounts.models.role_grant import RoleGrant
from accounts.permissions import Permission
from accounts.presenters.roles import my_roles
from accounts.queries.invitations import addressed_to
from accounts.queries.roles import roles_of
from accounts.views.attempt import attempt, posted
from organisations.clock import today
from organisations.queries.places import hubs


@require_http_methods(["GET", "POST"])
def roles(request: Request) -> HttpResponse:
    """Show the roles I hold, and make the chosen one active."""
    assert request.actor.user is not None  # LoginRequiredMiddleware
    held = roles_of(request.actor.user)
    if request.method == "POST":
        chosen = request.POST.get("role", "")
        grant = fetch(request.actor, Permission.OWN_RECORD, held, public_id=chosen)
        choose_role(by=request.actor, grant=grant)
        request.session["active_role"] = str(grant.public_id)
        messages.success(request, f"You now act as {grant}.")
        return redirect("home")
    context = {
        "roles": my_roles(list(held), request.actor),
        "invitations": addressed_to(request.actor.user),
        "hubs": hubs().as_at(today()),
    }
    return render(request, "accounts/roles.html", context)


@require_http_methods(["GET", "POST"])
def role_end(request: Request, grant: uuid.UUID) -> HttpResponse:
    """Ask, then end somebody else's role."""
    ending = fetch_endable(request.actor, grant)
    back = people_page(request.actor, ending)
    form = forms.Form(posted(request))
    if attempt(form, lambda: end_role(by=request.actor, grant=ending)):
        messages.success(request, f"{ending.user.name} no longer has this role.")
        return redirect(back)
    audit.record_reads(
        by=request.actor,
        act=Act.READ_PEOPLE,
        subjects=[ending.user.subject_id],
        thing=f"role:{ending.public_id}",
    )
    context = {"grant": ending, "form": form, "back_url": back}
    return render(request, "accounts/role_end.html", context)


def people_page(actor: Actor, thing: RoleGrant | Invitation) -> str:
    """Return the address of the list in which `actor` found `thing`."""
    if actor.role is not None and may(actor, Permission.EDIT_ROLES, thing):
        return reverse("hub-people", args=[actor.role.organisation.slug])
    return reverse("practice-access", args=[thing.organisation.code])
