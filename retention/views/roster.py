"""A practice's rosters: upload one, get the template, or say that nothing changed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.roster_after import confirm_unchanged
from retention.actions.roster_runs import start_roster
from retention.forms.problems import add_problems
from retention.forms.roster import RosterForm
from retention.models import RosterRun
from retention.presenters.roster import confirmed_words, present_rosters
from retention.presenters.roster_template import template_csv as csv_text
from retention.presenters.roster_template import template_workbook
from retention.presenters.spreadsheets import CSV, XLSX
from retention.queries.posts import practices
from retention.queries.rosters import agreements_for, last_confirmed, rosters_of
from retention.views.downloads import download


@require_http_methods(["GET", "POST"])
def rosters(request: Request, code: str) -> HttpResponse:
    """List a practice's rosters; take another."""
    practice = _practice(request, code)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RosterForm(*sent, agreements=agreements_for(practice, today()))
    if form.is_valid() and (run := _start(request, practice, form)):
        # A file with the template's columns needs no question about them.
        return redirect("roster-columns" if run.state == "columns" else "roster", run.public_id)
    context = {
        "practice": practice,
        "form": form,
        "runs": present_rosters(rosters_of(practice)),
        "confirmed": confirmed_words(last_confirmed(practice)),
    }
    return render(request, "retention/rosters.html", context)


@require_POST
def unchanged(request: Request, code: str) -> HttpResponse:
    """Say that the practice's record stands as it is."""
    practice = _practice(request, code)
    confirm_unchanged(by=request.actor, practice=practice)
    messages.success(request, "Noted: your staff stand as they are in the record today.")
    return redirect("rosters", code)


@require_safe
def template_csv(request: Request, code: str) -> HttpResponse:
    """Hand out the template as CSV."""
    # The template holds nothing private, but belongs to a page that is not everyone's.
    _practice(request, code)
    return download(csv_text(), CSV, "roster-template.csv")


@require_safe
def template_xlsx(request: Request, code: str) -> HttpResponse:
    """Hand out the template as a workbook with lists and instructions."""
    _practice(request, code)
    return download(template_workbook(), XLSX, "roster-template.xlsx")


def _start(request: Request, practice: Organisation, form: RosterForm) -> RosterRun | None:
    given = form.cleaned_data
    file = given["file"]
    try:
        return start_roster(
            by=request.actor,
            practice=practice,
            name=file.name or "",
            data=b"".join(file.chunks()),
            agreement=given["agreement"],
            told_on=given["told_on"],
            choose_columns=given["choose_columns"],
        )
    except ValidationError as problem:
        add_problems(form, problem)
        return None


def _practice(request: Request, code: str) -> Organisation:
    return fetch(request.actor, Permission.EDIT_POSTS, practices(), code=code)
