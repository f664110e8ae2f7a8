"""A practice closes or merges: what would happen, then the act itself, for the hub."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from retention.actions.life_events import check_change, close_practice, merge_practices
from retention.forms.practice_change import MERGE, PracticeChangeForm
from retention.forms.problems import add_problems
from retention.presenters.practice_change import change_rows, done_words
from retention.queries.posts import practices
from retention.queries.practice_change import practice_change, practice_to_join


@require_http_methods(["GET", "POST"])
def change(request: Request, code: str) -> HttpResponse:
    """Ask what happens to a practice, show what that would end, and do it once confirmed."""
    practice = fetch(request.actor, Permission.EDIT_ROLES, practices(), code=code)
    form = PracticeChangeForm(request.POST or None)
    context: dict[str, object] = {"practice": practice, "form": form}
    if form.is_valid():
        given, on, by = form.cleaned_data, form.cleaned_data["on"], request.actor
        try:
            # Asked again at each step: the other practice may have closed since the first.
            into = practice_to_join(by, given["into"]) if given["what"] == MERGE else None
            # The same form is sent twice: once to see what would end, once to end it.
            if request.POST.get("do") == "confirm":
                if into is None:
                    close_practice(by=by, practice=practice, on=on)
                else:
                    merge_practices(by=by, from_=practice, into=into, on=on)
                messages.success(request, done_words(practice, into, on))
                return redirect("practice", practice.code)
            check_change(by=by, practice=practice, into=into, on=on)
            context["rows"] = change_rows(practice_change(practice, on), into, on)
        except ValidationError as problem:
            add_problems(form, problem)
    return render(request, "retention/practice_change.html", context)
