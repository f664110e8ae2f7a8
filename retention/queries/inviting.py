"""Who can invite the clinicians of a flagged place to a confidential conversation."""

import datetime as dt
from dataclasses import dataclass

from accounts.access import may
from accounts.actor import Actor
from accounts.permissions import Permission
from models.flags import RetirementFlag
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.queries.places import hubs_of


@dataclass(frozen=True)
class Inviting:
    """A training hub that can invite everyone of a flagged place; `may`: its reader may do so."""

    hub: Organisation
    may: bool


def inviting(
    actor: Actor,
    place: Organisation,
    flag: RetirementFlag | None,
    *,
    as_at: dt.date | None = None,
) -> Inviting | None:
    """Return the hub that acts on a raised flag on a day (today).

    That is the reader's own, else the first of the area's, by code. None without a raised flag,
    and where no hub has the area. No query without a raised flag, a fixed number with one.
    """
    if flag is None or not flag.raised:
        return None
    hubs = list(hubs_of(place, as_at or today()).order_by("code"))
    # Of two hubs with one area the reader's own acts, not the first by code.
    own = [hub for hub in hubs if may(actor, Permission.SEE_CONVERSATIONS, hub)]
    if own and may(actor, Permission.INVITE_TO_CONVERSATION, place):
        return Inviting(own[0], may=True)
    return Inviting(hubs[0], may=False) if hubs else None
