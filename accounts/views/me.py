"""What is mine alone: who looked, my data, my tokens."""

import uuid

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import fetch
from accounts.actions.erasure import erase_own_data, export_own_data
from accounts.actions.tokens import end_token, make_token
from accounts.forms import ErasureForm, TokenForm
from accounts.http import Request
from accounts.permissions import Permission
from accounts.personal_data import kinds
from accounts.presenters.audit import sentences
from accounts.queries.audit import about, as_line, by, in_lines
from accounts.queries.roles import roles_of
from accounts.queries.tokens import all_tokens, tokens_of
from accounts.views.attempt import attempt, posted

PAGE = 50


@require_safe
def who_looked(request: Request) -> HttpResponse:
    """Show what others read or changed about me, or (show=acts) what I did."""
    assert request.actor.user is not None  # LoginRequiredMiddleware
    mine = request.GET.get("show") == "acts"
    events = by(request.actor.user) if mine else about(request.actor.user)
    page = Paginator(in_lines(events), PAGE).get_page(request.GET.get("page"))
    rows = sentences([as_line(row) for row in page.object_list], me=request.actor.subject_id)
    return render(request, "accounts/who_looked.html", {"page": page, "rows": rows, "mine": mine})


@require_safe
def my_data(request: Request) -> HttpResponse:
    """Show what kinds of data are held on me, for how long, and what I can do."""
    return render(request, "accounts/my_data.html", {"kinds": kinds()})


# By a form, though it only reads: a link in a mail must not put all this on a shared computer.
@never_cache
@require_POST
def my_data_download(request: Request) -> HttpResponse:
    """Hand out everything that is held on me, as a file."""
    held = export_own_data(by=request.actor)
    response = JsonResponse(held, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_http_methods(["GET", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def erase(request: Request) -> HttpResponse:
    """Ask for the word, then erase everything that is held on me and sign out."""
    form = ErasureForm(posted(request))
    if attempt(form, lambda: erase_own_data(by=request.actor)):
        logout(request)
        messages.success(request, "Your data is erased. You are signed out.")
        return redirect("home")
    return render(request, "accounts/erase.html", {"form": form, "kinds": kinds()})


@never_cache
@require_http_methods(["GET", "POST"])
# A token outlives the session: whoever finds a screen left open must not walk off with one.
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth is untyped
def tokens(request: Request) -> HttpResponse:
    """List my tokens and make one; its text is in this answer and nowhere else."""
    assert request.actor.user is not None  # LoginRequiredMiddleware
    form = TokenForm(posted(request), held=roles_of(request.actor.user))
    made: list[str] = []
    if attempt(form, lambda: made.append(make_token(by=request.actor, **form.cleaned_data)[1])):
        form = TokenForm(held=roles_of(request.actor.user))
    context = {"tokens": tokens_of(request.actor.user), "form": form, "made": made}
    return render(request, "accounts/tokens.html", context)


@require_POST
def token_end(request: Request, token: uuid.UUID) -> HttpResponse:
    """End one of my tokens."""
    found = fetch(request.actor, Permission.OWN_RECORD, all_tokens(), public_id=token)
    try:
        end_token(by=request.actor, token=found)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"The token “{found.name}” no longer works.")
    return redirect("tokens")
