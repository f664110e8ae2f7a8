"""One roster on its way: its columns, what would happen, yes, undo."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from retention.actions.roster_after import name_notice, undo_roster
from retention.actions.roster_runs import (
    answer_who,
    confirm_roster,
    drop_roster,
    name_columns,
    retry_roster,
)
from retention.forms.problems import add_problems, problem_of
from retention.forms.roster import ColumnsForm, ConfirmRosterForm, NoticeForm, WhoForm
from retention.models import RosterRun
from retention.presenters.roster import OUTCOMES, present_roster, preview_rows
from retention.presenters.roster_template import rejects_csv
from retention.presenters.spreadsheets import CSV
from retention.queries.rosters import agreements_for, record_reading, rosters
from retention.views.downloads import download


@require_safe
def roster_run(request: Request, run: UUID) -> HttpResponse:
    """Show a roster: under way, waiting for an answer, loaded or undone."""
    found = _fetch(request, run)
    if not request.htmx:
        return _page(request, found)
    words = present_roster(found)
    # The part has no room for the questions that come next, so the whole page is loaded.
    if not words.is_under_way:
        return HttpResponseClientRefresh()
    return render(request, "retention/roster_status.html", {"roster": words})


@require_http_methods(["GET", "POST"])
def columns(request: Request, run: UUID) -> HttpResponse:
    """Say what each column is."""
    found = _fetch(request, run)
    # Named once: later on the rows below were read with these names.
    if found.state != "columns":
        return redirect("roster", run)
    form = ColumnsForm(request.POST if request.method == "POST" else None, run=found)
    if form.is_valid():
        try:
            name_columns(by=request.actor, run=found, columns=form.columns)
            return redirect("roster", run)
        except ValidationError as problem:
            add_problems(form, problem)
    context = {"form": form, "run": found, "practice": found.practice}
    return render(request, "retention/roster_columns.html", context)


@require_POST
def who(request: Request, run: UUID) -> HttpResponse:
    """Say who the people are whose names are known here."""
    found = _fetch(request, run)
    form = WhoForm(request.POST, rows=present_roster(found).questions)
    if not form.is_valid():
        return _page(request, found, who=form)
    try:
        answer_who(by=request.actor, run=found, answers=form.answers)
    except ValidationError as problem:
        messages.error(request, problem_of(problem))
    return redirect("roster", run)


@require_POST
def confirm(request: Request, run: UUID) -> HttpResponse:
    """Load the good rows, and end what was ticked."""
    found = _fetch(request, run)
    form = ConfirmRosterForm(request.POST, absent=present_roster(found).absent)
    if form.is_valid():
        try:
            confirm_roster(by=request.actor, run=found, **form.endings)
            return redirect("roster", run)
        except ValidationError as problem:
            add_problems(form, problem)
    return _page(request, found, confirm=form)


@require_POST
def notice(request: Request, run: UUID) -> HttpResponse:
    """Name the agreement of a loaded roster, and when its people were told."""
    found = _fetch(request, run)
    form = NoticeForm(request.POST, agreements=agreements_for(found.practice, today()))
    if form.is_valid():
        try:
            name_notice(by=request.actor, run=found, **form.cleaned_data)
            messages.success(request, "Agreement and notice are named. These posts are counted.")
            return redirect("roster", run)
        except ValidationError as problem:
            add_problems(form, problem)
    return _page(request, found, notice=form)


@require_safe
def rejected(request: Request, run: UUID) -> HttpResponse:
    """Hand out the rejected rows, each with its reason, to be mended and uploaded again."""
    found = _fetch(request, run)
    # The rows that a practice rejects name people as well.
    record_reading(request.actor, found)
    return download(rejects_csv(found), CSV, "rejected-rows.csv")


@require_POST
def undo(request: Request, run: UUID) -> HttpResponse:
    """Put the record back to what it was before the roster."""
    found = _fetch(request, run)
    try:
        _, kept = undo_roster(by=request.actor, run=found)
    except ValidationError as problem:
        messages.error(request, problem_of(problem))
    else:
        # What was changed since the roster is left as it is, and named on its page.
        rest = " Some of it could not be undone: see below." if kept else ""
        messages.success(request, f"The roster is undone.{rest}")
    return redirect("roster", run)


@require_POST
def retry(request: Request, run: UUID) -> HttpResponse:
    """Ask for a step again whose worker was lost."""
    retry_roster(by=request.actor, run=_fetch(request, run))
    return redirect("roster", run)


@require_POST
def remove(request: Request, run: UUID) -> HttpResponse:
    """Forget a roster that was not loaded."""
    found = _fetch(request, run)
    drop_roster(by=request.actor, run=found)
    messages.success(request, "The upload was removed. Nothing of it was stored.")
    return redirect("rosters", found.practice.code)


def _page(request: Request, run: RosterRun, **forms_sent: forms.Form) -> HttpResponse:
    """Show the page of a roster, with forms that were sent and have problems."""
    words = present_roster(run)
    record_reading(request.actor, run)
    show = request.GET.get("show", "")
    context = {
        "roster": words,
        "practice": run.practice,
        "rows": preview_rows(run, show, request.GET.get("page", "1")),
        "show": show if show in OUTCOMES else "",
        "who": WhoForm(rows=words.questions),
        "confirm": ConfirmRosterForm(absent=words.absent),
        "notice": NoticeForm(agreements=agreements_for(run.practice, today())),
        # The form in trouble, for the summary on top of the page.
        "form": next(iter(forms_sent.values()), None),
        **forms_sent,
    }
    return render(request, "retention/roster_run.html", context)


def _fetch(request: Request, run: UUID) -> RosterRun:
    return fetch(request.actor, Permission.EDIT_POSTS, rosters(), public_id=run)
