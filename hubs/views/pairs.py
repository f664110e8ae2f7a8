"""A pair as each of its two sides sees it: answer, meet, log, end."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.views.attempt import attempt, posted
from hubs.actions.meetings import change_meeting, log_meeting
from hubs.actions.pairs import answer_pair, end_pair
from hubs.forms.meeting import MeetingEditForm, MeetingForm
from hubs.models import Meeting
from hubs.presenters.pairs import pair_page
from hubs.queries.pairs import own_meeting, own_pair
from hubs.views.reads import record_names


@never_cache
@require_safe
def pair(request: Request, pair: UUID) -> HttpResponse:
    """Show one of the two who the other is, and what to do next."""
    own = own_pair(pair, by=request.actor)
    page = pair_page(own)
    # Without a profile nothing of the other stands on the page, and nothing was read.
    if page.profile:
        record_names([own.other.person], f"pair:{own.pair.public_id}", by=request.actor)
    return render(request, "hubs/pair.html", {"page": page})


@require_POST
def pair_answer(request: Request, pair: UUID) -> HttpResponse:
    """Accept or decline, without a reason."""
    own = own_pair(pair, by=request.actor)
    answer = request.POST.get("answer")
    # A broken form must not decline for anybody.
    if answer not in ("accept", "decline"):
        raise Http404
    try:
        accept = answer == "accept"
        answer_pair(pair=own.pair, side=own.side, accept=accept, by=request.actor)
        messages.success(request, "Your answer is saved.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("pair", pair=own.pair.public_id)


@require_POST
def pair_end(request: Request, pair: UUID) -> HttpResponse:
    """End a pair; nobody is asked why."""
    own = own_pair(pair, by=request.actor)
    try:
        end_pair(pair=own.pair, side=own.side, by=request.actor)
        messages.success(request, "The pair has ended.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("pair", pair=own.pair.public_id)


@require_http_methods(["GET", "POST"])
def meeting_new(request: Request, pair: UUID) -> HttpResponse:
    """Log a meeting."""
    own = own_pair(pair, by=request.actor)
    instance = Meeting(pair=own.pair)
    form = MeetingForm(posted(request), instance=instance)
    if attempt(form, lambda: log_meeting(pair=own.pair, by=request.actor, **form.cleaned_data)):
        messages.success(request, "The meeting is in the log.")
        return redirect("pair", pair=own.pair.public_id)
    return render(request, "hubs/meeting.html", {"pair": own.pair, "form": form})


@require_http_methods(["GET", "POST"])
def meeting_edit(request: Request, meeting: UUID) -> HttpResponse:
    """Correct an entry of my own."""
    found = own_meeting(meeting, by=request.actor)
    form = MeetingEditForm(posted(request), instance=found)
    if attempt(form, lambda: change_meeting(meeting=found, by=request.actor, **form.cleaned_data)):
        messages.success(request, "The entry is changed.")
        return redirect("pair", pair=found.pair.public_id)
    return render(request, "hubs/meeting.html", {"pair": found.pair, "form": form, "edit": found})
