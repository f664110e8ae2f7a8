"""The practices and networks within a place, each as far as a reader may see it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from accounts.access import may, shares_outlook_with
from accounts.actor import Actor
from accounts.permissions import Permission, Reach
from models.flags import RetirementFlag
from models.ranking import Against, RankRange, against, rank_ranges
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.queries.places import networks_of, practices_of
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import age_profiles
from retention.queries.public_outlook import PublicOutlook, flag_of, public_outlooks


@dataclass(frozen=True)
class PlaceOutlook:
    """A place within another, with its outlook as far as the reader may see it.

    Networks alone are ranked: how their share at risk lies to England's, and the ranks that the
    80 % intervals leave open.
    """

    place: Organisation
    profile: PublishedProfile | None = None
    may_see: bool = True
    outlook: PublicOutlook | None = None
    flag: RetirementFlag | None = None
    against: Against | None = None
    ranks: RankRange | None = None


def practices_within(
    actor: Actor, place: Organisation, month: dt.date | None, as_at: dt.date
) -> tuple[PlaceOutlook, ...]:
    """Return a place's practices by name, with the outlooks that `actor` may see."""
    practices = list(practices_of(place, as_at))
    profiles = age_profiles(practices, month) if month else {}
    readable = readable_practices(actor, practices)
    # Made for all at once and for every reader alike; only what may be read is handed on.
    outlooks = public_outlooks(practices, month) if month and readable else {}
    return tuple(
        PlaceOutlook(
            place=practice,
            profile=profiles.get((practice.pk, StaffGroup.GP)),
            may_see=practice.pk in readable,
            outlook=outlooks.get(practice.pk) if practice.pk in readable else None,
        )
        for practice in practices
    )


def readable_practices(actor: Actor, practices: Iterable[Organisation]) -> frozenset[int]:
    """Return whose outlook `actor` may see, as `may` says of each, in a fixed number of queries."""
    # Asked once of the role, then of all practices together: `may` alone would ask a query for
    # each.
    if not may(actor, Permission.SEE_PRACTICE_OUTLOOK) or actor.role is None:
        return frozenset()
    asked = frozenset(practice.pk for practice in practices)
    home = actor.role.organisation
    match actor.role.definition.permissions[Permission.SEE_PRACTICE_OUTLOOK]:
        case Reach.AREA:
            reached = practices_of(home, today())
        case Reach.SHARED:
            reached = shares_outlook_with(home)
        case _:
            return asked & {home.pk}
    return frozenset(reached.filter(pk__in=asked).values_list("pk", flat=True))


def networks_within(
    place: Organisation,
    month: dt.date | None,
    of_england: float,
    *,
    may_see: bool,
    as_at: dt.date,
) -> tuple[PlaceOutlook, ...]:
    """Return the networks with a practice in `place`: ranked if outlooks may be seen, else by name.

    Who may see an area's outlook may see that of its networks: both follow from the area.
    """
    networks = list(networks_of(place, as_at))
    if not may_see or month is None:
        return tuple(PlaceOutlook(network, may_see=may_see) for network in networks)
    outlooks = public_outlooks(networks, month)
    found = [
        PlaceOutlook(
            place=network,
            outlook=outlooks.get(network.pk),
            flag=flag_of(network, outlooks.get(network.pk), of_england),
        )
        for network in networks
    ]
    return _ranked(sorted(found, key=_share_at_risk, reverse=True), of_england)


def _ranked(rows: Iterable[PlaceOutlook], of_england: float) -> tuple[PlaceOutlook, ...]:
    """Return the same rows, with ranks for those whose share is known."""
    rows = list(rows)
    shares = {row.place.pk: row.outlook.retirement_share() for row in rows if row.outlook}
    known = {pk: share for pk, share in shares.items() if share}
    ends = [(share.low80, share.high80) for share in known.values()]
    ranks = dict(zip(known, rank_ranges(*zip(*ends, strict=True)) if ends else (), strict=True))
    return tuple(
        replace(
            row,
            against=against(share.low80, share.high80, of_england),
            ranks=ranks[row.place.pk],
        )
        if (share := known.get(row.place.pk))
        else row
        for row in rows
    )


def _share_at_risk(row: PlaceOutlook) -> float:
    share = row.outlook.retirement_share() if row.outlook else None
    # Below every share, so that networks without figures come last.
    return share.expected if share else -1.0
