"""Private outlooks through the API: what was let out, rounded as on the page."""

import datetime as dt
from typing import Any

from ninja import Field, Query, Router, Schema

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Code, CountOut, PlaceName
from accounts.http import Request
from accounts.permissions import Permission
from models.disclosure import as_json
from retention.api.asked_place import named_on
from retention.api.place_schemas import AsAt, ChanceOut
from retention.queries.place_figures import places_of_kind
from retention.queries.private_inputs import CELL_PLACES
from retention.queries.private_outlook import CellOutlook, Released, Told, private_outlooks

router = Router(tags=["Places"])


class ToldHorizonOut(Schema):
    """Weekly sessions that may be lost within some years if nobody joins, in whole sessions."""

    years: int
    # Whole sessions, as they were let out: the digits after would tell of single people.
    expected: int
    low80: int
    high80: int
    leavers: int
    retirement: int
    retirement_low80: int
    retirement_high80: int
    chances: list[ChanceOut] = Field(description="To a hundredth.")


class ToldOut(Schema):
    """An outlook as it is told."""

    sessions_now: int
    horizons: list[ToldHorizonOut]


class ReleasedOut(Schema):
    """A figure that stands until at least eight of its people have changed."""

    month: dt.date = Field(description="Posts and weeks are of its first day.")
    published_month: dt.date | None = Field(description="Of practices that do not share.")
    table_version: str
    model_version: str
    people: CountOut = Field(description="Of the practices that share.")
    private: ToldOut
    public: ToldOut | None = Field(description="The same from published figures alone.")
    before: ToldOut | None = Field(description="The release that this one replaced.")
    before_month: dt.date | None


class PrivateCellOut(Schema):
    """The private outlook of a staff group; where it is withheld nothing is told, nor why."""

    staff_group: str
    withheld: bool
    outlook: ReleasedOut | None


class PrivateOutlookOut(Schema):
    """The private outlooks of a place."""

    place: PlaceName
    month: dt.date | None = Field(description="Null until the first were made.")
    cells: list[PrivateCellOut]


@router.get(
    "/places/{code}/private-outlook",
    response=answers(PrivateOutlookOut),
    summary="Read private outlooks",
)
def get_private_outlook(request: Request, code: Code, day: Query[AsAt]) -> dict[str, object]:
    """A network's or hub area's outlooks from posts that practices share, frozen each month.

    Withheld where a figure, or what it could be added to or subtracted from, tells of few people.
    """
    places = places_of_kind(*CELL_PLACES)
    place = fetch(request.actor, Permission.SEE_PRIVATE_OUTLOOK, places, code=code.upper())
    found = private_outlooks(request.actor, place, day.as_at)
    assert found is not None  # fetched, so it may be seen
    return {
        "place": named_on(place, day.as_at),
        "month": found.month,
        "cells": [_cell(cell) for cell in found.cells],
    }


def _cell(cell: CellOutlook) -> dict[str, Any]:
    return {
        "staff_group": cell.staff_group,
        # The reason is left out: it could change with one person.
        "withheld": cell.released is None,
        "outlook": _released(cell.released) if cell.released else None,
    }


def _released(released: Released) -> dict[str, Any]:
    names = ("month", "published_month", "table_version", "model_version", "before_month")
    return {
        **{name: getattr(released, name) for name in names},
        "people": as_json(released.people),
        "private": _told(released.private),
        "public": _told(released.public) if released.public else None,
        "before": _told(released.before) if released.before else None,
    }


def _told(told: Told) -> dict[str, Any]:
    return {
        "sessions_now": told.sessions_now,
        "horizons": [
            {**vars(h), "chances": [{"sessions": n, "chance": share} for n, share in h.chances]}
            for h in told.horizons
        ],
    }
