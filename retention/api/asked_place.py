"""The place that an address names, as it stood on the day that was asked for."""

import datetime as dt
from dataclasses import dataclass

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from organisations.queries.history import names_on
from retention.api.place_schemas import AsAt
from retention.queries.age_profile import latest_month
from retention.queries.place_figures import places_of_kind, readable_outlook
from retention.queries.public_outlook import PublicOutlook


@dataclass(frozen=True)
class AskedPlace:
    """A place, the day that it is shown for, and the newest month with figures by then.

    `as_at` is None where no day was asked for; `on` is today then.
    """

    request: Request
    place: Organisation
    as_at: dt.date | None
    month: dt.date | None

    @property
    def on(self) -> dt.date:
        """The day that is shown."""
        return self.as_at or today()

    @property
    def named(self) -> dict[str, str]:
        """The place for PlaceName."""
        return named_on(self.place, self.as_at)

    @property
    def outlook(self) -> PublicOutlook | None:
        """Its public outlook; None for who may not see it, and where it has none."""
        return readable_outlook(self.request.actor, self.place, self.month, self.on)


def asked_place(request: Request, code: str, day: AsAt, *kinds: Kind) -> AskedPlace:
    """Return a place of some kinds (all, if none is named) for whoever may see published figures.

    What needs more than that is for the caller to authorise.
    """
    places = places_of_kind(*(kinds or Kind))
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places, code=code.upper())
    return AskedPlace(request, place, day.as_at, latest_month(place, day.as_at))


def named_on(place: Organisation, as_at: dt.date | None) -> dict[str, str]:
    """Return a place for PlaceName, by the name that it had on a day; one query if one is given.

    Today's name where that day's is not known.
    """
    names = names_on([place], as_at) if as_at else {}
    return {"code": place.code, "kind": place.kind, "name": names.get(place.pk, place.name)}
