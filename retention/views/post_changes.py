"""I am retiring, leaving, taking leave, coming back: written down, told, undone."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from accounts.views.attempt import posted
from organisations.clock import today
from retention.actions.post_changes import (
    Statement,
    drop_change,
    state_change,
    tell_change,
    undo_change,
)
from retention.forms.post_changes import PostChangeForm
from retention.forms.problems import add_problems, problem_of
from retention.models import Post, PostChange
from retention.presenters.me import reader_sentences
from retention.presenters.post_changes import change_words, what_telling_does
from retention.queries.post_changes import OwnChanges, own_changes, post_changes
from retention.queries.posts import posts, readers_of


@require_http_methods(["GET", "POST"])
def post_change(request: Request, post_id: uuid.UUID) -> HttpResponse:
    """Show what I said of a post, and keep what I say now as a private draft."""
    post = _mine(request, post_id)
    # Before the form is read: a draft can go, whatever is typed in it.
    if request.POST.get("do") == "delete":
        drop_change(by=request.actor, post=post)
        messages.success(request, "It is deleted. Nobody else saw it.")
        return redirect("me-change", post_id)
    held = own_changes(request.actor, post)
    form = PostChangeForm(posted(request), choices=held.choices, initial=_initial(held))
    if form.is_valid() and _stated(request, post, form, held):
        if request.POST.get("do") == "tell":
            return redirect("me-change-tell", post_id)
        messages.success(request, "It is saved. Nobody else can see it until you tell.")
        return redirect("me-change", post_id)
    context = {
        "form": form,
        "post": post,
        "held": held,
        "told": [(each, change_words(each), can_undo) for each, can_undo in held.told],
    }
    return render(request, "retention/me_change.html", context)


@require_http_methods(["GET", "POST"])
def change_tell(request: Request, post_id: uuid.UUID) -> HttpResponse:
    """Say who will read what I wrote down and what it does; then tell the practice."""
    post = _mine(request, post_id)
    draft = own_changes(request.actor, post).draft
    # Also where it was told from another window, or by the first of two clicks.
    if draft is None:
        messages.info(request, "There is nothing to tell: it was told already, or deleted.")
        return redirect("me-change", post_id)
    if request.method == "POST":
        try:
            tell_change(by=request.actor, post=post, version=_version(request))
        except ValidationError as problem:
            messages.error(request, problem_of(problem))
            return redirect("me-change", post_id)
        messages.success(request, f"{post.organisation} is told. {change_words(draft)}.")
        return redirect("me")
    context = {
        "post": post,
        "draft": draft,
        "words": change_words(draft),
        "effects": what_telling_does(post, draft),
        "readers": reader_sentences(readers_of(post, today())),
    }
    return render(request, "retention/me_change_tell.html", context)


@require_POST
def change_undo(request: Request, change_id: uuid.UUID) -> HttpResponse:
    """Undo what I told, before its day."""
    change: PostChange = fetch(
        request.actor, Permission.OWN_RECORD, post_changes(), public_id=change_id
    )
    try:
        undo_change(by=request.actor, change=change)
    except ValidationError as problem:
        messages.error(request, problem_of(problem))
    else:
        place = change.post.organisation
        messages.success(request, f"It is undone. {place} sees the post as before.")
    return redirect("me")


def _mine(request: Request, post_id: uuid.UUID) -> Post:
    return fetch(request.actor, Permission.OWN_RECORD, posts(), public_id=post_id)


def _version(request: Request) -> int:
    text = request.POST.get("version", "")
    # More digits do not fit the column. A draft counts from 1, so 0 reads as stale.
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _initial(held: OwnChanges) -> dict[str, object]:
    if held.draft is None:
        # One choice needs no choosing.
        only = held.choices[0].value if len(held.choices) == 1 else ""
        return {"version": 0, "change": only}
    names = ("change", "starts_on", "back_on", "version")
    return {name: getattr(held.draft, name) for name in names}


def _stated(request: Request, post: Post, form: PostChangeForm, held: OwnChanges) -> bool:
    given = form.cleaned_data
    statement = Statement(given["change"], given["starts_on"], given.get("back_on"))
    try:
        state_change(by=request.actor, post=post, statement=statement, version=given["version"])
    except ValidationError as problem:
        add_problems(form, problem)
        # Having been told, the person may save over the other window.
        version = held.draft.version if held.draft else 0
        form.data = {**dict(form.data.items()), "version": version}
        return False
    return True
