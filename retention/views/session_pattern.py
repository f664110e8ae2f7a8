"""My week: the half-day grid, its totals, and telling the practice."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from retention.actions.session_patterns import delete_draft, save_draft, tell_practice
from retention.forms.problems import add_problems
from retention.forms.session_grid import SessionGridForm
from retention.forms.tell import TellForm
from retention.forms.week_text import parse_week, week_text
from retention.models import Post, SessionPattern
from retention.presenters.clashes import clash_words
from retention.presenters.me import history_words, reader_sentences
from retention.presenters.session_grid import (
    TotalsWords,
    brushes,
    copy_words,
    date_words,
    session_length_words,
    shape_tables,
    terms_words,
    totals_words,
)
from retention.queries.clashes import clashes_with
from retention.queries.my_record import MyPost, my_post
from retention.queries.patterns import (
    Shape,
    as_practice_reads_all,
    earliest_start,
    pattern_totals,
    shape_of,
)
from retention.queries.posts import posts
from retention.queries.weeks_to_copy import weeks_to_copy


@require_http_methods(["GET", "POST"])
def session_pattern(request: Request, post_id: uuid.UUID) -> HttpResponse:
    """Show my week in a post, and do what a button of the form says."""
    mine = _mine(request, post_id)
    if request.method == "POST":
        form = SessionGridForm(request.POST, session_minutes=mine.post.session_minutes)
        # A button that does not exist saves nothing: the page comes back as it was sent.
        button = _BUTTONS.get(request.POST.get("do", ""))
        answer = button(request, mine, form) if button else None
        return answer or _page(request, mine, form, form.shape if form.is_valid() else None)
    # A draft, if there is one: what is on the screen is what goes on from here.
    shape = shape_of(_starting_point(mine))
    form = SessionGridForm(
        session_minutes=mine.post.session_minutes, shape=shape, version=_version(mine)
    )
    return _page(request, mine, form, shape)


@require_POST
def session_totals(request: Request, post_id: uuid.UUID) -> HttpResponse:
    """Work out what the week on the screen adds up to, for htmx; nothing is saved."""
    post = _mine(request, post_id).post
    form = SessionGridForm(request.POST, session_minutes=post.session_minutes)
    context = {**_figures(request, post, form.shape if form.is_valid() else None), "form": form}
    return render(request, "retention/session_totals.html", {**context, "say": True})


@require_safe
def session_print(request: Request, post_id: uuid.UUID) -> HttpResponse:
    """Show the week that the form starts from as plain tables, to print or to copy."""
    mine = _mine(request, post_id)
    shape = shape_of(_starting_point(mine))
    context = {
        "mine": mine,
        "post": mine.post,
        "tables": shape_tables(shape, "My week", "my-week"),
        "terms": terms_words(shape),
        "totals": _totals(shape, mine.post.session_minutes),
    }
    return render(request, "retention/session_print.html", context)


@require_http_methods(["GET", "POST"])
def session_tell(request: Request, post_id: uuid.UUID) -> HttpResponse:
    """Say who will read the week and from when it holds; then tell the practice."""
    mine = _mine(request, post_id)
    # Also where it was told from another window, or by the first of two clicks.
    if mine.draft is None:
        messages.info(request, "There is no draft to tell: your practice was told it already.")
        return redirect("session-pattern", post_id)
    form = TellForm(request.POST) if request.method == "POST" else TellForm(initial=_tell(mine))
    if form.is_valid():
        try:
            told = tell_practice(by=request.actor, post=mine.post, **form.cleaned_data)
        except ValidationError as problem:
            add_problems(form, problem)
            form.data = {**dict(form.data.items()), "version": mine.draft.version}
        else:
            start = date_words(told.starts_on or today())
            messages.success(request, f"{mine.post.organisation} is told. It holds from {start}.")
            return redirect("me")
    # As the practice will read it: mentoring is “other work” there unless the person agrees.
    read = as_practice_reads_all(shape_of(mine.draft), bool(form["shows_mentoring"].value()))
    context = {
        "form": form,
        "post": mine.post,
        "tables": shape_tables(read, "My week", "my-week"),
        "terms": terms_words(read),
        "totals": _totals(read, mine.post.session_minutes),
        "readers": reader_sentences(mine.readers),
    }
    return render(request, "retention/session_tell.html", context)


def _save(request: Request, mine: MyPost, form: SessionGridForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        version = form.cleaned_data["version"]
        shape = form.shape
        save_draft(
            by=request.actor,
            post=mine.post,
            week=shape.week,
            week_b=shape.week_b,
            terms=shape.terms,
            version=version,
        )
    except ValidationError as problem:
        add_problems(form, problem)
        # Having been told, the person may save over the other window.
        form.show(version=_version(mine))
        return None
    if request.POST["do"] == "tell":
        return redirect("session-tell", mine.post.public_id)
    messages.success(request, "Your draft is saved. Nobody else can see it.")
    return redirect("session-pattern", mine.post.public_id)


def _delete(request: Request, mine: MyPost, form: SessionGridForm) -> HttpResponse | None:
    delete_draft(by=request.actor, post=mine.post)
    messages.success(request, "Your draft is deleted. What your practice was told stays.")
    return redirect("session-pattern", mine.post.public_id)


def _copy(request: Request, mine: MyPost, form: SessionGridForm) -> None:
    form.show(shape=shape_of(mine.current), before=form.as_text())


def _copy_from(request: Request, mine: MyPost, form: SessionGridForm) -> None:
    """Copy an earlier week, or one of another of my posts; a name that is not in the list none."""
    wanted = request.POST.get("copy_of", "")
    weeks = weeks_to_copy(mine.post, today())
    found = next((each for each in weeks if str(each.pattern.public_id) == wanted), None)
    if found is None:
        messages.error(request, "Choose a week to copy from the list.")
    else:
        form.show(shape=found.shape, before=form.as_text())


def _copy_to_b(request: Request, mine: MyPost, form: SessionGridForm) -> None:
    before = form.as_text()
    # Week A must be readable; what is wrong with dates or terms can wait until saving.
    if form.is_valid() or not any(name.startswith(("kind", "minutes")) for name in form.errors):
        form.show(week_b=form.week, before=before)


def _clear(request: Request, mine: MyPost, form: SessionGridForm) -> None:
    # What was there goes along in the form, for “undo”; nothing is saved by any of these.
    form.show(week={}, week_b={}, before=form.as_text())


def _undo(request: Request, mine: MyPost, form: SessionGridForm) -> None:
    form.undo()


def _paste(request: Request, mine: MyPost, form: SessionGridForm) -> None:
    text = request.POST.get("pasted", "")
    try:
        week = parse_week(text, mine.post.session_minutes)
    except ValidationError as problem:
        form.refuse_pasted(text, problem)
    else:
        form.show(week=week, before=form.as_text())


_BUTTONS: dict[str, Callable[[Request, MyPost, SessionGridForm], HttpResponse | None]] = {
    "save": _save,
    "tell": _save,
    "delete": _delete,
    "copy": _copy,
    "copy_from": _copy_from,
    "copy_b": _copy_to_b,
    "clear": _clear,
    "undo": _undo,
    "paste": _paste,
}


def _mine(request: Request, post_id: uuid.UUID) -> MyPost:
    post = fetch(request.actor, Permission.OWN_RECORD, posts(), public_id=post_id)
    return my_post(post, today())


def _version(mine: MyPost) -> int:
    return mine.draft.version if mine.draft else 0


def _starting_point(mine: MyPost) -> SessionPattern | None:
    """Return the week that the form starts from: the draft, else the last one told."""
    return mine.draft or (mine.coming[-1] if mine.coming else mine.current)


def _totals(shape: Shape, session_minutes: int) -> TotalsWords:
    return totals_words(pattern_totals(shape, session_minutes))


def _figures(request: Request, post: Post, shape: Shape | None) -> dict[str, object]:
    """Return what the week on the screen adds up to, and where it meets another post's."""
    if shape is None:
        return {"totals": None, "clashes": []}
    clashes = clashes_with(request.actor, post, shape)
    return {
        "totals": _totals(shape, post.session_minutes),
        "clashes": [clash_words(clash, post) for clash in clashes],
    }


def _tell(mine: MyPost) -> dict[str, object]:
    return {
        "version": _version(mine),
        "starts_on": max(today(), earliest_start(mine.post, today())),
        "shows_mentoring": mine.current.shows_mentoring if mine.current else False,
    }


def _page(
    request: Request, mine: MyPost, form: SessionGridForm, shape: Shape | None
) -> HttpResponse:
    context = {
        **_figures(request, mine.post, shape),
        "form": form,
        "mine": mine,
        "post": mine.post,
        "week_text": week_text(shape.week) if shape else "",
        "session_length": session_length_words(mine.post.session_minutes),
        "brushes": brushes(),
        "copies": copy_words(mine.post, weeks_to_copy(mine.post, today())),
        "history": history_words(mine),
    }
    return render(request, "retention/session_pattern.html", context)
