"""My plan, whom I share it with, and the hub's page of plans that people share."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from retention.actions.plans import delete_plan, save_plan, share_plan, withdraw_plan
from retention.forms.plan import PlanForm
from retention.forms.problems import add_problems, problem_of
from retention.presenters.plan import plan_rows, shared_plan_words
from retention.queries.my_record import my_record
from retention.queries.plans import hubs, read_plan, shared_plans, shares


@require_http_methods(["GET", "POST"])
def plan(request: Request) -> HttpResponse:
    """Show and save my plan."""
    record = my_record(request.actor)
    version = record.plan.version if record.plan else 0
    # Unsealed for its owner alone; what is sent is sealed again before it is stored.
    content = read_plan(record.plan) if record.plan else None
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm.filled(content, version)
    if form.is_valid():
        try:
            # Of the plan on the screen, not of the one in the record by now.
            seen = form.cleaned_data["version"]
            save_plan(by=request.actor, content=form.content, version=seen)
        except ValidationError as problem:
            add_problems(form, problem)
            # Having been told, the person may save over the other window.
            form.show_version(version)
        else:
            messages.success(request, "Your plan is saved. Nobody else can see it.")
            return redirect("plan")
    # Those that read it already stand on the page with a day until which they do.
    shared_with = {share.recipient_id for share in record.shares}
    context = {
        "form": form,
        "record": record,
        "rows": plan_rows(content) if content else [],
        "hubs": [hub for hub in record.hubs if hub.pk not in shared_with],
    }
    return render(request, "retention/plan.html", context)


@require_POST
def plan_share(request: Request, slug: str) -> HttpResponse:
    """Share my plan with a hub for six months."""
    hub = fetch(request.actor, Permission.SEE_PUBLISHED, hubs(), slug=slug)
    try:
        share_plan(by=request.actor, recipient=hub)
    except ValidationError as problem:
        messages.error(request, problem_of(problem))
    else:
        messages.success(request, f"{hub} can read your plan for six months. This is not notice.")
    return redirect("plan")


@require_POST
def plan_withdraw(request: Request, share_id: uuid.UUID) -> HttpResponse:
    """End a share of my plan at once."""
    share = fetch(request.actor, Permission.OWN_RECORD, shares(), public_id=share_id)
    withdraw_plan(by=request.actor, share=share)
    messages.success(request, f"{share.recipient} can no longer read your plan.")
    return redirect("plan")


@require_POST
def plan_delete(request: Request) -> HttpResponse:
    """Delete my plan and all its shares."""
    delete_plan(by=request.actor)
    messages.success(request, "Your plan is deleted.")
    return redirect("plan")


@require_safe
def plans_shared(request: Request, slug: str) -> HttpResponse:
    """Show a hub's retention lead the plans that people share with the hub."""
    hub = fetch(request.actor, Permission.SEE_SHARED_PLANS, hubs(), slug=slug)
    plans = [shared_plan_words(shared) for shared in shared_plans(request.actor, hub)]
    return render(request, "retention/plans_shared.html", {"hub": hub, "plans": plans})
