"""Leave of absence, recorded and ended by the practice."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from retention.actions.absences import end_absence, record_absence
from retention.forms.absences import AbsenceForm
from retention.forms.problems import add_problems, problem_of
from retention.models import Post
from retention.presenters.absences import absence_words
from retention.queries.absences import absences, absences_of
from retention.queries.posts import posts_at_hand, practices


@require_http_methods(["GET", "POST"])
def post_absence(request: Request, code: str, post_id: uuid.UUID) -> HttpResponse:
    """Record a leave of absence, below those that are recorded already."""
    post = _post(request, code, post_id)
    form = AbsenceForm(request.POST or None)
    if form.is_valid():
        try:
            record_absence(by=request.actor, post=post, **form.cleaned_data)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, f"The leave of {post.person} is recorded.")
            return redirect("practice-people", code)
    # Reading them is audited there: only where the page is shown again.
    held = [(absence, absence_words(absence)) for absence in absences_of(request.actor, post)]
    context = {"form": form, "post": post, "absences": held, "today": today()}
    return render(request, "retention/post_absence.html", context)


@require_POST
def absence_end(
    request: Request, code: str, post_id: uuid.UUID, absence_id: uuid.UUID
) -> HttpResponse:
    """Say that somebody is back today; a leave that has not begun is dropped."""
    post = _post(request, code, post_id)
    found = absences().filter(post=post)
    absence = fetch(request.actor, Permission.EDIT_POSTS, found, public_id=absence_id)
    try:
        # One that has not begun ends on its first day: nobody was away.
        ends_on = max(today(), absence.starts_on)
        end_absence(by=request.actor, absence=absence, ends_on=ends_on)
    except ValidationError as problem:
        messages.error(request, problem_of(problem))
    else:
        messages.success(request, f"The leave of {post.person} has ended.")
    return redirect("practice-people", code)


def _post(request: Request, code: str, post_id: uuid.UUID) -> Post:
    # The practice first: a post is found under its own practice's address alone.
    practice = fetch(request.actor, Permission.EDIT_POSTS, practices(), code=code)
    posts = posts_at_hand(practice, today())
    return fetch(request.actor, Permission.EDIT_POSTS, posts, public_id=post_id)
