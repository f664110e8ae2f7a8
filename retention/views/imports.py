"""Loading published files by hand: upload, look at what would happen, say yes."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import authorise, fetch
from accounts.http import Request
from accounts.permissions import Permission
from retention.actions.import_runs import confirm_run, drop_run, retry_run, start_run
from retention.forms.imports import PublishedFileForm
from retention.models.import_run import ImportRun
from retention.presenters.imports import present_run, present_runs
from retention.queries.imports import runs_of, uploads


@require_http_methods(["GET", "POST"])
def imports(request: Request) -> HttpResponse:
    """List the hub's uploads; take another."""
    authorise(request.actor, Permission.IMPORT_PUBLISHED)
    assert request.actor.role is not None  # the permission comes from a role
    # From the role, not from the form: nobody uploads in another hub's name.
    hub = request.actor.role.organisation
    sent = request.method == "POST"
    form = PublishedFileForm(request.POST, request.FILES) if sent else PublishedFileForm()
    if form.is_valid():
        run = start_run(
            by=request.actor,
            hub=hub,
            file=form.cleaned_data["file"],
            month=form.cleaned_data["month"],
        )
        return redirect("import-run", run=run.public_id)
    context = {"form": form, "runs": present_runs(runs_of(hub)), "hub": hub}
    return render(request, "retention/imports.html", context)


@require_safe
def import_run(request: Request, run: UUID) -> HttpResponse:
    """Show one upload: under way, waiting for an answer, loaded or refused."""
    found = _fetch(request, run)
    # The page asks for this part again by itself, for as long as a worker is at it.
    template = "import_run_status" if request.htmx else "import_run"
    return render(request, f"retention/{template}.html", {"run": present_run(found)})


@require_POST
def import_confirm(request: Request, run: UUID) -> HttpResponse:
    """Load a checked file."""
    found = _fetch(request, run)
    try:
        confirm_run(by=request.actor, run=found)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect("import-run", run=found.public_id)


@require_POST
def import_retry(request: Request, run: UUID) -> HttpResponse:
    """Ask for a step again whose worker was lost."""
    found = _fetch(request, run)
    retry_run(by=request.actor, run=found)
    return redirect("import-run", run=found.public_id)


@require_POST
def import_drop(request: Request, run: UUID) -> HttpResponse:
    """Forget an upload that was not loaded."""
    found = _fetch(request, run)
    drop_run(by=request.actor, run=found)
    # True of a checked file too: nothing of it is in the record before somebody says yes.
    messages.success(request, "The file was removed. Nothing of it was stored.")
    return redirect("imports")


def _fetch(request: Request, run: UUID) -> ImportRun:
    return fetch(
        request.actor,
        Permission.IMPORT_PUBLISHED,
        uploads(),
        public_id=run,
    )
