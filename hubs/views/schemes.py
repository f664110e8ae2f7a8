"""Schemes: listed, drafted, changed, opened and closed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import fetch, may
from accounts.http import Request
from accounts.permissions import Permission
from accounts.views.attempt import attempt, posted
from hubs.actions.schemes import change_scheme, close_scheme, draft_scheme, open_scheme
from hubs.forms.scheme import SchemeForm, VersionForm
from hubs.models import Scheme
from hubs.models.scheme import SchemeState
from hubs.presenters.schemes import STATE_COLOURS, scheme_rows, schemes_by_state
from hubs.queries.mentoring import own_offer, scheme_fit
from hubs.queries.schemes import all_schemes, had_a_hand_in, readable_scheme, readable_schemes
from hubs.starting_points import STARTING_POINTS, starting_point
from organisations.queries.places import hubs


@require_safe
def schemes(request: Request, slug: str) -> HttpResponse:
    """List a hub's schemes: the open ones, and all for those who run it."""
    hub = fetch(request.actor, Permission.SEE_OPEN_SCHEMES, hubs(), slug=slug)
    context = {
        "hub": hub,
        "groups": schemes_by_state(readable_schemes(hub, by=request.actor)),
        "may_draft": may(request.actor, Permission.EDIT_SCHEME, hub),
        "starting_points": STARTING_POINTS,
    }
    return render(request, "hubs/schemes.html", context)


@require_http_methods(["GET", "POST"])
def scheme_new(request: Request, slug: str) -> HttpResponse:
    """Draft a scheme, from nothing or from a starting point."""
    hub = fetch(request.actor, Permission.EDIT_SCHEME, hubs(), slug=slug)
    start = starting_point(request.GET.get("from", ""))
    initial: dict[str, Any] = {"area": hub, **(start.terms if start else {})}
    form = SchemeForm(posted(request), instance=Scheme(hub=hub), initial=initial)
    if attempt(form, lambda: draft_scheme(hub=hub, terms=form.terms(), by=request.actor)):
        messages.success(request, "The draft is saved. An administrator of the hub can open it.")
        return redirect("schemes", slug=slug)
    return render(request, "hubs/scheme_form.html", {"hub": hub, "form": form, "start": start})


@require_http_methods(["GET", "POST"])
def scheme_edit(request: Request, scheme: UUID) -> HttpResponse:
    """Change a draft."""
    found = fetch(request.actor, Permission.EDIT_SCHEME, all_schemes(), public_id=scheme)
    # Mentors and mentees joined an open scheme by its rules: they stay as they were read.
    if found.state != SchemeState.DRAFT:
        messages.error(request, "Only a draft can be changed. Draft a new scheme instead.")
        return redirect("scheme", scheme=found.public_id)
    form = SchemeForm(posted(request), instance=found)
    if attempt(
        form,
        lambda: change_scheme(
            scheme=found,
            version=form.cleaned_data["version"] or 0,
            terms=form.terms(),
            by=request.actor,
        ),
    ):
        messages.success(request, "The draft is saved.")
        return redirect("scheme", scheme=found.public_id)
    return render(request, "hubs/scheme_form.html", {"hub": found.hub, "form": form, "edit": found})


@require_safe
def scheme(request: Request, scheme: UUID) -> HttpResponse:
    """Show a scheme, and to a mentor how their offer stands to its rules."""
    found = readable_scheme(scheme, by=request.actor)
    offer = own_offer(request.actor.user, found.hub) if request.actor.user else None
    is_draft, is_open = found.state == SchemeState.DRAFT, found.state == SchemeState.OPEN
    context = {
        "scheme": found,
        "rows": scheme_rows(found),
        "colour": STATE_COLOURS[SchemeState(found.state)],
        # The mentor's own offer only: nobody else learns here whom a scheme's rules leave out.
        "fit": scheme_fit(offer, found) if offer else None,
        "may_edit": is_draft and may(request.actor, Permission.EDIT_SCHEME, found),
        "may_open": is_draft and may(request.actor, Permission.OPEN_SCHEME, found),
        "may_close": is_open and may(request.actor, Permission.OPEN_SCHEME, found),
        "may_pair": may(request.actor, Permission.EDIT_PAIRINGS, found),
        # Two pairs of eyes: the page says why its writer cannot open it.
        "wrote_it": had_a_hand_in(found, by=request.actor),
    }
    return render(request, "hubs/scheme.html", context)


@require_POST
def scheme_open(request: Request, scheme: UUID) -> HttpResponse:
    """Open a draft as it was read."""
    found = fetch(request.actor, Permission.OPEN_SCHEME, all_schemes(), public_id=scheme)
    form = VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else 0
        open_scheme(scheme=found, version=version, by=request.actor)
        messages.success(request, "The scheme is open.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("scheme", scheme=found.public_id)


@require_POST
def scheme_close(request: Request, scheme: UUID) -> HttpResponse:
    """Close an open scheme."""
    found = fetch(request.actor, Permission.OPEN_SCHEME, all_schemes(), public_id=scheme)
    try:
        close_scheme(scheme=found, by=request.actor)
        messages.success(request, "The scheme is closed. Pairs that meet go on.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("scheme", scheme=found.public_id)
