"""A hub's users and roles, for its administrator."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import fetch
from accounts.actions.invitations import invite
from accounts.actions.recognitions import decide_recognition, end_recognition
from accounts.actions.roles import grant_role
from accounts.forms import GrantForm, InvitationForm
from accounts.http import Request
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from accounts.presenters.people import people
from accounts.queries.invitations import open_invitations
from accounts.queries.people import (
    all_recognitions,
    people_of,
    places_with_roles,
    requests_waiting,
)
from accounts.roles import ALL
from accounts.views.attempt import attempt, posted
from organisations.clock import today
from organisations.queries.places import hubs

PAGE = 50


@require_safe
def hub_people(request: Request, slug: str) -> HttpResponse:
    """Show who holds which role in the hub's area, who waits for an answer, who is invited."""
    hub = fetch(request.actor, Permission.EDIT_ROLES, hubs(), slug=slug)
    search = request.GET.get("q", "").replace("\x00", "")
    page = Paginator(people_of(hub, search), PAGE).get_page(request.GET.get("page"))
    waiting = list(requests_waiting(hub))
    shown = [*page.object_list, *(each.user for each in waiting)]
    audit.record_reads(
        by=request.actor,
        act=Act.READ_PEOPLE,
        subjects=[user.subject_id for user in shown],
        thing=f"hub:{hub.slug}",
    )
    context = {
        "hub": hub,
        "page": page,
        "people": people(page.object_list, request.actor),
        "waiting": waiting,
        "invitations": open_invitations(places_with_roles(hub)),
        "search": search,
    }
    return render(request, "accounts/hub_people.html", context)


@require_http_methods(["GET", "POST"])
def hub_invite(request: Request, slug: str) -> HttpResponse:
    """Invite somebody by email to a role in the hub's area."""
    hub = fetch(request.actor, Permission.EDIT_ROLES, hubs(), slug=slug)
    form = InvitationForm(posted(request), allowed=list(ALL), places=places_with_roles(hub))
    if attempt(form, lambda: invite(by=request.actor, **form.cleaned_data)):
        messages.success(request, "The invitation is on its way.")
        return redirect("hub-people", slug=slug)
    return render(request, "accounts/hub_invite.html", {"hub": hub, "form": form, "roles": ALL})


@require_http_methods(["GET", "POST"])
def hub_grant(request: Request, slug: str, user: uuid.UUID) -> HttpResponse:
    """Give a role to somebody who is in the list of the hub's people."""
    hub = fetch(request.actor, Permission.EDIT_ROLES, hubs(), slug=slug)
    # Nobody outside the hub's list can be looked up, or given a role, by their number.
    person = get_object_or_404(people_of(hub), public_id=user)
    form = GrantForm(
        posted(request),
        initial={"starts_on": today()},
        allowed=list(ALL),
        places=places_with_roles(hub),
    )
    if attempt(form, lambda: grant_role(by=request.actor, user=person, **form.cleaned_data)):
        messages.success(request, f"{person.name} has the role.")
        return redirect("hub-people", slug=slug)
    audit.record_reads(
        by=request.actor,
        act=Act.READ_PEOPLE,
        subjects=[person.subject_id],
        thing=f"hub:{hub.slug}",
    )
    context = {"hub": hub, "person": person, "form": form, "roles": ALL}
    return render(request, "accounts/hub_grant.html", context)


@require_POST
def recognition_decide(request: Request, recognition: uuid.UUID) -> HttpResponse:
    """Recognise or decline a clinician."""
    asked = fetch(
        request.actor, Permission.DECIDE_RECOGNITION, all_recognitions(), public_id=recognition
    )
    answer = request.POST.get("answer")
    # A form that says neither must not read as a no.
    if answer not in ("recognise", "decline"):
        raise Http404
    recognise = answer == "recognise"
    try:
        decide_recognition(by=request.actor, recognition=asked, recognise=recognise)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        done = "is recognised" if recognise else "was declined"
        messages.success(request, f"{asked.user.name} {done}.")
    return redirect("hub-people", slug=asked.hub.slug)


@require_http_methods(["GET", "POST"])
def recognition_end(request: Request, recognition: uuid.UUID) -> HttpResponse:
    """Ask, then end the hub's recognition of somebody else."""
    ending = fetch(
        request.actor, Permission.DECIDE_RECOGNITION, all_recognitions(), public_id=recognition
    )
    form = forms.Form(posted(request))
    if attempt(form, lambda: end_recognition(by=request.actor, recognition=ending)):
        messages.success(request, f"{ending.user.name} is no longer recognised.")
        return redirect("hub-people", slug=ending.hub.slug)
    audit.record_reads(
        by=request.actor,
        act=Act.READ_PEOPLE,
        subjects=[ending.user.subject_id],
        thing=f"recognition:{ending.public_id}",
    )
    return render(request, "accounts/recognition_end.html", {"ending": ending, "form": form})
