"""Places: found by name, with their published figures and the outlook that a role may see."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from ninja import Query, Router

from accounts.access import authorise, fetch
from accounts.api_errors import answers
from accounts.api_types import Code, Line, Page, Paging, PlaceName
from accounts.http import Request
from accounts.permissions import Permission
from models.flags import RetirementFlag
from organisations.models.organisation import Kind, Organisation
from retention.api.place_schemas import AsAt, OutlookOut, PlaceOut, PlaceOutlookOut
from retention.models.published_profile import PublishedProfile
from retention.presenters.trust import trust_sentences
from retention.queries.age_profile import band_rows, sessions_now, share_older
from retention.queries.place_figures import (
    PlaceFigures,
    outlook_permission,
    place_figures,
    places_of_kind,
)
from retention.queries.place_search import search_places
from retention.queries.places_within import PlaceOutlook
from retention.queries.public_outlook import OutlookHorizon, PublicOutlook

router = Router(tags=["Places"])


@router.get("/places", response=answers(Page[PlaceName]), summary="Find places")
def list_places(request: Request, paging: Query[Paging], search: Line = "") -> dict[str, object]:
    """Places with every word of `search` in name, code or postcode.

    Without a word: England and the ICBs.
    """
    authorise(request.actor, Permission.SEE_PUBLISHED)
    items, count = paging.of(search_places(search))
    return {"items": items, "count": count}


@router.get("/places/{code}", response=answers(PlaceOut), summary="Read a place")
def get_place(request: Request, code: Code, day: Query[AsAt]) -> dict[str, object]:
    """A place with its newest published age profiles: open data, for everyone signed in."""
    place = fetch(request.actor, Permission.SEE_PUBLISHED, _places(), code=code.upper())
    figures = place_figures(request.actor, place, day.as_at)
    return {
        "code": place.code,
        "kind": place.kind,
        "name": figures.name_of(place),
        "postcode": place.postcode,
        "network": _named(figures, figures.network) if figures.network else None,
        "gps": _profile(figures.gps),
        "nurses": _profile(figures.nurses),
    }


@router.get("/places/{code}/outlook", response=answers(OutlookOut), summary="Read an outlook")
def get_outlook(request: Request, code: Code, day: Query[AsAt]) -> dict[str, object]:
    """The sessions that a place may lose in 1, 3, 5 and 10 years, from published figures alone."""
    place = fetch(request.actor, Permission.SEE_PUBLISHED, _places(), code=code.upper())
    authorise(request.actor, outlook_permission(place), place)
    figures = place_figures(request.actor, place, day.as_at)
    return {
        "place": _named(figures, place),
        "outlook": _outlook(figures.outlook),
        "closed_on": place.ends_on if figures.has_closed else None,
        # A closed practice has no people to protect, and its outlook is null for that reason.
        "withheld": figures.is_too_small and not figures.has_closed,
        "flag": _flag(figures.flag),
        "trust": trust_sentences(),
    }


@router.get(
    "/places/{code}/within", response=answers(Page[PlaceOutlookOut]), summary="List places within"
)
def list_places_within(
    request: Request, code: Code, paging: Query[Paging], day: Query[AsAt]
) -> dict[str, object]:
    """A network's practices by name; an area's networks, the highest share at risk first.

    Each with the outlook that the role may see. Practices are never ranked.
    """
    place = fetch(request.actor, Permission.SEE_PUBLISHED, _places(), code=code.upper())
    figures = place_figures(request.actor, place, day.as_at)
    # A place has one kind or the other; both lists come ordered as they may be.
    items, count = paging.of([*figures.practices, *figures.networks])
    return {"items": [_within(figures, item) for item in items], "count": count}


def _places() -> QuerySet[Organisation]:
    return places_of_kind(*Kind)


def _profile(profile: PublishedProfile | None) -> dict[str, Any] | None:
    if profile is None:
        return None
    names = ("month", "staff_group", "people", "fte", "trainees", "trainee_fte", "patients")
    return {
        **{name: getattr(profile, name) for name in names},
        "practices": profile.practices,
        "practices_not_known": profile.practices_not_known,
        "sessions": sessions_now(profile),
        "share_55_and_over": share_older(profile),
        "bands": band_rows(profile),
    }


def _outlook(outlook: PublicOutlook | None) -> dict[str, Any] | None:
    if outlook is None:
        return None
    names = ("as_at", "table_version", "people", "age_not_known", "practices")
    return {
        **{name: getattr(outlook, name) for name in names},
        "practices_not_known": outlook.practices_not_known,
        "sessions_now": outlook.sessions_now,
        "horizons": _horizons(list(outlook.horizons.values())),
    }


def _horizons(horizons: Sequence[OutlookHorizon]) -> list[dict[str, Any]]:
    return [
        {
            **vars(horizon),
            "chances": [
                {"sessions": sessions, "chance": chance} for sessions, chance in horizon.chances
            ],
        }
        for horizon in horizons
    ]


def _flag(flag: RetirementFlag | None) -> dict[str, Any] | None:
    if flag is None:
        return None
    return {
        "raised": flag.raised,
        "share": flag.place.expected,
        "share_low80": flag.place.low80,
        "share_high80": flag.place.high80,
        "england": flag.england,
        "ratio": flag.ratio,
    }


def _named(figures: PlaceFigures, place: Organisation) -> dict[str, str]:
    """Return a place by the name of the day that was asked for."""
    return {"code": place.code, "kind": place.kind, "name": figures.name_of(place)}


def _within(figures: PlaceFigures, item: PlaceOutlook) -> dict[str, Any]:
    outlook = item.outlook
    return {
        "place": _named(figures, item.place),
        # Published, so it is told also where the outlook is not the reader's to see.
        "people": item.profile.people if item.profile else None,
        "may_see": item.may_see,
        "sessions_now": outlook.sessions_now if outlook else None,
        "horizons": _horizons(list(outlook.horizons.values())) if outlook else None,
        "flagged": item.flag.raised if item.flag else None,
    }
