"""Everything a reader may see of one place, decided here once for every page."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from accounts.access import may
from accounts.actor import Actor
from accounts.permissions import Permission
from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.flags import RetirementFlag
from organisations.clock import today
from organisations.models.organisation import ENGLAND, Kind, Organisation
from organisations.queries.history import (
    Belonged,
    belonged_to,
    names_on,
    practices_over_time,
    successor_of,
)
from organisations.queries.places import network_of
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
from retention.queries.england import COVERED_FROM, Yardstick, yardstick
from retention.queries.inviting import Inviting, inviting
from retention.queries.main_icb import main_icb
from retention.queries.places_within import PlaceOutlook, networks_within, practices_within
from retention.queries.public_outlook import (
    AREAS_WITH_NETWORKS,
    PublicOutlook,
    england_share,
    flag_of,
    public_outlook,
)

_HAVE_ICB = (Kind.PRACTICE, Kind.NETWORK)
_HAVE_PRACTICES_OVER_TIME = (Kind.NETWORK, Kind.SUB_ICB, Kind.ICB)
AREAS = (Kind.ICB, Kind.SUB_ICB, Kind.REGION, Kind.COUNTRY)


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
    if a practice is under the limit, or once the place has closed. `practices` and `networks` are
    those within the place: practices by name, never ranked; networks by their share at risk,
    highest first. `above` is the ICB of most of the patients, if there is one. `as_at` is the day
    that was asked for, None
    for today; `names` are those of that day by primary key, where they were others. `inviting`
    is who acts on a flag of today.
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
    networks: tuple[PlaceOutlook, ...] = ()
    history: tuple[Belonged, ...] = ()
    successor: Organisation | None = None
    practices_then: tuple[Belonged, ...] = ()
    as_at: dt.date | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    inviting: Inviting | None = None

    def name_of(self, place: Organisation) -> str:
        """Return the name that a place had on the day of the page."""
        return self.names.get(place.pk, place.name)

    @property
    def has_closed(self) -> bool:
        """Whether the place had closed by the day that is shown."""
        return has_closed(self.place, self.as_at or today())

    @property
    def is_part_of_england(self) -> bool:
        """Whether this is England, of which too little is loaded to stand for the whole."""
        if self.place.code != ENGLAND or self.gps is None:
            return False
        return practices_known(self.gps) < COVERED_FROM

    @property
    def is_too_small(self) -> bool:
        """Whether this is a practice with people, but too few for an outlook of its own."""
        if self.place.kind != Kind.PRACTICE or self.gps is None or not is_known(self.gps):
            return False
        return bool(0 < sum(self.gps.headcount.values()) < PUBLIC_OUTLOOK_FROM)


def places_of_kind(*kinds: Kind) -> QuerySet[Organisation]:
    """Return the places of some kinds, for a page's fetch."""
    return Organisation.objects.filter(kind__in=kinds)


def has_closed(place: Organisation, on: dt.date) -> bool:
    """Return whether a place had closed by a day: from then on nothing is expected of it."""
    return place.ends_on is not None and place.ends_on <= on


def outlook_permission(place: Organisation) -> Permission:
    """Return the permission that a place's outlook needs."""
    if place.kind == Kind.PRACTICE:
        return Permission.SEE_PRACTICE_OUTLOOK
    if place.code == ENGLAND:
        # What every other place is compared with: made of open data, and of nobody's own place.
        return Permission.SEE_PUBLISHED
    return Permission.SEE_PLACE_OUTLOOK


def readable_outlook(
    actor: Actor, place: Organisation, month: dt.date | None, on: dt.date
) -> PublicOutlook | None:
    """Return a place's outlook of a month as it is shown on a day.

    None for who may not see it, where it has none, and once the place has closed.
    """
    if month is None or has_closed(place, on) or not may(actor, outlook_permission(place), place):
        return None
    return public_outlook(place, month)


def place_figures(actor: Actor, place: Organisation, as_at: dt.date | None = None) -> PlaceFigures:
    """Return what `actor` may see of `place`; a number of queries that does not grow with it.

    `as_at` (today) says which month's figures are shown, which network, practices and areas the
    place has, and their names; who may see what is today's.
    """
    asked, as_at = as_at, as_at or today()
    month = latest_month(place, asked)
    icbs, network = _above(place, as_at, month)
    england = yardstick(month) if month else None
    profiles = age_profiles([place, *icbs], month) if month else {}
    seen = _seen(actor, place, month, as_at, england)
    practices, networks = _within(actor, place, month, as_at, seen)
    within = [row.place for row in (*practices, *networks)]
    flag = flag_of(place, seen.outlook, seen.of_england)
    names = names_on([place, *icbs, *network, *within], asked) if asked else {}
    return PlaceFigures(
        place=place,
        month=month,
        gps=profiles.get((place.pk, StaffGroup.GP)),
        nurses=profiles.get((place.pk, StaffGroup.NURSES)),
        compared=tuple(_compared(icbs, profiles, england, names)) if place.code != ENGLAND else (),
        above=icbs,
        network=next(iter(network), None),
        may_see_outlook=seen.may_see,
        outlook=seen.outlook,
        flag=flag,
        practices=practices,
        networks=networks,
        history=tuple(belonged_to(place)),
        successor=successor_of(place, as_at),
        practices_then=_practices_then(place),
        as_at=asked,
        names=names,
        # Nobody is invited on the strength of a flag of the past.
        inviting=None if asked else inviting(actor, place, flag),
    )


def _above(
    place: Organisation, as_at: dt.date, month: dt.date | None
) -> tuple[tuple[Organisation, ...], tuple[Organisation, ...]]:
    """Return the ICB of most of a place's patients and its network, as far as it has them."""
    icb = main_icb(place, as_at, month) if place.kind in _HAVE_ICB else None
    network = network_of(place, as_at) if place.kind == Kind.PRACTICE else None
    return (icb,) if icb else (), (network,) if network else ()


@dataclass(frozen=True)
class _Seen:
    """A place's outlook if the reader may see it, and England's share, which it is flagged by."""

    may_see: bool
    outlook: PublicOutlook | None
    of_england: float


def _seen(
    actor: Actor,
    place: Organisation,
    month: dt.date | None,
    on: dt.date,
    england: Yardstick | None,
) -> _Seen:
    may_see = may(actor, outlook_permission(place), place)
    outlook = readable_outlook(actor, place, month, on)
    # An area without an outlook of its own can have networks with one, whose people work beyond it.
    flags = outlook is not None or (may_see and place.kind in AREAS_WITH_NETWORKS)
    share = england_share(england, month) if england and month and flags else 0.0
    return _Seen(may_see, outlook, share)


def _within(
    actor: Actor, place: Organisation, month: dt.date | None, as_at: dt.date, seen: _Seen
) -> tuple[tuple[PlaceOutlook, ...], tuple[PlaceOutlook, ...]]:
    """Return the practices of a network, or the networks of an area."""
    if place.kind == Kind.NETWORK:
        return practices_within(actor, place, month, as_at), ()
    if place.kind in AREAS_WITH_NETWORKS:
        share, may_see = seen.of_england, seen.may_see
        return (), networks_within(place, month, share, may_see=may_see, as_at=as_at)
    return (), ()


def _practices_then(place: Organisation) -> tuple[Belonged, ...]:
    if place.kind not in _HAVE_PRACTICES_OVER_TIME:
        return ()
    return tuple(practices_over_time(place))


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
