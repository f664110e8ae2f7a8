"""What moved a place's expected loss since the figures before: the data, the table or the model."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.arrays import Floats
from models.flags import FLAG_YEARS
from models.forecast import HORIZONS, expected
from models.standard_table import standard_table
from organisations.models.organisation import Organisation
from retention.models.published_profile import PublishedProfile
from retention.models.stored_outlook import OutlookEdition, StoredOutlook
from retention.queries.age_profile import BANDS
from retention.queries.outlook_figures import Edition, PublicOutlook, of_stored
from retention.queries.outlook_inputs import OutlookInputs, outlook_inputs
from retention.queries.public_outlook import edition_in_force, public_outlook

# Less is the noise of adding up in another order.
_NOISE = 1e-6


@dataclass(frozen=True)
class OutlookChange:
    """Sessions expected to be lost within FLAG_YEARS: `before` by one edition, `after` by another.

    `by_sessions` as there are more or fewer, `by_ages` as the people are older or younger, work
    elsewhere or were corrected, `by_table` and `by_model` as those are others. The four add up to
    after - before.
    """

    then: Edition
    now: Edition
    before: float
    after: float
    by_sessions: float
    by_ages: float
    by_table: float
    by_model: float

    @property
    def by_data(self) -> float:
        """The part of the published figures."""
        return self.by_sessions + self.by_ages


@dataclass(frozen=True)
class _Before:
    """An earlier figure: what stood, with its table's rates (bands,) within FLAG_YEARS if known."""

    edition: Edition
    lost: float
    rates: Floats | None


def outlook_change(
    place: Organisation, outlook: PublicOutlook, *, a_year: bool = False
) -> OutlookChange | None:
    """Return what moved the outlook of a place since the last figures, or since a year before.

    The last figures are those of the month by an earlier table or model, where they were stored;
    else of the month published before, as they were last stored, or as today's table and model
    have them. None without such figures. A number of queries that does not grow with the place.
    """
    now = _edition(outlook)
    before = None if a_year else _same_month(place, now)
    if before is None:
        month = _year_before(now.month) if a_year else _month_before(place, now)
        before = _of_month(place, now, month) if month else None
    if before is None:
        return None
    # The earlier figures by today's table; then by the table of then.
    then = outlook_inputs([place], before.edition.month, now.staff_group).get(place)
    own = outlook_inputs([place], now.month, now.staff_group).get(place)
    if then is None or own is None:
        return None
    return _split(before, now, then, own, outlook)


def _edition(outlook: PublicOutlook) -> Edition:
    return Edition(
        outlook.as_at.replace(day=1),
        outlook.staff_group,
        outlook.table_version,
        outlook.model_version,
    )


def _split(
    before: _Before, now: Edition, then: OutlookInputs, own: OutlookInputs, outlook: PublicOutlook
) -> OutlookChange:
    after = outlook.horizons[FLAG_YEARS].expected
    by_todays_table = _lost(then, now.staff_group)
    by_its_own = by_todays_table
    if before.rates is not None and before.edition.table_version != now.table_version:
        by_its_own = float(then.heads @ (then.spread @ before.rates))
    by_model = by_its_own - before.lost
    corrected = 0.0
    if before.edition.model_version == now.model_version:
        # By the same rates and model the same figures give the same: they were corrected since.
        by_model, corrected = 0.0, by_model
    # As if those who came were as old as everyone then; the rest of the change is by ages.
    grown = own.sessions - then.sessions
    by_sessions = grown * by_todays_table / then.sessions if then.sessions else 0.0
    return OutlookChange(
        then=before.edition,
        now=now,
        before=before.lost,
        after=after,
        by_sessions=by_sessions,
        by_ages=after - by_todays_table - by_sessions + corrected,
        by_table=by_todays_table - by_its_own,
        by_model=by_model if abs(by_model) > _NOISE else 0.0,
    )


def _lost(own: OutlookInputs, staff_group: str) -> float:
    """Return the sessions expected to be lost by today's table."""
    losses = expected(
        own.spread,
        own.heads,
        years=[FLAG_YEARS],
        bands=BANDS[staff_group],
        table=standard_table(staff_group),
    )
    return float(losses.sessions.sum())


def _same_month(place: Organisation, now: Edition) -> _Before | None:
    """Return the last figure of the month by an earlier table or model, if one was stored."""
    editions = OutlookEdition.objects.filter(month=now.month, staff_group=now.staff_group)
    made = editions.filter(table_version=now.table_version, model_version=now.model_version)
    made_at = made.values_list("made_at", flat=True).first()
    others = editions.exclude(table_version=now.table_version, model_version=now.model_version)
    # An edition that was made later (of a table tried and put back) is no figure of before.
    if made_at is not None:
        others = others.filter(made_at__lt=made_at)
    newest = others.order_by("-made_at").first()
    return _stored(place, newest) if newest else None


def _of_month(place: Organisation, now: Edition, month: dt.date) -> _Before | None:
    """Return the figure of another month: as it was last stored, else as it is worked out today."""
    newest = (
        OutlookEdition.objects.filter(month=month, staff_group=now.staff_group)
        .order_by("-made_at")
        .first()
    )
    stored = _stored(place, newest) if newest else None
    if stored is not None:
        return stored
    made = public_outlook(place, month, now.staff_group)
    if made is None:
        return None
    edition = edition_in_force(month, now.staff_group)
    return _Before(edition, made.horizons[FLAG_YEARS].expected, None)


def _stored(place: Organisation, kept: OutlookEdition) -> _Before | None:
    row: Sequence[Any] | None = (
        StoredOutlook.objects.filter(edition=kept, organisation=place)
        .values_list("figures", flat=True)
        .first()
    )
    if row is None:
        return None
    edition = Edition(kept.month, kept.staff_group, kept.table_version, kept.model_version)
    outlook = of_stored(place, edition, row)
    # Retiring and leaving otherwise together: the change is of all sessions lost.
    rates = np.array(kept.rates)[:, HORIZONS.index(FLAG_YEARS)].sum(axis=-1)
    return _Before(edition, outlook.horizons[FLAG_YEARS].expected, rates)


def _month_before(place: Organisation, now: Edition) -> dt.date | None:
    months = PublishedProfile.objects.filter(
        organisation=place, staff_group=now.staff_group, month__lt=now.month
    )
    return months.order_by("-month").values_list("month", flat=True).first()


def _year_before(month: dt.date) -> dt.date:
    return month.replace(year=month.year - 1)
