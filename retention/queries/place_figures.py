"""Everything a reader may see of one place, decided here once for every page."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from accounts.access import may, shares_outlook_with
from accounts.actor import Actor
from accounts.permissions import Permission, Reach
from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.flags import RetirementFlag
from organisations.clock import today
from organisations.models.organisation import ENGLAND, Kind, Organisation
from organisations.queries.places import icbs_of, network_of, networks_of, practices_of
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import (
    age_profiles,
    is_known,
    latest_month,
    month_end,
    practices_known,
    share_older,
)
from retention.queries.england import Yardstick, yardstick
from retention.queries.public_outlook import (
    AREAS_WITH_NETWORKS,
    PublicOutlook,
    england_share,
    flag_of,
    public_outlook,
    public_outlooks,
)

_HAVE_ICB = (Kind.PRACTICE, Kind.NETWORK)
AREAS = (Kind.ICB, Kind.SUB_ICB, Kind.REGION, Kind.COUNTRY)


@dataclass(frozen=True)
class PlaceOutlook:
    """A place within another, with its outlook as far as the reader may see it."""

    place: Organisation
    profile: PublishedProfile | None = None
    may_see: bool = True
    outlook: PublicOutlook | None = None
    flag: RetirementFlag | None = None


@dataclass(frozen=True)
class Compared:
    """A place that another is compared with: its share aged 55 and over, None if not known.

    `practices` with figures; None where the figures are not added up from practices.
    """

    name: str
    as_at: dt.date
    share_older: float | None
    practices: int | None


@dataclass(frozen=True)
class PlaceFigures:
    """The figures of a place for one reader.

    `outlook` is None if the reader may not see it (`may_see_outlook`), if there are no figures,
    or if a practice is under the limit. `practices` and `networks` are those within the place:
    practices by name, never ranked; networks by their share at risk, highest first.
    """

    place: Organisation
    month: dt.date | None
    gps: PublishedProfile | None
    nurses: PublishedProfile | None
    compared: tuple[Compared, ...]
    above: tuple[Organisation, ...]
    network: Organisation | None
    may_see_outlook: bool
    outlook: PublicOutlook | None = None
    flag: RetirementFlag | None = None
    practices: tuple[PlaceOutlook, ...] = ()
    networks: tuple[PlaceOutlook, ...] = field(default=())

    @property
    def is_too_small(self) -> bool:
        """Whether this is a practice with people, but too few for an outlook of its own."""
        if self.place.kind != Kind.PRACTICE or self.gps is None or not is_known(self.gps):
            return False
        return bool(0 < sum(self.gps.headcount.values()) < PUBLIC_OUTLOOK_FROM)


def places_of_kind(*kinds: Kind) -> QuerySet[Organisation]:
    """Return the places of some kinds, for a page's fetch."""
    return Organisation.objects.filter(kind__in=kinds)


def outlook_permission(place: Organisation) -> Permission:
    """Return the permission that a place's outlook needs."""
    if place.kind == Kind.PRACTICE:
        return Permission.SEE_PRACTICE_OUTLOOK
    if place.code == ENGLAND:
        # What every other place is compared with: made of open data, and of nobody's own place.
        return Permission.SEE_PUBLISHED
    return Permission.SEE_PLACE_OUTLOOK


def place_figures(actor: Actor, place: Organisation) -> PlaceFigures:
    """Return what `actor` may see of `place`; a number of queries that does not grow with it."""
    month = latest_month(place)
    icbs = icbs_of(place, today())[:1] if place.kind in _HAVE_ICB else []
    profiles = age_profiles([place, *icbs], month) if month else {}
    may_see = may(actor, outlook_permission(place), place)
    outlook = public_outlook(place, month) if may_see and month else None
    england = yardstick(month) if month else None
    share = england_share(england, month) if england and month and outlook else 0.0
    within_network = place.kind == Kind.NETWORK
    return PlaceFigures(
        place=place,
        month=month,
        gps=profiles.get((place.pk, StaffGroup.GP)),
        nurses=profiles.get((place.pk, StaffGroup.NURSES)),
        compared=tuple(_compared(icbs, profiles, england)) if place.code != ENGLAND else (),
        above=tuple(icbs),
        network=network_of(place, today()) if place.kind == Kind.PRACTICE else None,
        may_see_outlook=may_see,
        outlook=outlook,
        flag=flag_of(place, outlook, share),
        practices=practices_within(actor, place, month) if within_network else (),
        networks=networks_within(place, month, share, may_see=may_see)
        if place.kind in AREAS_WITH_NETWORKS
        else (),
    )


def _compared(
    icbs: Iterable[Organisation],
    profiles: Mapping[tuple[int, str], PublishedProfile],
    england: Yardstick | None,
) -> Iterator[Compared]:
    """Yield the ICB that most of a place's practices lie in, and England."""
    for icb in icbs:
        if profile := profiles.get((icb.pk, StaffGroup.GP)):
            yield Compared(
                icb.name,
                month_end(profile.month),
                share_older(profile),
                practices_known(profile),
            )
    if england:
        practices = practices_known(england.loaded) if england.loaded else None
        yield Compared("England", england.as_at, england.share_older, practices)


def practices_within(
    actor: Actor, place: Organisation, month: dt.date | None
) -> tuple[PlaceOutlook, ...]:
    """Return a place's practices by name, with the outlooks that `actor` may see."""
    practices = list(practices_of(place, today()))
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
) -> tuple[PlaceOutlook, ...]:
    """Return the networks with a practice in `place`: ranked if outlooks may be seen, else by name.

    Who may see an area's outlook may see that of its networks: both follow from the area.
    """
    networks = list(networks_of(place, today()))
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
    return tuple(sorted(found, key=_share_at_risk, reverse=True))


def _share_at_risk(row: PlaceOutlook) -> float:
    share = row.outlook.retirement_share() if row.outlook else None
    return share.expected if share else -1.0
