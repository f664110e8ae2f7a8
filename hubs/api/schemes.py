"""Schemes: read by everyone once open, drafted by the lead, opened by the administrator."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from accounts.access import fetch
from accounts.api_errors import answers, fetch_named
from accounts.api_types import Page, Paging, Slug
from accounts.http import Request
from accounts.permissions import Permission
from hubs.actions.schemes import (
    NOT_OF_HUB,
    change_scheme,
    close_scheme,
    draft_scheme,
    open_scheme,
)
from hubs.api.scheme_schemas import ChangeSchemeIn, SchemeIn, SchemeOut, VersionIn
from hubs.models import Scheme
from hubs.queries.schemes import all_schemes, areas_for, readable_scheme, readable_schemes
from organisations.models.organisation import Organisation
from organisations.queries.places import hubs

router = Router(tags=["Schemes"])


@router.get("/hubs/{slug}/schemes", response=answers(Page[SchemeOut]), summary="List schemes")
def list_schemes(request: Request, slug: Slug, paging: Query[Paging]) -> dict[str, object]:
    """A hub's open schemes; drafts and closed ones too for those who run the hub."""
    hub = fetch(request.actor, Permission.SEE_OPEN_SCHEMES, hubs(), slug=slug)
    items, count = paging.of(readable_schemes(hub, by=request.actor))
    return {"items": items, "count": count}


@router.post("/hubs/{slug}/schemes", response=answers(SchemeOut, 201), summary="Draft a scheme")
def draft_new_scheme(request: Request, slug: Slug, data: SchemeIn) -> Status[Scheme]:
    """Save a draft, for the hub's retention lead; an administrator who had no hand in it opens."""
    hub = fetch(request.actor, Permission.EDIT_SCHEME, hubs(), slug=slug)
    scheme = draft_scheme(hub=hub, terms=_terms(hub, data, request), by=request.actor)
    return Status(HTTPStatus.CREATED, scheme)


@router.get("/schemes/{scheme_id}", response=answers(SchemeOut), summary="Read a scheme")
def get_scheme(request: Request, scheme_id: UUID) -> Scheme:
    """An open scheme; a draft or closed one for those who run the hub."""
    return readable_scheme(scheme_id, by=request.actor)


@router.put("/schemes/{scheme_id}", response=answers(SchemeOut), summary="Change a draft")
def put_scheme(request: Request, scheme_id: UUID, data: ChangeSchemeIn) -> Scheme:
    """Change a draft that nobody has changed since `version`; 409 otherwise."""
    scheme = _scheme(request, scheme_id, Permission.EDIT_SCHEME)
    terms = _terms(scheme.hub, data, request)
    return change_scheme(scheme=scheme, version=data.version, terms=terms, by=request.actor)


@router.post("/schemes/{scheme_id}/open", response=answers(SchemeOut), summary="Open a scheme")
def open_drafted_scheme(request: Request, scheme_id: UUID, data: VersionIn) -> Scheme:
    """Open a draft as it was read, for an administrator who had no hand in it; 409 otherwise."""
    scheme = _scheme(request, scheme_id, Permission.OPEN_SCHEME)
    open_scheme(scheme=scheme, version=data.version, by=request.actor)
    # Read anew, for its state and version.
    return readable_scheme(scheme_id, by=request.actor)


@router.post("/schemes/{scheme_id}/close", response=answers(SchemeOut), summary="Close a scheme")
def close_opened_scheme(request: Request, scheme_id: UUID) -> Scheme:
    """Make no new pairs; those that meet go on."""
    close_scheme(scheme=_scheme(request, scheme_id, Permission.OPEN_SCHEME), by=request.actor)
    return readable_scheme(scheme_id, by=request.actor)


def _scheme(request: Request, scheme_id: UUID, permission: Permission) -> Scheme:
    return fetch(request.actor, permission, all_schemes(), public_id=scheme_id)


def _terms(hub: Organisation, data: SchemeIn, request: Request) -> dict[str, Any]:
    """Return the terms as the action takes them, with the area as a place."""
    terms = data.dict(exclude={"version"})
    area = fetch_named(
        request.actor,
        Permission.SEE_PUBLISHED,
        areas_for(hub),
        {"area": NOT_OF_HUB},
        code=terms["area"].upper(),
    )
    return {**terms, "area": area}
