"""Age profiles of places through the API: the same figures as the page and its downloads."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from ninja import Field, Router, Schema

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Code, Line, PlaceName
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.organisation import ENGLAND, Kind, Organisation
from retention.api.place_schemas import BandOut
from retention.models.published_count import StaffGroup
from retention.queries.compared_places import MOST_COMPARED, compared_places
from retention.queries.place_figures import places_of_kind
from retention.queries.place_profile import PlaceProfile, place_profile

router = Router(tags=["Places"])


class StaffRoleOut(Schema):
    """People and FTE of a role; who has two roles is in both."""

    code: str
    name: str
    people: int | None
    fte: float | None


class ProfileFiguresOut(Schema):
    """One place, month and staff group; null is not known, never zero."""

    name: str
    code: str
    as_at: dt.date
    people: int | None
    fte: float | None
    sessions: float | None = Field(description="Estimated sessions a week: FTE times 9.")
    share_55_and_over: float | None = Field(alias="share_older", description="Of known ages.")
    share_60_and_over: float | None = Field(alias="share_oldest", description="Of known ages.")
    age_unknown: int | None
    trainees: int | None
    trainee_fte: float | None
    patients: int | None
    patients_per_fte: float | None
    practices: int | None
    practices_known: int | None = Field(description="Null where a figure is printed for the whole.")
    bands: list[BandOut]
    band_shares: list[float | None] = Field(description="Of people of known age, youngest first.")
    roles: list[StaffRoleOut]
    contracts: list[StaffRoleOut] = Field(description="Of GPs.")


class TrendOut(Schema):
    """One loaded month."""

    month: dt.date
    people: int | None
    fte: float | None
    sessions: float | None
    share_55_and_over: float | None = Field(alias="share_older")
    share_60_and_over: float | None = Field(alias="share_oldest")
    age_unknown: int | None
    trainees: int | None
    patients: int | None
    practices: int
    practices_not_known: int


class PlaceProfileOut(Schema):
    """A place's profile in a month beside others, and all its loaded months."""

    place: PlaceName
    staff_group: str
    month: dt.date | None = Field(description="The first day of the month.")
    figures: ProfileFiguresOut | None
    compared: list[ProfileFiguresOut] = Field(description="As asked for, and England last.")
    missing: list[PlaceName] = Field(description="Asked for, without figures for the month.")
    trend: list[TrendOut]


@router.get(
    "/places/{code}/profile", response=answers(PlaceProfileOut), summary="Read an age profile"
)
def get_profile(
    request: Request,
    code: Code,
    staff_group: StaffGroup = StaffGroup.GP,
    month: dt.date | None = None,
    compare: Line = "",
) -> PlaceProfile:
    """Ages, sexes, roles, sessions and all loaded months of a place: open data.

    `month` is any day of a month; the newest month is given if it has no figures. `compare` is up
    to six codes with commas between them; England is always there.
    """
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*Kind), code=code.upper())
    others = _compared(place, compare)
    return place_profile(
        place,
        # Months are stored by their first day.
        month=month.replace(day=1) if month else None,
        staff_group=staff_group,
        compare=others,
    )


def _compared(place: Organisation, text: str) -> Sequence[Organisation]:
    """Return the places that are asked for; a program is told what a page would leave out."""
    asked = dict.fromkeys(part.strip().upper() for part in text.split(","))
    codes = [code for code in asked if code not in ("", place.code, ENGLAND)]
    if len(codes) > MOST_COMPARED:
        raise ValidationError({"compare": f"Name {MOST_COMPARED} places at most."})
    chosen = compared_places(place, codes, "", today()).chosen
    known = {other.code for other in chosen}
    for code in codes:
        if code not in known:
            raise ValidationError({"compare": f"No place has the code {code[:12]}."})
    return chosen
