"""Stores public outlooks after a release: all places of a month and staff group, or none of them.

Made by the service of open data alone, so nothing is audited. Doing it twice stores it once.
"""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from models.forecast import HORIZONS
from models.standard_table import standard_table
from organisations.models.organisation import Kind, Organisation
from organisations.queries.membership import practices_by_place
from retention.actions.bulk_write import upsert
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.models.stored_outlook import OutlookEdition, StoredOutlook
from retention.queries.age_profile import BANDS, month_end
from retention.queries.outlook_figures import Edition, as_stored
from retention.queries.public_outlook import edition_in_force, made_outlooks

# Nobody is shown the outlook of a region.
STORED_KINDS = (
    Kind.PRACTICE,
    Kind.NETWORK,
    Kind.SUB_ICB,
    Kind.ICB,
    Kind.TRAINING_HUB,
    Kind.COUNTRY,
)
# The newest month and the year before it, which changes are told against. Ten years of files
# loaded at once would else keep a worker busy for an hour; older months are made when asked for.
MONTHS_STORED = 13
_TRIES = 3


class FiguresMovedError(Exception):
    """The published figures changed each time that outlooks were made of them."""


class _Moved(Exception):
    """They changed while outlooks were made: what was made is dropped."""


@dataclass(frozen=True)
class _Made:
    """All outlooks of an edition; `seen` tells which figures they were made of."""

    edition: Edition
    seen: tuple[int, int]
    rows: Sequence[tuple[int, str | None]] = field(repr=False)

    @property
    def digest(self) -> str:
        text = "\n".join(f"{place}:{figures}" for place, figures in self.rows)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def months_to_store() -> list[dt.date]:
    """Return the months whose outlooks are stored, newest first."""
    months = PublishedProfile.objects.order_by("-month").values_list("month", flat=True).distinct()
    return list(months[:MONTHS_STORED])


def make_outlooks(*, month: dt.date, processes: int | None = None) -> int:
    """Store the outlooks of a month, unless they are; return how many editions this made.

    `processes` (as many as there are processors for this one) work the places out. Raises
    FiguresMovedError where the month's figures do not stand still.
    """
    if month not in months_to_store():
        return 0
    groups = PublishedProfile.objects.filter(month=month, staff_group__in=BANDS)
    found = set(groups.order_by().values_list("staff_group", flat=True).distinct())
    workers = processes or _processors()
    return sum(_make(month, group, workers) for group in StaffGroup.values if group in found)


def _processors() -> int:
    # Those that this process may use, which only Linux tells.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def outlooks_to_make_again(month: dt.date) -> None:
    """Mark what is stored of a month as of other figures; call where its profiles change."""
    OutlookEdition.objects.filter(month=month, holds=True).update(holds=False)


def _make(month: dt.date, staff_group: str, processes: int) -> bool:
    edition = edition_in_force(month, staff_group)
    for _ in range(_TRIES):
        if _kept(edition).filter(holds=True).exists():
            return False
        # Outside the transaction: SQLite lets one write at a time, and this takes seconds.
        made = _worked_out(edition, processes)
        try:
            return _store(made)
        except _Moved:
            continue
    raise FiguresMovedError(f"{staff_group} {month:%Y-%m}")


def _kept(edition: Edition) -> QuerySet[OutlookEdition]:
    return OutlookEdition.objects.filter(**vars(edition))


def _figures(month: dt.date) -> tuple[int, int]:
    """Return what tells a month's figures from others: a load makes the rows of places again."""
    rows = PublishedProfile.objects.filter(month=month).aggregate(n=Count("pk"), last=Max("pk"))
    return rows["n"], rows["last"] or 0


def _worked_out(edition: Edition, processes: int) -> _Made:
    seen = _figures(edition.month)
    places = _places(edition)
    found = made_outlooks(
        places, edition.month, staff_group=edition.staff_group, processes=processes
    )
    rows = [
        (place.pk, _text(as_stored(found[place.pk])) if place.pk in found else None)
        for place in places
    ]
    return _Made(edition, seen, rows)


def _places(edition: Edition) -> list[Organisation]:
    """Return the practices in the month's file, and every place that has any of them."""
    in_file = PublishedProfile.objects.filter(month=edition.month, organisation__kind=Kind.PRACTICE)
    wanted = {*in_file.values_list("organisation", flat=True)}
    wanted |= practices_by_place(month_end(edition.month)).keys()
    places = Organisation.objects.filter(kind__in=STORED_KINDS).order_by("pk")
    return [place for place in places if place.pk in wanted]


def _text(figures: Iterable[object]) -> str:
    return json.dumps(figures, separators=(",", ":"))


def _store(made: _Made) -> bool:
    """Store an edition in whole; return whether this did, and not another worker."""
    with transaction.atomic():
        # Whoever is second waits here for the first, on PostgreSQL too.
        kept, _ = (
            OutlookEdition.objects.select_for_update()
            .defer("rates")
            .get_or_create(
                **vars(made.edition),
                defaults={"rates": [], "digest": "", "holds": False, "made_at": timezone.now()},
            )
        )
        # Another worker was first, from the same figures: theirs is the same to the last digit.
        if kept.holds:
            return False
        if _figures(made.edition.month) != made.seen:
            raise _Moved
        # Figures that came out the same are kept as they are: nothing is told as a change.
        if kept.digest != made.digest:
            _replace(kept, made)
        OutlookEdition.objects.filter(pk=kept.pk).update(holds=True)
    return True


def _replace(kept: OutlookEdition, made: _Made) -> None:
    kept.outlooks.all().delete()
    upsert(
        StoredOutlook,
        ("edition", "organisation", "figures"),
        ((kept.pk, place, figures) for place, figures in made.rows),
        unique=("edition", "organisation"),
        all_new=True,
    )
    group = made.edition.staff_group
    OutlookEdition.objects.filter(pk=kept.pk).update(
        rates=standard_table(group).band_incidence(HORIZONS, BANDS[group]).tolist(),
        digest=made.digest,
        made_at=timezone.now(),
    )
