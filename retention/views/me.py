"""My page, my details, and the posts that I say I have."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import authorise, fetch
from accounts.http import Request
from accounts.permissions import Permission
from accounts.views.attempt import attempt, posted
from organisations.clock import today
from retention.actions.people import update_own_details
from retention.actions.posts import declare_post, take_post_back
from retention.forms.own_details import OwnDetailsForm
from retention.forms.posts import FindPlaceForm, PostForm
from retention.forms.problems import add_problems, problem_of
from retention.models import Person
from retention.presenters.me import detail_rows, post_words, seen_by
from retention.queries.my_record import my_record
from retention.queries.post_changes import posts_to_return_to
from retention.queries.posts import find_places_of_work, places_of_work, posts


@require_safe
def me(request: Request) -> HttpResponse:
    """Show who I am in the record."""
    record = my_record(request.actor)
    context = {
        "record": record,
        "details": detail_rows(record.person),
        "posts": [post_words(mine) for mine in record.posts],
        "ended": posts_to_return_to(request.actor),
        "seen_by": seen_by(record),
    }
    return render(request, "retention/me.html", context)


@require_http_methods(["GET", "POST"])
def details(request: Request) -> HttpResponse:
    """Change my own details."""
    record = my_record(request.actor)
    form = OwnDetailsForm(posted(request), initial=_initial_details(request, record.person))
    if attempt(form, lambda: update_own_details(by=request.actor, **form.cleaned_data)):
        messages.success(request, "Your details are saved.")
        return redirect("me")
    return render(request, "retention/me_details.html", {"form": form, "record": record})


@require_http_methods(["GET", "POST"])
def add_own_post(request: Request) -> HttpResponse:
    """Find where I work (?find=), then say as what and since when (?place=)."""
    authorise(request.actor, Permission.OWN_RECORD)
    # Both steps stand in the address: “back” leads from the second to the places that were found.
    if "place" in request.GET:
        return _declare(request, request.GET["place"])
    form = FindPlaceForm(request.GET if "find" in request.GET else None)
    found = find_places_of_work(form.cleaned_data["find"], today()) if form.is_valid() else None
    context = {"form": form, "found": found}
    return render(request, "retention/me_find_place.html", context)


@require_http_methods(["GET", "POST"])
def end_own_post(request: Request, post_id: uuid.UUID) -> HttpResponse:
    """Take back a post that the practice has not confirmed."""
    # A confirmed post is shown here as well: the action says why it cannot be taken back.
    post = fetch(request.actor, Permission.OWN_RECORD, posts(), public_id=post_id)
    if request.method == "POST":
        try:
            take_post_back(by=request.actor, post=post)
        except ValidationError as problem:
            messages.error(request, problem_of(problem))
        else:
            messages.success(request, f"{post} is taken back.")
        return redirect("me")
    return render(request, "retention/me_end_post.html", {"post": post})


def _declare(request: Request, code: str) -> HttpResponse:
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_work(today()), code=code)
    form = PostForm(request.POST or None)
    if form.is_valid():
        try:
            post = declare_post(by=request.actor, organisation=place, **form.values)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, f"{post} is added. Now fill in your week.")
            return redirect("session-pattern", post.public_id)
    return render(request, "retention/me_add_post.html", {"form": form, "place": place})


def _initial_details(request: Request, person: Person | None) -> dict[str, object]:
    user = request.actor.user
    if person is None:
        # Nobody is put into the record by looking at this form, so the account's name is a start.
        return {"version": 0, "name": user.name if user else ""}
    names = ("version", "name", "profession", "year_of_birth", "qualified_year")
    return {name: getattr(person, name) for name in names}
