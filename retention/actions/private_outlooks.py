"""Makes a month's private outlooks: what may be let out is let out, and stands until it may change.

Not audited: a job of the service reads posts together, and no person is shown to anybody.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.permissions import Permission
from accounts.queries.roles import several_places
from models.disclosure import Band, count_band, enough_practices, whole_sessions
from models.forecast import Forecast
from models.private_outlook import MODEL_VERSION, private_forecast
from models.release_plan import Release, may_tell_of, plan_apart
from models.small_groups import Cell, Record
from models.standard_table import standard_table
from organisations.clock import today
from retention.models import PrivateCell, PrivateOutlook, PrivateSnapshot
from retention.models.private_outlook import Withheld
from retention.queries.age_profile import BANDS
from retention.queries.private_inputs import CellInputs, CellKey, private_inputs
from retention.queries.public_outlook import chance_levels

Readers = Collection[frozenset[str]]
_BATCH = 500


class SnapshotOrderError(Exception):
    """A month cannot be made any more, or not yet; the message says why."""


def make_private_outlooks(*, month: dt.date | None = None) -> tuple[PrivateSnapshot, bool]:
    """Return the snapshot of a month (any day of it; this one if None), and whether this made it.

    The first to store a month has made it, and everyone after reads theirs. What a month let out
    depends on all months before: raises SnapshotOrderError for one that others have followed, and
    for one to come.
    """
    first = (month or today()).replace(day=1)
    made = PrivateSnapshot.objects.filter(month=first).first()
    if made is not None:
        return made, False
    newest = _newest()
    _refuse_out_of_order(first, newest)
    inputs, past = private_inputs(first), released()
    # Of today, unlike the inputs: these are the accounts that can read what is let out now.
    readers = several_places(Permission.SEE_POSTS, today())
    chosen = plan_apart({key: own.records for key, own in inputs.items()}, past, readers)
    # Heavy, so outside the transaction: SQLite lets one write at a time.
    outlooks = [_outlook(inputs[key]) for key in sorted(chosen)]
    with transaction.atomic():
        snapshot, is_new = PrivateSnapshot.objects.get_or_create(month=first)
        if is_new:
            # What may be let out was decided by what had been let out until then.
            if _newest(before=first) != newest:
                raise SnapshotOrderError("Another month was made meanwhile; make this one again.")
            _store(snapshot, outlooks, inputs, readers)
    return snapshot, is_new


def _refuse_out_of_order(first: dt.date, newest: dt.date | None) -> None:
    if first > today():
        raise SnapshotOrderError(f"{first:%B %Y} has not begun.")
    if newest is not None and newest > first:
        raise SnapshotOrderError(
            f"{newest:%B %Y} was made already, and what it let out cannot be taken back: an"
            " earlier month is no longer made."
        )


@dataclass(frozen=True)
class Explained:
    """An outlook of before beside what the record gives today for its day."""

    outlook: PrivateOutlook
    same_inputs: bool
    same_figures: bool


def explained(*, month: dt.date) -> list[Explained] | None:
    """Make each outlook that stood in a month again; None where the month was not made."""
    snapshot = PrivateSnapshot.objects.filter(month=month.replace(day=1)).first()
    if snapshot is None:
        return None
    standing = PrivateOutlook.objects.filter(stands_in__snapshot=snapshot)
    standing = standing.select_related("snapshot", "place").order_by("place__code", "staff_group")
    inputs = {of: private_inputs(of) for of in {each.snapshot.month for each in standing}}
    return [_explained(each, inputs[each.snapshot.month]) for each in standing]


def _explained(outlook: PrivateOutlook, inputs: Mapping[CellKey, CellInputs]) -> Explained:
    own = inputs.get((outlook.place.code, outlook.staff_group))
    if own is None or own.digest != outlook.inputs_digest:
        return Explained(outlook, same_inputs=False, same_figures=False)
    return Explained(outlook, same_inputs=True, same_figures=figures_of(own) == outlook.figures)


def released() -> list[Release]:
    """Return all that was ever let out, oldest first, with the records behind it."""
    rows = PrivateOutlook.objects.order_by("snapshot__month", "pk")
    return [
        Release((code, group), frozenset(Record(*record) for record in records))
        for code, group, records in rows.values_list("place__code", "staff_group", "records")
    ]


def _newest(before: dt.date | None = None) -> dt.date | None:
    snapshots = PrivateSnapshot.objects.order_by("-month")
    if before is not None:
        snapshots = snapshots.filter(month__lt=before)
    return snapshots.values_list("month", flat=True).first()


def _store(
    snapshot: PrivateSnapshot,
    outlooks: Iterable[PrivateOutlook],
    inputs: Mapping[CellKey, CellInputs],
    readers: Readers,
) -> None:
    outlooks = list(outlooks)
    for outlook in outlooks:
        outlook.snapshot = snapshot
    PrivateOutlook.objects.bulk_create(outlooks, batch_size=_BATCH)
    # All that was ever let out, with what was stored a moment ago.
    rows = PrivateOutlook.objects.order_by("snapshot__month").values_list(
        "place", "staff_group", "pk"
    )
    # The last of each cell is the one that stands, also where nobody shares any more.
    standing = {(place, group): pk for place, group, pk in rows}
    cells = [
        PrivateCell(snapshot=snapshot, place_id=place, staff_group=group, standing_id=pk)
        for (place, group), pk in standing.items()
    ]
    cells += [
        PrivateCell(
            snapshot=snapshot,
            place=own.place,
            staff_group=own.staff_group,
            withheld=_why(own.records, readers),
        )
        for own in inputs.values()
        if (own.place.pk, own.staff_group) not in standing
    ]
    PrivateCell.objects.bulk_create(cells, batch_size=_BATCH)


def _why(records: Cell, readers: Readers) -> Withheld:
    """Return why a cell without an outlook has none."""
    if not enough_practices(len({record.practice for record in records})):
        return Withheld.FEW_PRACTICES
    return Withheld.NEIGHBOURS if may_tell_of(records, readers) else Withheld.FEW_PEOPLE


def _outlook(own: CellInputs) -> PrivateOutlook:
    return PrivateOutlook(
        place=own.place,
        staff_group=own.staff_group,
        published_month=own.published_month,
        table_version=standard_table(own.staff_group).version,
        model_version=MODEL_VERSION,
        inputs_digest=own.digest,
        figures=figures_of(own),
        records=sorted([record.id, record.person, record.practice] for record in own.records),
    )


def figures_of(own: CellInputs) -> dict[str, Any]:
    """Return all that is told of a cell, rounded; `public` is the same as published, or None."""
    table, bands = standard_table(own.staff_group), BANDS[own.staff_group]
    private = private_forecast(
        own.people, own.published, bands=bands, fallback=own.fallback, table=table
    )
    public = (
        private_forecast([], own.everyone, bands=bands, fallback=own.fallback, table=table)
        if own.everyone
        else None
    )
    people = count_band(len({record.person for record in own.records}))
    # A released cell has eight people left without any one practice, so there is a band.
    assert isinstance(people, Band)
    return {
        "people": people.low,
        **_told(private),
        "public": _told(public) if public else None,
    }


def _told(forecasts: Mapping[int, Forecast]) -> dict[str, Any]:
    now = whole_sessions(next(iter(forecasts.values())).sessions_now)
    return {
        "sessions_now": now,
        "horizons": [_horizon(each, chance_levels(now)) for each in forecasts.values()],
    }


def _horizon(forecast: Forecast, levels: Iterable[int]) -> dict[str, Any]:
    return {
        "years": forecast.years,
        "expected": whole_sessions(forecast.expected),
        "low80": whole_sessions(forecast.low80),
        "high80": whole_sessions(forecast.high80),
        "leavers": whole_sessions(forecast.headcount_expected),
        "retirement": whole_sessions(forecast.retirement_expected),
        "retirement_low80": whole_sessions(forecast.retirement_low80),
        "retirement_high80": whole_sessions(forecast.retirement_high80),
        "chances": [
            [level, round(forecast.chance_of_losing_at_least(level), 2)] for level in levels
        ],
    }
