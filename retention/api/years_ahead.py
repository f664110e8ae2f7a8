"""A place's sessions year by year for ten years, as it is and under assumptions."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.core.exceptions import ValidationError
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator

from accounts.access import authorise
from accounts.api_errors import answers
from accounts.api_types import Code, PlaceName
from accounts.http import Request
from models.contributions import Contribution
from models.sessions_left import SessionsLeft
from organisations.models.organisation import Organisation
from retention.api.asked_place import AskedPlace, asked_place
from retention.api.place_schemas import AsAt
from retention.queries.ahead import (
    AHEAD_KINDS,
    FEWER,
    RETIRE,
    SCHEME,
    STAYING,
    Ahead,
    Assumptions,
    DataChange,
    ahead,
    closable,
)
from retention.queries.place_figures import outlook_permission
from retention.queries.places_within import practices_within

router = Router(tags=["Places"])


def _one_of(choices: Sequence[int]) -> AfterValidator:
    def check(value: int) -> int:
        if value not in choices:
            raise ValueError(f"Choose one of {', '.join(map(str, choices))}.")
        return value

    return AfterValidator(check)


class AssumptionsIn(AsAt):
    """What is assumed of everyone in the place alike; what is left out stays as it is."""

    retire: Annotated[int, _one_of(RETIRE)] = Field(
        0, description="Years later; below zero, earlier.", json_schema_extra={"enum": [*RETIRE]}
    )
    fewer: Annotated[int, _one_of(FEWER)] = Field(
        0, description="Per cent of everyone's sessions.", json_schema_extra={"enum": [*FEWER]}
    )
    scheme: Annotated[int, _one_of(SCHEME)] = Field(
        0,
        description="Per cent by which a scheme makes leaving fall.",
        json_schema_extra={"enum": [*SCHEME]},
    )
    closes: Code | None = Field(
        None, description="Of a network: code of one of `closable`, which closes today."
    )
    staying: Annotated[int, _one_of(STAYING)] = Field(
        0,
        description="Per cent of its GPs who stay in the network.",
        json_schema_extra={"enum": [*STAYING]},
    )


class LeftOut(Schema):
    """Weekly sessions left after some years if nobody joins."""

    expected: float
    low80: float
    high80: float
    for_1000_patients: float | None


class YearOut(LeftOut):
    """The same of one year, with what joiners may bring, which is in no other figure."""

    years: int
    joiners_low: float | None
    joiners_high: float | None
    assumed: LeftOut | None = Field(description="Under what was assumed; null if nothing was.")


class DriverOut(Schema):
    """A part of the loss expected within three years; the parts add up to it."""

    ages: str
    people: float
    sessions: float
    expected_loss: float
    share: float | None
    times: float | None = Field(description="Beside as many sessions of all ages.")


class DataChangeOut(Schema):
    """What differs from the figures before, both by the same table and model."""

    since: dt.date
    sessions: float
    expected_loss: float
    by_sessions: float
    by_ages: float


class AheadOut(Schema):
    """Ten years from now."""

    sessions_now: float
    patients: int | None
    years: list[YearOut]
    # Groups of ages, not ages: in a practice each would be a person or two.
    drivers: list[DriverOut] = Field(description="Of a practice in groups of at least five GPs.")
    change: DataChangeOut | None
    sessions_at_once: float = Field(description="What the assumptions take on the first day.")
    scheme_low: float | None = Field(
        description="Left after ten years with half the scheme's effect."
    )
    scheme_high: float | None = Field(description="The same with one and a half times its effect.")


class YearsAheadOut(Schema):
    """A place's years ahead; null where none is shown: too few, closed, no figures."""

    place: PlaceName
    month: dt.date | None = Field(description="Of the figures: the first day of the month.")
    closable: list[PlaceName] = Field(description="Which practices may be closed in thought.")
    ahead: AheadOut | None


@router.get(
    "/places/{code}/years-ahead", response=answers(YearsAheadOut), summary="Read ten years ahead"
)
def get_years_ahead(request: Request, code: Code, asked: Query[AssumptionsIn]) -> dict[str, object]:
    """The sessions left year by year for ten years, from published figures alone.

    With assumptions the same is worked out beside it: they are yours, and no published figure.
    """
    at = asked_place(request, code, asked, *AHEAD_KINDS)
    authorise(request.actor, outlook_permission(at.place), at.place)
    may_close = _closable(at)
    closes = (asked.closes or "").upper()
    # One of `closable` only: with and without it, the network's outlook would tell its own.
    if closes and closes not in {one.code for one in may_close}:
        raise ValidationError({"closes": "Choose a practice from `closable`."})
    given = Assumptions(asked.retire, asked.fewer, asked.scheme, closes, asked.staying)
    # The outlook is not shown here, but who may not see it may not see its years either.
    found = ahead(at.place, at.month, given) if at.month and at.outlook else None
    return {
        "place": at.named,
        "month": at.month,
        "closable": may_close,
        "ahead": _ahead(found) if found else None,
    }


def _closable(at: AskedPlace) -> list[Organisation]:
    if at.month is None:
        return []
    rows = practices_within(at.request.actor, at.place, at.month, at.on)
    return [row.place for row in closable(at.place, at.month, rows)]


def _ahead(found: Ahead) -> dict[str, object]:
    # What a scheme is worth is assumed, so its half and its one and a half stand beside it.
    low, high = found.scheme_range or (None, None)
    return {
        "sessions_now": found.now,
        "patients": found.patients,
        "years": [_year(found, i) for i in range(len(found.without))],
        "drivers": [_driver(part) for part in found.drivers],
        "change": _change(found.change) if found.change else None,
        "sessions_at_once": found.at_once,
        "scheme_low": low,
        "scheme_high": high,
    }


def _year(found: Ahead, i: int) -> dict[str, object]:
    year, joined = found.without[i], found.joiners[i] if found.joiners else None
    return {
        **_left(year),
        "years": year.years,
        "joiners_low": joined.sessions_low if joined else None,
        "joiners_high": joined.sessions_high if joined else None,
        "assumed": _left(found.under[i]) if found.under else None,
    }


def _left(year: SessionsLeft) -> dict[str, object]:
    return {
        "expected": year.expected,
        "low80": year.low80,
        "high80": year.high80,
        "for_1000_patients": year.per_1000(year.expected),
    }


def _driver(part: Contribution) -> dict[str, object]:
    return {
        "ages": part.band.label,
        "people": part.people,
        "sessions": part.sessions,
        "expected_loss": part.expected,
        "share": part.share,
        "times": part.times,
    }


def _change(change: DataChange) -> dict[str, object]:
    return {
        "since": change.since,
        "sessions": change.sessions,
        "expected_loss": change.expected,
        "by_sessions": change.by_sessions,
        "by_ages": change.by_ages,
    }
