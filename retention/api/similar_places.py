"""A practice or network among similar ones through the API: ranges, no names, no ranks."""

from ninja import Field, Query, Router, Schema

from accounts.api_errors import answers
from accounts.api_types import Code, PlaceName
from accounts.http import Request
from retention.api.asked_place import asked_place
from retention.api.place_schemas import AsAt
from retention.queries.public_outlook import PublicOutlook
from retention.queries.similar_places import (
    SIMILAR_KINDS,
    Beside,
    Measure,
    Others,
    Similar,
    lost_here,
    similar,
)

router = Router(tags=["Places"])


class MeasureOut(Schema):
    """A place's value beside the middle 80% of similar places, rounded as on the page."""

    here: float | None
    low: float | None = Field(description="Null, as the other two, where too few are known.")
    median: float | None
    high: float | None
    lies: str | None = Field(
        description="lower than most, within the usual range or higher than most."
    )


class LostOut(MeasureOut):
    """The share of sessions expected to be lost; it lies apart only with its whole interval."""

    here_low80: float | None
    here_high80: float | None


class SimilarOut(Schema):
    """How many places are like this one, how like, and three measures among them."""

    places: int
    smallest_list: int
    largest_list: int
    lowest_deprivation: float
    highest_deprivation: float
    lowest_rural_share: float | None = Field(
        description="Of patients whose practice is rural: 0 or 1 for a practice. Null, as the "
        "other, where rurality is not loaded for this place or too few others."
    )
    highest_rural_share: float | None
    share_55_and_over: MeasureOut
    patients_per_session: MeasureOut
    lost_within_five_years: LostOut | None = Field(
        description="Null for who may not see the place's outlook, and where it has none."
    )


class BesideOut(Schema):
    """A place's value beside all others of its kind, of which nothing is called usual."""

    here: float | None
    lowest: float | None = Field(description="Null, as the other two, where too few are known.")
    median: float | None
    highest: float | None


class OthersOut(Schema):
    """All others of its kind: too few are loaded to choose those like it from."""

    places: int
    share_55_and_over: BesideOut
    patients_per_session: BesideOut


class SimilarPlacesOut(Schema):
    """A place among similar ones, or beside the few others that are loaded."""

    place: PlaceName
    similar: SimilarOut | None = Field(
        description="Null where list size or deprivation, or that of enough others, is not loaded."
    )
    others: OthersOut | None = Field(description="Where five to nine others are loaded.")


@router.get(
    "/places/{code}/similar", response=answers(SimilarPlacesOut), summary="Compare with like places"
)
def get_similar_places(request: Request, code: Code, day: Query[AsAt]) -> dict[str, object]:
    """A practice or network among those nearest in list size, deprivation and rurality: open data.

    Which places these are is not told: it is no league table.
    """
    asked = asked_place(request, code, day, *SIMILAR_KINDS)
    found = similar(asked.place, asked.month, asked.on) if asked.month else None
    return {
        "place": asked.named,
        "similar": _similar(found, asked.outlook) if isinstance(found, Similar) else None,
        "others": _others(found) if isinstance(found, Others) else None,
    }


def _similar(found: Similar, outlook: PublicOutlook | None) -> dict[str, object]:
    return {
        "places": found.places,
        "smallest_list": found.list_sizes[0],
        "largest_list": found.list_sizes[1],
        "lowest_deprivation": round(found.scores[0], 1),
        "highest_deprivation": round(found.scores[1], 1),
        "lowest_rural_share": round(found.rural[0], 2) if found.rural else None,
        "highest_rural_share": round(found.rural[1], 2) if found.rural else None,
        "share_55_and_over": _measure(found.older, found.older.value, 2),
        "patients_per_session": _measure(found.per_session, found.per_session.value, 0),
        "lost_within_five_years": _lost(found.lost, outlook) if outlook else None,
    }


def _others(found: Others) -> dict[str, object]:
    return {
        "places": found.places,
        "share_55_and_over": _beside(found.older, 2),
        "patients_per_session": _beside(found.per_session, 0),
    }


def _beside(beside: Beside, digits: int) -> dict[str, object]:
    others = beside.others
    return {
        "here": _rounded(beside.value, digits),
        "lowest": _rounded(others.low, digits) if others else None,
        "median": _rounded(others.median, digits) if others else None,
        "highest": _rounded(others.high, digits) if others else None,
    }


def _measure(measure: Measure, here: float | None, digits: int) -> dict[str, object]:
    usual = measure.usual
    return {
        "here": _rounded(here, digits),
        "low": _rounded(usual.low, digits) if usual else None,
        "median": _rounded(usual.median, digits) if usual else None,
        "high": _rounded(usual.high, digits) if usual else None,
        "lies": usual.among(here) if usual and here is not None else None,
    }


def _lost(measure: Measure, outlook: PublicOutlook) -> dict[str, object]:
    lost = lost_here(measure, outlook)
    return {
        **_measure(measure, lost.expected, 2),
        "here_low80": _rounded(lost.low80, 2),
        "here_high80": _rounded(lost.high80, 2),
        "lies": lost.lies,
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
