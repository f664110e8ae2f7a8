"""Everything a reader may see of one place, decided here once for every page."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from accounts.access import may, shares_outlook_with
from accounts.actor import Actor
from accounts.permissions import Permission, Reach
from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.flags import RetirementFlag
from models.ranking import Against, RankRange, against, rank_ranges
from organisations.clock import today
from organisations.models.organisation import ENGLAND, Kind, Organisation
from organisations.queries.history import (
    Belonged,
    belonged_to,
    names_on,
    practices_over_time,
    successor_of,
)
from organisations.queries.places import network_of, networks_of, practices_of
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
from retention.queries.main_icb import main_icb
from retention.queries.public_outlook import (
    AREAS_WITH_NETWORKS,
    PublicOutlook,
    england_share,
    flag_of,
    public_outlook,
    public_outlooks,
)

_HAVE_ICB = (Kind.PRACTICE, Kind.NETWORK)
_HAVE_PRACTICES_OVER_TIME = (Kind.NETWORK, Kind.SUB_ICB, Kind.ICB)
AREAS = (Kind.ICB, Kind.SUB_ICB, Kind.REGION, Kind.COUNTRY)


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
    practices by name, never ranked; networks by their share at risk, highest first. `above` is
    the ICB of most of the patients, if there is one. `as_at` is the day that was asked for, None
    for today; `names` are those of that day by primary key, where they were others.
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
    history: tuple[Belonged, ...] = ()
    successor: Organisation | None = None
    practices_then: tuple[Belonged, ...] = ()
    as_at: dt.date | None = None
    names: Mapping[int, str] = field(default_factory=dict)

    def name_of(self, place: Organisation) -> str:
        """Return the name that a place had on the day of the page."""
        return self.names.get(place.pk, place.name)

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


def place_figures(actor: Actor, place: Organisation, as_at: dt.date | None = None) -> PlaceFigures:
    """Return what `actor` may see of `place`; a number of queries that does not grow with it.

    `as_at` (today) says which month's figures are shown, which network, practices and areas the
    place has, and their names; who may see what is today's.
    """
    asked, as_at = as_at, as_at or today()
    month = latest_month(place, asked)
    icb = main_icb(place, as_at, month) if place.kind in _HAVE_ICB else None
    icbs = [icb] if icb else []
    profiles = age_profiles([place, *icbs], month) if month else {}
    may_see = may(actor, outlook_permission(place), place)
    outlook = public_outlook(place, month) if may_see and month else None
    england = yardstick(month) if month else None
    share = england_share(england, month) if england and month and outlook else 0.0
    practices = practices_within(actor, place, month, as_at) if place.kind == Kind.NETWORK else ()
    networks = (
        networks_within(place, month, share, may_see=may_see, as_at=as_at)
        if place.kind in AREAS_WITH_NETWORKS
        else ()
    )
    network = network_of(place, as_at) if place.kind == Kind.PRACTICE else None
    within = [row.place for row in (*practices, *networks)]
    shown = [place, *icbs, *([network] if network else []), *within]
    names = names_on(shown, asked) if asked else {}
    return PlaceFigures(
        place=place,
        month=month,
        gps=profiles.get((place.pk, StaffGroup.GP)),
        nurses=profiles.get((place.pk, StaffGroup.NURSES)),
        compared=tuple(_compared(icbs, profiles, england, names)) if place.code != ENGLAND else (),
        above=tuple(icbs),
        network=network,
        may_see_outlook=may_see,
        outlook=outlook,
        flag=flag_of(place, outlook, share),
        practices=practices,
        networks=networks,
        history=tuple(belonged_to(place)),
        successor=successor_of(place, as_at),
        practices_then=tuple(practices_over_time(place))
        if place.kind in _HAVE_PRACTICES_OVER_TIME
        else (),
        as_at=asked,
        names=names,
    )


def _compared(
    icbs: Iterable[Organisation],
    profiles: Mapping[tuple[int, str], PublishedProfile],
    england: Yardstick | None,
    names: Mapping[int, str],
) -> Iterator[Compared]:
    """Yield the ICB of most of a place's patients, and England."""
    for icb in icbs:
        if profile := profiles.get((icb.pk, StaffGroup.GP)):
            yield Compared(
                names.get(icb.pk, icb.name),
                month_end(profile.month),
                share_older(profile),
                practices_known(profile),
            )
    if england:
        practices = practices_known(england.loaded) if england.loaded else None
        yield Compared("England", england.as_at, england.share_older, practices)


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
    return share.expected if share else -1.0
