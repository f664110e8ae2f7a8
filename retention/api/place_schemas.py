"""What the API says of places: published figures and the outlook made from them."""

import datetime as dt
from typing import Annotated

from ninja import Field, Schema
from pydantic import AfterValidator

from accounts.api_types import PlaceName
from organisations.clock import today
from organisations.queries.history import day_problem


# As a check of the field and not in the operations: none that takes a day can forget it.
def _known_day(date: dt.date) -> dt.date:
    if problem := day_problem(date, today()):
        raise ValueError(problem)
    return date


class AsAt(Schema):
    """The day whose places, names and published figures are wanted."""

    as_at: Annotated[dt.date, AfterValidator(_known_day)] | None = Field(
        None, description="Today if left out. Who may see what is as of today."
    )


class BandOut(Schema):
    """People and estimated sessions of one age band; null is not known, never zero."""

    label: str
    women: int | None
    men: int | None
    people: int | None
    sessions: float | None = Field(description="Estimated sessions a week.")


class ProfileOut(Schema):
    """The published age profile of a staff group in a month."""

    month: dt.date = Field(description="The first day of the month.")
    staff_group: str
    people: int | None
    fte: float | None
    trainees: int | None
    trainee_fte: float | None
    patients: int | None
    practices: int
    # Told, since a sum over known practices alone would pass for the whole.
    practices_not_known: int
    sessions: float | None = Field(description="Estimated sessions a week in all.")
    share_55_and_over: float | None
    bands: list[BandOut]


class PlaceOut(PlaceName):
    """A place with its published figures."""

    postcode: str
    network: PlaceName | None = Field(description="Of a practice.")
    gps: ProfileOut | None
    nurses: ProfileOut | None


class ChanceOut(Schema):
    """The chance of losing at least so many sessions a week."""

    sessions: int
    chance: float


class HorizonOut(Schema):
    """Weekly sessions that may be lost within some years if nobody joins."""

    years: int
    expected: float
    low80: float
    high80: float
    headcount_expected: float
    retirement_expected: float
    retirement_low80: float
    retirement_high80: float
    chances: list[ChanceOut]


class FlagOut(Schema):
    """The share of sessions expected to retire within three years, beside England's."""

    raised: bool
    share: float
    share_low80: float
    share_high80: float
    england: float
    ratio: float


class OutlookFigures(Schema):
    """An outlook, unrounded, with what it was made from."""

    as_at: dt.date
    table_version: str
    people: int
    age_not_known: int
    practices: int
    practices_not_known: int
    sessions_now: float
    horizons: list[HorizonOut]


class OutlookOut(Schema):
    """The public outlook of a place."""

    place: PlaceName
    outlook: OutlookFigures | None = Field(
        description="Null where it is withheld, where there are no figures, or once it has closed."
    )
    closed_on: dt.date | None = Field(
        description="The first day on which it is closed: from then on nothing is expected of it."
        " Null while it is open."
    )
    # False once it is closed: then nothing is expected, and nothing is hidden.
    withheld: bool = Field(description="Fewer than five people: see the network's outlook.")
    flag: FlagOut | None = Field(description="Of networks and ICBs.")
    trust: list[str] = Field(
        description="What must stand beside it: rivals, back-test, calibration, limits."
    )


class PlaceOutlookOut(Schema):
    """A place within another; null where the role may not see it, or where there is none."""

    place: PlaceName
    people: int | None
    may_see: bool
    sessions_now: float | None
    horizons: list[HorizonOut] | None
    flagged: bool | None
