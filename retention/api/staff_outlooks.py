"""The outlooks of a place's other staff, and what moved an outlook since the figures before."""

import datetime as dt
from typing import Any

from ninja import Field, Query, Router, Schema

from accounts.access import authorise
from accounts.api_errors import answers
from accounts.api_types import Code, PlaceName
from accounts.http import Request
from retention.api.asked_place import AskedPlace, asked_place
from retention.api.place_schemas import AsAt
from retention.models.published_count import StaffGroup
from retention.presenters.other_staff import in_fte
from retention.queries.age_profile import share_older
from retention.queries.other_staff import StaffOutlook, other_staff
from retention.queries.outlook_change import OutlookChange, outlook_change
from retention.queries.outlook_figures import PublicOutlook
from retention.queries.place_figures import has_closed, outlook_permission
from retention.queries.public_outlook import public_outlook

router = Router(tags=["Places"])


class StaffChanceOut(Schema):
    """The chance of losing at least so many full-time equivalents."""

    fte: float
    chance: float


class StaffHorizonOut(Schema):
    """Full-time equivalents and people that may be lost within some years if nobody joins."""

    years: int
    fte_expected: float
    fte_low80: float
    fte_high80: float
    headcount_expected: float
    headcount_low80: float
    headcount_high80: float
    retirement_fte_expected: float
    chances: list[StaffChanceOut]


class StaffOutlookOut(Schema):
    """A staff group of a place; null is not known, or no outlook."""

    staff_group: StaffGroup
    as_at: dt.date | None
    table_version: str | None
    model_version: str | None
    people: int | None
    fte: float | None
    share_55_and_over: float | None
    withheld: bool = Field(description="A practice with fewer than five people of the group.")
    horizons: list[StaffHorizonOut] | None


class StaffOutlooksOut(Schema):
    """The outlooks of nurses, direct patient care, admin and non-clinical staff of a place."""

    place: PlaceName
    staff: list[StaffOutlookOut]


class EditionOut(Schema):
    """Which figures an outlook is made of, by which table and model."""

    month: dt.date = Field(description="The first day of the month.")
    table_version: str
    model_version: str


class OutlookChangeOut(Schema):
    """Weekly sessions expected to be lost within three years, before and after.

    The four parts add up to `after` less `before`.
    """

    then: EditionOut
    now: EditionOut
    before: float
    after: float
    by_sessions: float = Field(description="Published figures: more or fewer sessions.")
    by_ages: float = Field(description="Published figures: other ages, and corrections.")
    by_table: float
    by_model: float


class OutlookChangesOut(Schema):
    """What moved an outlook; null where there are no figures to compare with."""

    place: PlaceName
    staff_group: StaffGroup
    since_last: OutlookChangeOut | None
    since_a_year: OutlookChangeOut | None


@router.get(
    "/places/{code}/staff-outlooks",
    response=answers(StaffOutlooksOut),
    summary="Read the outlooks of other staff",
)
def get_staff_outlooks(request: Request, code: Code, day: Query[AsAt]) -> dict[str, object]:
    """The full-time equivalents that a place may lose, by staff group, from published figures.

    For those who may read the outlook of its GPs.
    """
    asked = _readable(request, code, day)
    is_open = not has_closed(asked.place, asked.on)
    # `_readable` has asked who; what is left is whether anything is still expected here.
    rows = other_staff(asked.place, asked.month, may_see_outlook=is_open)
    return {"place": asked.named, "staff": [_staff(row) for row in rows]}


@router.get(
    "/places/{code}/outlook-changes",
    response=answers(OutlookChangesOut),
    summary="Read what moved an outlook",
)
def get_outlook_changes(
    request: Request, code: Code, day: Query[AsAt], staff_group: StaffGroup = StaffGroup.GP
) -> dict[str, object]:
    """How far the published figures, the standard table and the model moved the expected loss.

    Since the figures before, and since those of a year before.
    """
    asked = _readable(request, code, day)
    place, month = asked.place, asked.month
    is_open = not has_closed(place, asked.on)
    outlook = public_outlook(place, month, staff_group) if month and is_open else None
    last, year = (
        outlook_change(place, outlook, a_year=a_year) if outlook else None
        for a_year in (False, True)
    )
    return {
        "place": asked.named,
        "staff_group": staff_group,
        "since_last": _change(last),
        "since_a_year": _change(year),
    }


def _readable(request: Request, code: str, day: AsAt) -> AskedPlace:
    asked = asked_place(request, code, day)
    authorise(request.actor, outlook_permission(asked.place), asked.place)
    return asked


def _staff(row: StaffOutlook) -> dict[str, Any]:
    outlook = row.outlook
    return {
        "staff_group": row.staff_group,
        "as_at": outlook.as_at if outlook else None,
        "table_version": outlook.table_version if outlook else None,
        "model_version": outlook.model_version if outlook else None,
        # Bands are added up as numbers with parts; people are whole.
        "people": round(row.people) if row.is_known else None,
        "fte": row.profile.fte,
        "share_55_and_over": None if row.is_too_small else share_older(row.profile),
        "withheld": row.is_too_small,
        "horizons": _horizons(outlook) if outlook else None,
    }


def _horizons(outlook: PublicOutlook) -> list[dict[str, Any]]:
    return [
        {
            "years": h.years,
            "fte_expected": in_fte(h.expected),
            "fte_low80": in_fte(h.low80),
            "fte_high80": in_fte(h.high80),
            "headcount_expected": h.headcount_expected,
            "headcount_low80": h.headcount_low80,
            "headcount_high80": h.headcount_high80,
            "retirement_fte_expected": in_fte(h.retirement_expected),
            "chances": [{"fte": in_fte(n), "chance": chance} for n, chance in h.chances],
        }
        for h in outlook.horizons.values()
    ]


def _change(change: OutlookChange | None) -> dict[str, Any] | None:
    return vars(change) if change else None
