"""One's own mentoring in a hub: the offer, the request, and the schemes that an offer fits."""

from http import HTTPStatus
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.http import Http404
from ninja import Router, Status

from accounts.access import authorise, fetch
from accounts.api_errors import answers
from accounts.api_types import Slug
from accounts.http import Request
from accounts.models import User
from accounts.permissions import Permission
from hubs.actions.never_lists import NeverEdit
from hubs.actions.offers import pause_offer, resume_offer, save_offer, withdraw_offer
from hubs.actions.requests import save_request, withdraw_request
from hubs.api.mentoring_schemas import AvailabilityIn, OfferIn, OfferOut, RequestIn, RequestOut
from hubs.api.scheme_schemas import FitOut
from hubs.models import MenteeRequest, MentorOffer
from hubs.queries.mentoring import (
    SchemeFit,
    never_list,
    own_offer,
    own_request,
    schemes_for_offer,
)
from organisations.models.organisation import Organisation
from organisations.queries.places import hubs

router = Router(tags=["My mentoring"])
Own = TypeVar("Own", MentorOffer, MenteeRequest)


@router.get("/hubs/{slug}/my-offer", response=answers(OfferOut), summary="Read my offer")
def get_offer(request: Request, slug: Slug) -> MentorOffer:
    """What you offer the hub as a mentor; 404 where you offer nothing."""
    return _with_never(_offer(request, slug))


@router.put("/hubs/{slug}/my-offer", response=answers(OfferOut), summary="Offer mentoring")
def put_offer(request: Request, slug: Slug, data: OfferIn) -> MentorOffer:
    """Make or change your offer to a hub that recognises you; `version` is 0 for a first one."""
    authorise(request.actor, Permission.OWN_MENTORING)
    saved = save_offer(
        hub=_hub(request, slug),
        version=data.version,
        terms=_terms(data),
        never=_never(data),
        by=request.actor,
    )
    return _with_never(saved)


@router.post("/hubs/{slug}/my-offer/pause", response=answers(OfferOut), summary="Pause my offer")
def pause_my_offer(request: Request, slug: Slug) -> MentorOffer:
    """Stop new pairs; those that meet go on."""
    pause_offer(offer=_offer(request, slug), by=request.actor)
    # Read anew: the action changed the row, not this object.
    return _with_never(_offer(request, slug))


@router.post("/hubs/{slug}/my-offer/resume", response=answers(OfferOut), summary="Resume my offer")
def resume_my_offer(request: Request, slug: Slug) -> MentorOffer:
    """Take part in pairings again."""
    resume_offer(offer=_offer(request, slug), by=request.actor)
    return _with_never(_offer(request, slug))


@router.delete("/hubs/{slug}/my-offer", response=answers(None, 204), summary="Withdraw my offer")
def withdraw_my_offer(request: Request, slug: Slug) -> Status[None]:
    """End your offer and, kindly, its pairs."""
    withdraw_offer(offer=_offer(request, slug), by=request.actor)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.get(
    "/hubs/{slug}/my-eligibility", response=answers(list[FitOut]), summary="Read which schemes fit"
)
def list_my_eligibility(request: Request, slug: Slug) -> list[SchemeFit]:
    """Each open scheme of the hub, and for each of its rules whether your offer meets it."""
    return schemes_for_offer(_offer(request, slug))


@router.get("/hubs/{slug}/my-request", response=answers(RequestOut), summary="Read my request")
def get_request(request: Request, slug: Slug) -> MenteeRequest:
    """What you ask the hub for as a mentee; 404 where you ask for nothing."""
    return _with_never(_asked(request, slug))


@router.put("/hubs/{slug}/my-request", response=answers(RequestOut), summary="Ask for a mentor")
def put_request(request: Request, slug: Slug, data: RequestIn) -> MenteeRequest:
    """Ask a hub that recognises you, or change what you asked; `version` is 0 for a first one."""
    authorise(request.actor, Permission.OWN_MENTORING)
    saved = save_request(
        hub=_hub(request, slug),
        version=data.version,
        terms=_terms(data),
        never=_never(data),
        by=request.actor,
    )
    return _with_never(saved)


@router.delete(
    "/hubs/{slug}/my-request", response=answers(None, 204), summary="Withdraw my request"
)
def withdraw_my_request(request: Request, slug: Slug) -> Status[None]:
    """Take your request back; a pair that stands ends kindly."""
    withdraw_request(request=_asked(request, slug), by=request.actor)
    return Status(HTTPStatus.NO_CONTENT, None)


def own(request: Request) -> User:
    """Return whose own mentoring this is."""
    authorise(request.actor, Permission.OWN_MENTORING)
    assert request.actor.user is not None  # authorise has looked
    return request.actor.user


def _hub(request: Request, slug: str) -> Organisation:
    return fetch(request.actor, Permission.SEE_PUBLISHED, hubs(), slug=slug)


def _offer(request: Request, slug: str) -> MentorOffer:
    found = own_offer(own(request), _hub(request, slug))
    if found is None:
        raise Http404
    return found


def _asked(request: Request, slug: str) -> MenteeRequest:
    found = own_request(own(request), _hub(request, slug))
    if found is None:
        raise Http404
    return found


def _terms(data: AvailabilityIn) -> dict[str, Any]:
    # The never list is the person's, not the offer's: it goes its own way.
    terms = data.dict(exclude={"version", "never", "never_seen"})
    terms["interests"] = [interest.value for interest in data.interests]
    return terms


def _never(data: AvailabilityIn) -> NeverEdit | None:
    if data.never is None:
        return None
    # Without it a line that another window added could not be told from one that was taken off.
    if data.never_seen is None:
        raise ValidationError(
            {"never_seen": "Send the list as you last read it, so that no line is lost unasked."}
        )
    return NeverEdit(tuple(data.never), tuple(data.never_seen))


def _with_never(record: Own) -> Own:
    """Add the never list, which the owner alone reads."""
    record.never = never_list(record.person)  # type: ignore[attr-defined]  # OwnAvailabilityOut reads it
    return record
