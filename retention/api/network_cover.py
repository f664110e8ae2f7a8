"""A network's cover through the API: bands of people by half-day, for those who work there."""

import datetime as dt

from ninja import Field, Router, Schema

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Code, CountOut, PlaceName
from accounts.http import Request
from accounts.permissions import Permission
from models.disclosure import as_json
from organisations.models.organisation import Kind
from retention.queries.network_cover import network_cover
from retention.queries.place_figures import places_of_kind

router = Router(tags=["Places"])


class HalfDayCoverOut(CountOut):
    """How many clinical people are in on a half-day, as far as it is told."""

    weekday: int = Field(description="0 is Monday, 5 is Saturday.")
    part: str = Field(description="am, pm or eve.")


class CoverOut(Schema):
    """A network's cover, counted once a quarter."""

    network: PlaceName
    date: dt.date = Field(description="Counted for the week of this day.")
    half_days: list[HalfDayCoverOut]


@router.get("/networks/{code}/cover", response=answers(CoverOut), summary="Read a network's cover")
def get_network_cover(request: Request, code: Code) -> dict[str, object]:
    """Who works in the network reads how many are in on each half-day; a hub does not.

    Counted are weeks that practices share with the network, in steps of eight.
    """
    place = fetch(
        request.actor,
        # Wide enough for all who may ask; `network_cover` sends away the hub, which may not see it.
        Permission.SEE_PLACE_OUTLOOK,
        places_of_kind(Kind.NETWORK),
        code=code.upper(),
    )
    found = network_cover(request.actor, place)
    return {
        "network": found.network,
        "date": found.date,
        "half_days": [
            {"weekday": weekday, "part": part, **as_json(band)}
            for (weekday, part), band in found.half_days.items()
        ],
    }
