"""My own outlook through the API: made for the request, kept nowhere, mine alone."""

from typing import Annotated, Any, Self

from ninja import Field, Router, Schema
from pydantic import model_validator

from accounts.api_errors import answers
from accounts.http import Request
from models.person_outlook import PersonOutlook
from retention.api.person_schemas import OwnOutlookOut
from retention.queries.my_record import my_record
from retention.queries.own_outlook import Effects, own_outlook

router = Router(tags=["My record"])
# Short of 100, at which nobody would ever leave.
Percent = Annotated[int, Field(ge=0, le=90)]


class EffectIn(Schema):
    """By how many per cent the yearly chance of leaving may fall: from and to."""

    low: Percent
    high: Percent

    @model_validator(mode="after")
    def _runs_up(self) -> Self:
        if self.low > self.high:
            raise ValueError("`high` must not be below `low`.")
        return self


class EffectsIn(Schema):
    """What you take each change to be worth; what is left out keeps our own assumption."""

    two_sessions_fewer: EffectIn | None = None
    one_session_mentoring: EffectIn | None = None


@router.get("/me/outlook", response=answers(OwnOutlookOut), summary="Read my own outlook")
def get_my_outlook(request: Request) -> dict[str, object]:
    """Your own outlook, made for this request and kept nowhere."""
    return _made(request, {})


# POST, though nothing is stored: what somebody assumes must stand in no address and no log.
@router.post("/me/outlook", response=answers(OwnOutlookOut), summary="Try assumptions of mine")
def try_my_outlook(request: Request, data: EffectsIn) -> dict[str, object]:
    """The same with what you assume, which stands in no address and is kept nowhere."""
    effects = {
        name: (effect.low, effect.high)
        for name in EffectsIn.model_fields
        if (effect := getattr(data, name)) is not None
    }
    return _made(request, effects)


def _made(request: Request, effects: Effects) -> dict[str, object]:
    found = own_outlook(request.actor, my_record(request.actor), effects)
    return {
        "missing": found.missing,
        "age": found.age,
        "sessions": found.sessions,
        "table_version": found.outlook.table_version if found.outlook else None,
        "horizons": _horizons(found.outlook),
        "plan_year": found.plan_year,
        "planned": _horizons(found.planned),
        "staff_group": found.staff_group,
        "explanations": list(found.explanations),
        "pensions": list(found.pensions),
        "what_ifs": [
            {
                "name": one.name,
                "low": one.effect.low,
                "high": one.effect.high,
                "sessions": one.sessions,
                "mentoring": one.mentoring,
                "least": _horizons(one.least),
                "most": _horizons(one.most),
            }
            for one in found.what_ifs
        ],
    }


def _horizons(outlook: PersonOutlook | None) -> list[Any] | None:
    return list(outlook.horizons.values()) if outlook else None
