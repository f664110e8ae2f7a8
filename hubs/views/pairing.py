"""The retention lead's pairing: run it, read the proposals, approve or dismiss them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from hubs.actions.pairing_runs import ask_for_run
from hubs.actions.pairs import approve_pair, approve_pairs, dismiss_pair
from hubs.presenters.pairing import left_out_lines, pair_lines, pairing_page, run_state
from hubs.queries.pairing_runs import all_runs, left_out_of, pairs_of
from hubs.queries.pairs import all_pairs
from hubs.queries.schemes import all_schemes
from hubs.views.reads import record_names

PAGE = 25


@require_http_methods(["GET", "POST"])
def pairing(request: Request, scheme: UUID) -> HttpResponse:
    """Show what there is to pair in a scheme, and start a run."""
    found = fetch(request.actor, Permission.EDIT_PAIRINGS, all_schemes(), public_id=scheme)
    if request.method == "POST":
        try:
            run = ask_for_run(scheme=found, by=request.actor)
            return redirect("pairing-run", run=run.public_id)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    return render(request, "hubs/pairing.html", {"page": pairing_page(found)})


@never_cache
@require_safe
def pairing_run(request: Request, run: UUID) -> HttpResponse:
    """Show a run: its figures, its proposals with their reasons, and who was left without."""
    found = fetch(request.actor, Permission.SEE_MENTORING, all_runs(), public_id=run)
    pairs = Paginator(pairs_of(found), PAGE).get_page(request.GET.get("page"))
    # Two lists on one page, each with page numbers of its own.
    without = Paginator(left_out_of(found), PAGE).get_page(request.GET.get("left"))
    named = [p for pair in pairs for p in (pair.offer.person, pair.request.person)]
    named += [left_out.request.person for left_out in without]
    record_names(named, f"pairing_run:{found.public_id}", by=request.actor)
    context = {
        "run": found,
        "state": run_state(found),
        "page": pairs,
        "pairs": pair_lines(pairs),
        "left_page": without,
        "left_out": left_out_lines(without),
    }
    return render(request, "hubs/pairing_run.html", context)


@never_cache
@require_safe
def pairing_run_state(request: Request, run: UUID) -> HttpResponse:
    """Show how far a run is: the part of its page that asks again by itself."""
    # No row in the log for this part: it asks every few seconds, and names nobody.
    found = fetch(request.actor, Permission.SEE_MENTORING, all_runs(), public_id=run)
    context = {"run": found, "state": run_state(found)}
    return render(request, "hubs/_pairing_state.html", context)


@require_POST
def approve_all(request: Request, run: UUID) -> HttpResponse:
    """Approve every proposal of a run, or none."""
    found = fetch(request.actor, Permission.EDIT_PAIRINGS, all_runs(), public_id=run)
    _try(
        request,
        lambda: approve_pairs(run=found, by=request.actor),
        "All proposals are approved. Everyone in them gets a neutral e-mail.",
    )
    return redirect("pairing-run", run=found.public_id)


@require_POST
def pair_approve(request: Request, pair: UUID) -> HttpResponse:
    """Approve one proposal."""
    found = fetch(request.actor, Permission.EDIT_PAIRINGS, all_pairs(), public_id=pair)
    _try(
        request,
        lambda: approve_pair(pair=found, by=request.actor),
        "The pair is approved. Both get a neutral e-mail.",
    )
    return redirect("pairing-run", run=found.run.public_id)


@require_POST
def pair_dismiss(request: Request, pair: UUID) -> HttpResponse:
    """Dismiss one proposal."""
    found = fetch(request.actor, Permission.EDIT_PAIRINGS, all_pairs(), public_id=pair)
    _try(
        request,
        lambda: dismiss_pair(pair=found, by=request.actor),
        "The proposal is dismissed. Nobody is told.",
    )
    return redirect("pairing-run", run=found.run.public_id)


def _try(request: Request, act: Callable[[], object], done: str) -> None:
    try:
        act()
        messages.success(request, done)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
