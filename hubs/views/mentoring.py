"""My mentoring: what I offer, what I ask for, who I am paired with."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import authorise, fetch
from accounts.actor import Actor
from accounts.http import Request
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.attempt import attempt, posted
from hubs.actions.offers import pause_offer, resume_offer, save_offer, withdraw_offer
from hubs.actions.requests import save_request, withdraw_request
from hubs.forms.availability import AvailabilityForm, OfferForm, RequestForm
from hubs.models import MenteeRequest, MentorOffer
from hubs.presenters.mentoring import mentoring_page
from hubs.queries.mentoring import (
    last_request,
    never_list,
    own_offer,
    own_request,
    told_clinical_sessions,
)
from hubs.queries.pairs import own_person_of
from hubs.queries.recognition import is_recognised
from hubs.views.reads import record_names
from organisations.models.organisation import Organisation
from organisations.queries.places import hubs
from retention.models import Person

NEVER_MERGED = (
    "The list of whom you must not be paired with was changed in another window as well. Nothing"
    " is lost: what you added and took off in each of them counts. Open the form again to read the"
    " list as it is now."
)
OFFER_ACTS = {
    "pause": (pause_offer, "Your offer is paused. Pairs that meet go on."),
    "resume": (resume_offer, "Your offer is open again."),
    "withdraw": (withdraw_offer, "Your offer is withdrawn, and your pairs have ended."),
}


def _own(by: Actor) -> User:
    authorise(by, Permission.OWN_MENTORING)
    assert by.user is not None  # authorise has looked
    return by.user


def _hub(request: Request, slug: str) -> Organisation:
    return fetch(request.actor, Permission.SEE_PUBLISHED, hubs(), slug=slug)


@never_cache
@require_safe
def mentoring(request: Request) -> HttpResponse:
    """Show all that I have to do with mentoring, and what to do next."""
    page = mentoring_page(_own(request.actor))
    # My partners are told that I read their profile, as they would be of anybody else.
    record_names(page.named, "mentoring", by=request.actor)
    return render(request, "hubs/mentoring.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
def offer(request: Request, slug: str) -> HttpResponse:
    """Offer mentoring to a hub, or change the offer."""
    user, hub = _own(request.actor), _hub(request, slug)
    # A page, not 404: the hub exists for everyone, and the page says how to be recognised.
    if not is_recognised(user, hub):
        return render(request, "hubs/not_recognised.html", {"hub": hub})
    found = own_offer(user, hub)
    instance = found or MentorOffer(hub=hub)
    form = OfferForm(posted(request), instance=instance, initial=_prefilled(user, found))
    if attempt(
        form,
        lambda: save_offer(
            hub=hub,
            version=form.cleaned_data["version"],
            terms=form.terms(),
            never=form.never_edit(),
            by=request.actor,
        ),
    ):
        _say_saved(request, "Your offer is saved.", form)
        return redirect("mentoring")
    return render(request, "hubs/offer.html", {"hub": hub, "form": form, "offer": found})


def _prefilled(user: User, offer: MentorOffer | None) -> dict[str, Any]:
    """What is known already: the never list, and the week that the practice was told."""
    person = own_person_of(user)
    if offer is not None:
        return {"version": offer.version, **_never(person)}
    # For a new offer alone: what a mentor typed is not changed by a week that is told later.
    told = told_clinical_sessions(person) if person else None
    return {"version": 0, **_never(person), "clinical_sessions": told}


def _say_saved(request: Request, saved: str, form: AvailabilityForm) -> None:
    """Say that it is saved, and that another window changed the never list if one did.

    Without the lines: a message waits in the session, and they are sealed everywhere else.
    """
    messages.success(request, saved)
    person = own_person_of(_own(request.actor))
    if person is not None and form.never_changed_elsewhere(never_list(person)):
        messages.warning(request, NEVER_MERGED)


def _never(person: Person | None) -> dict[str, str]:
    text = "\n".join(never_list(person)) if person else ""
    return {"never": text, "never_seen": text}


@require_POST
def offer_state(request: Request, slug: str) -> HttpResponse:
    """Pause, resume or withdraw my offer to a hub."""
    found = own_offer(_own(request.actor), _hub(request, slug))
    # What is no button of the page is not found, like the offer of somebody else.
    act = OFFER_ACTS.get(request.POST.get("act", ""))
    if found is None or act is None:
        raise Http404
    try:
        act[0](offer=found, by=request.actor)
        messages.success(request, act[1])
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("mentoring")


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: Request, slug: str) -> HttpResponse:
    """Ask a hub for a mentor, or change what I asked for."""
    user, hub = _own(request.actor), _hub(request, slug)
    if not is_recognised(user, hub):
        return render(request, "hubs/not_recognised.html", {"hub": hub})
    found = own_request(user, hub)
    form = RequestForm(
        posted(request),
        instance=found or _again(last_request(user, hub)) or MenteeRequest(hub=hub),
        initial=_prefilled_request(user, found),
    )
    if attempt(
        form,
        lambda: save_request(
            hub=hub,
            version=form.cleaned_data["version"],
            terms=form.terms(),
            never=form.never_edit(),
            by=request.actor,
        ),
    ):
        _say_saved(request, "Your request is saved.", form)
        return redirect("mentoring")
    return render(request, "hubs/ask.html", {"hub": hub, "form": form, "asked": found})


def _again(last: MenteeRequest | None) -> MenteeRequest | None:
    """The last request as a new one, so that nobody types the same twice."""
    if last is not None:
        # Without its key it is saved as another row, and the old one stays as it was.
        last.pk = None
    return last


def _prefilled_request(user: User, asked: MenteeRequest | None) -> dict[str, Any]:
    return {"version": asked.version if asked else 0, **_never(own_person_of(user))}


@require_POST
def ask_withdraw(request: Request, slug: str) -> HttpResponse:
    """Take my request back."""
    found = own_request(_own(request.actor), _hub(request, slug))
    if found is None:
        raise Http404
    withdraw_request(request=found, by=request.actor)
    messages.success(request, "Your request is withdrawn.")
    return redirect("mentoring")
