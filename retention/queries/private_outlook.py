"""Private outlooks as they were let out: read from what is frozen, never made here."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.access import may
from accounts.actor import Actor
from accounts.permissions import Permission
from models.disclosure import Band, count_band
from organisations.clock import today
from organisations.models.organisation import Organisation
from retention.models import PrivateCell, PrivateOutlook, PrivateSnapshot
from retention.models.published_count import StaffGroup
from retention.queries.private_inputs import CELL_PLACES


@dataclass(frozen=True)
class ToldHorizon:
    """Weekly sessions that may be lost within `years`, in whole sessions; chances to a per cent."""

    years: int
    expected: int
    low80: int
    high80: int
    leavers: int
    retirement: int
    retirement_low80: int
    retirement_high80: int
    chances: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Told:
    """An outlook as it is told."""

    sessions_now: int
    horizons: tuple[ToldHorizon, ...]

    def within(self, years: int) -> ToldHorizon:
        """Return one horizon."""
        return next(each for each in self.horizons if each.years == years)


@dataclass(frozen=True)
class Released:
    """A private outlook that stands, with all that is told beside it.

    `people` of the practices that share, in a band; `public` is the same cell as published alone;
    `before` the release that it replaced, of `before_month`.
    """

    month: dt.date
    published_month: dt.date | None
    table_version: str
    model_version: str
    people: Band
    private: Told
    public: Told | None
    before: Told | None = None
    before_month: dt.date | None = None


@dataclass(frozen=True)
class CellOutlook:
    """A staff group's private outlook of a place: released, or withheld.

    Why it is withheld is kept in the snapshot and told to nobody: from one month to the next it
    can change with one person, who objects to being counted or whose post is alone in a practice.
    """

    staff_group: StaffGroup
    released: Released | None = None


@dataclass(frozen=True)
class PrivateOutlooks:
    """All cells of a place as they stood in `month`; without one, none was ever made."""

    place: Organisation
    month: dt.date | None = None
    cells: tuple[CellOutlook, ...] = ()

    def of(self, staff_group: str) -> CellOutlook | None:
        """Return one cell."""
        return next((cell for cell in self.cells if cell.staff_group == staff_group), None)


def may_see_private(actor: Actor, place: Organisation) -> bool:
    """Whether a reader may see the private outlooks of a place, and the place can have any."""
    return place.kind in CELL_PLACES and may(actor, Permission.SEE_PRIVATE_OUTLOOK, place)


def private_outlooks(
    actor: Actor, place: Organisation, as_at: dt.date | None = None
) -> PrivateOutlooks | None:
    """Return the cells of a place as they stood on a day (today); None for who may not see them.

    At most three queries, whatever was ever let out.
    """
    if not may_see_private(actor, place):
        return None
    # By the day that is asked for, so that a past page shows what stood then.
    snapshot = PrivateSnapshot.objects.filter(month__lte=as_at or today()).last()
    if snapshot is None:
        return PrivateOutlooks(place)
    cells = PrivateCell.objects.filter(snapshot=snapshot, place=place)
    rows = {cell.staff_group: cell for cell in cells.select_related("standing__snapshot")}
    before = _before(place, [row.standing for row in rows.values() if row.standing])
    return PrivateOutlooks(
        place, snapshot.month, tuple(_cell(group, rows, before) for group in StaffGroup)
    )


def _cell(
    group: StaffGroup, rows: Mapping[str, PrivateCell], before: Mapping[str, PrivateOutlook]
) -> CellOutlook:
    row = rows.get(group)
    if row is None or row.standing is None:
        return CellOutlook(group)
    return CellOutlook(group, released=_released(row.standing, before.get(group)))


def _before(place: Organisation, standing: Iterable[PrivateOutlook]) -> dict[str, PrivateOutlook]:
    """Return the release that each standing one replaced, by staff group."""
    # Each staff group has been standing since a month of its own.
    earlier = Q(pk__in=[])
    for one in standing:
        earlier |= Q(staff_group=one.staff_group, snapshot__month__lt=one.snapshot.month)
    rows = PrivateOutlook.objects.filter(earlier, place=place).select_related("snapshot")
    return {row.staff_group: row for row in rows.order_by("snapshot__month")}


def _released(outlook: PrivateOutlook, before: PrivateOutlook | None) -> Released:
    people = count_band(outlook.figures["people"])
    # Released only where eight are left without any one practice.
    assert isinstance(people, Band)
    public = outlook.figures["public"]
    return Released(
        month=outlook.snapshot.month,
        published_month=outlook.published_month,
        table_version=outlook.table_version,
        model_version=outlook.model_version,
        people=people,
        private=_told(outlook.figures),
        public=_told(public) if public else None,
        before=_told(before.figures) if before else None,
        before_month=before.snapshot.month if before else None,
    )


def _told(figures: Mapping[str, Any]) -> Told:
    return Told(
        sessions_now=figures["sessions_now"],
        horizons=tuple(
            ToldHorizon(**{**each, "chances": tuple((n, share) for n, share in each["chances"])})
            for each in figures["horizons"]
        ),
    )


@dataclass(frozen=True)
class Round:
    """How many cells a month's snapshot released, left standing and withheld."""

    released: int
    standing: int
    withheld: int


def round_of(snapshot: PrivateSnapshot) -> Round:
    """Count the cells of a month, for who runs the service."""
    cells = PrivateCell.objects.filter(snapshot=snapshot)
    new = cells.filter(standing__snapshot=snapshot).count()
    withheld = cells.filter(standing=None).count()
    return Round(new, cells.count() - new - withheld, withheld)
