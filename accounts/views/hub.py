"""Joining a hub, its agreements, its audit log."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.access import fetch, may
from accounts.actions.agreements import new_agreement, save_agreement
from accounts.actions.recognitions import OPEN, ask_recognition, leave_hub
from accounts.forms import AgreementForm
from accounts.http import Request
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from accounts.presenters.agreements import checklist_rows
from accounts.presenters.audit import sentences, subjects_named
from accounts.queries.audit import as_line, in_area, in_lines
from accounts.queries.people import recognition_of
from accounts.views.attempt import attempt, posted
from organisations.clock import today
from organisations.queries.agreements import agreements_of, all_agreements, checklist
from organisations.queries.places import hubs

PAGE = 50
# What each button does: asking hands the hub a name, so nothing else may read as asking.
JOIN_ACTS: Mapping[str, tuple[Callable[..., object], str]] = {
    "ask": (ask_recognition, "The hub has your request."),
    "leave": (leave_hub, "Done."),
}


@require_http_methods(["GET", "POST"])
def hub_join(request: Request, slug: str) -> HttpResponse:
    """Ask a hub to be recognised, take the request back, or leave."""
    hub = fetch(request.actor, Permission.SEE_PUBLISHED, hubs(), slug=slug)
    assert request.actor.user is not None  # LoginRequiredMiddleware
    if request.method == "POST":
        answer = JOIN_ACTS.get(request.POST.get("answer", ""))
        if answer is None:
            raise Http404
        act, done = answer
        try:
            act(by=request.actor, hub=hub)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, done)
        return redirect("hub-join", slug=slug)
    asked = recognition_of(request.actor.user, hub)
    context = {
        "hub": hub,
        "asked": asked,
        "is_open": asked is not None and asked.state in OPEN,
        "has_closed": not hub.holds_on(today()),
    }
    return render(request, "accounts/hub_join.html", context)


@require_safe
def agreements(request: Request, slug: str) -> HttpResponse:
    """Show the checklist of purposes and every agreement."""
    hub = fetch(request.actor, Permission.SEE_AGREEMENTS, hubs(), slug=slug)
    context = {
        "hub": hub,
        "checklist": checklist_rows(checklist(hub, today())),
        "agreements": agreements_of(hub),
        "may_edit": may(request.actor, Permission.EDIT_AGREEMENTS, hub),
    }
    return render(request, "accounts/agreements.html", context)


@require_http_methods(["GET", "POST"])
def agreement_add(request: Request, slug: str) -> HttpResponse:
    """Add an agreement."""
    hub = fetch(request.actor, Permission.EDIT_AGREEMENTS, hubs(), slug=slug)
    agreement = new_agreement(hub, request.GET.get("purpose", ""))
    return _edit(request, slug, AgreementForm(posted(request), instance=agreement))


@require_http_methods(["GET", "POST"])
def agreement_edit(request: Request, slug: str, agreement: int) -> HttpResponse:
    """Change an agreement."""
    found = fetch(
        request.actor,
        Permission.EDIT_AGREEMENTS,
        all_agreements().filter(hub__slug=slug),
        pk=agreement,
    )
    return _edit(request, slug, AgreementForm(posted(request), instance=found))


def _edit(request: Request, slug: str, form: AgreementForm) -> HttpResponse:
    if attempt(
        form,
        lambda: save_agreement(
            by=request.actor, agreement=form.instance, version=form.cleaned_data["version"]
        ),
    ):
        messages.success(request, "The agreement is saved.")
        return redirect("agreements", slug=slug)
    return render(request, "accounts/agreement.html", {"form": form, "slug": slug})


@require_safe
def hub_audit(request: Request, slug: str) -> HttpResponse:
    """Show the administrator who did what in the hub's area."""
    hub = fetch(request.actor, Permission.SEE_AUDIT, hubs(), slug=slug)
    page = Paginator(in_lines(in_area(hub)), PAGE).get_page(request.GET.get("page"))
    lines = [as_line(row) for row in page.object_list]
    # Before the names are looked up: what breaks later has been read all the same.
    audit.record_reads(
        by=request.actor,
        act=Act.READ_AUDIT,
        subjects=subjects_named(lines),
        thing=f"hub:{hub.slug}",
    )
    rows = sentences(lines, me=request.actor.subject_id, for_administrator=True)
    return render(request, "accounts/hub_audit.html", {"hub": hub, "page": page, "rows": rows})
