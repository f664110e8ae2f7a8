"""A hub's own leavers through the API: bands as they were let out, and ranges made of them."""

import datetime as dt
from typing import Any

from ninja import Field, Query, Router, Schema

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Code, CountOut, PlaceName
from accounts.http import Request
from accounts.permissions import Permission
from models.disclosure import as_json
from models.own_experience import Experience, Span
from retention.api.asked_place import named_on
from retention.api.place_schemas import AsAt
from retention.queries.own_experience import GroupExperience, Stretch, own_experience
from retention.queries.place_figures import places_of_kind
from retention.queries.private_inputs import CELL_PLACES

router = Router(tags=["Places"])


class SpanOut(Schema):
    """What is known to lie between two numbers."""

    low: float
    high: float


class ComparedOut(Schema):
    """Recorded leavers against the standard table; every figure is a range."""

    recorded: SpanOut
    expected: SpanOut
    ratio: SpanOut
    ratio95: SpanOut = Field(description="With chance: a 95 % Poisson interval.")
    k: float
    weight: SpanOut = Field(description="Of the own record, Z = E/(E + K); the table has the rest.")
    blended: SpanOut = Field(description="Both together: a factor on the table's chances.")


class StretchOut(Schema):
    """What was let out in one quarter, of months that no other release counts."""

    since: dt.date
    until: dt.date
    person_years: SpanOut
    leavers: CountOut
    retired: CountOut
    unexplained: CountOut = Field(description="Not said where they went; not among the leavers.")
    expected: SpanOut
    table_version: str


class WeightOut(Schema):
    """The weight that so many years of everyone in the published figures would carry."""

    years: int
    weight: float


class GroupExperienceOut(Schema):
    """A staff group; `withheld` where nothing was let out, which says nothing of why."""

    staff_group: str
    withheld: bool
    leaving: ComparedOut | None
    retirement: ComparedOut | None
    stretches: list[StretchOut]
    weights: list[WeightOut]


class OwnExperienceOut(Schema):
    """A hub's own leavers. Of networks the weights alone are told."""

    place: PlaceName
    groups: list[GroupExperienceOut]


@router.get(
    "/places/{code}/own-leavers",
    response=answers(OwnExperienceOut),
    summary="Compare own leavers with the standard table",
)
def get_own_leavers(request: Request, code: Code, day: Query[AsAt]) -> dict[str, object]:
    """A hub area's own leavers against the table, from posts that practices share.

    Told in bands of eight, of stretches of a year or longer that share no month. No outlook uses
    it.
    """
    places = places_of_kind(*CELL_PLACES)
    place = fetch(request.actor, Permission.SEE_PRIVATE_OUTLOOK, places, code=code.upper())
    found = own_experience(request.actor, place, day.as_at)
    # The query asks for the permission again: pages reach it without a fetch.
    assert found is not None  # fetched, so it may be seen
    return {
        "place": named_on(place, day.as_at),
        "groups": [_group(group) for group in found.groups],
    }


def _group(group: GroupExperience) -> dict[str, Any]:
    together, retired = group.together, group.retired
    return {
        "staff_group": group.staff_group,
        # Also where nobody left: which of the two it is would be an answer.
        "withheld": together is None,
        "leaving": _compared(together) if together else None,
        "retirement": _compared(retired) if retired else None,
        "stretches": [_stretch(each) for each in group.stretches],
        "weights": [{"years": each.years, "weight": each.z} for each in group.weights],
    }


def _compared(found: Experience) -> dict[str, Any]:
    # The mathematics says A, E and Z; a caller reads what they are.
    names = {"recorded": "actual", "weight": "z"}
    spans = ("recorded", "expected", "ratio", "ratio95", "weight", "blended")
    return {"k": found.k, **{name: _span(getattr(found, names.get(name, name))) for name in spans}}


def _stretch(each: Stretch) -> dict[str, Any]:
    counts = ("leavers", "retired", "unexplained")
    return {
        "since": each.since,
        "until": each.until,
        "person_years": _span(each.person_years),
        **{name: as_json(getattr(each, name)) for name in counts},
        "expected": _span(each.expected),
        "table_version": each.table_version,
    }


def _span(span: Span) -> dict[str, float]:
    return {"low": span.low, "high": span.high}
