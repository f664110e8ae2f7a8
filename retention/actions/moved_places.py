"""Keeps profiles right when places move, and leaves alone the months that no move touched."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from django.db import transaction

from organisations.models.link import Link, LinkKind
from retention.actions.published_profiles import months_with_profiles, rebuild_places
from retention.models.published_profile import PublishedProfile
from retention.tasks.outlooks import make_outlooks_task

BATCH = 500

# Of a link's kind and its child: the days on which something began or ended, and with which parent.
Day = tuple[dt.date, str, int]
Timelines = Mapping[tuple[str, int], frozenset[Day]]


@contextmanager
def places_follow() -> Iterator[None]:
    """Add up again the months in which the links that change inside the block count.

    Call inside the transaction that changes them.
    """
    months = months_with_profiles()
    before = _timelines() if months else {}
    yield
    since = _changed_since(before, _timelines()) if months else None
    for month in months:
        # A month counts by its end, which is before the first of the next.
        if since is not None and _next_month(month) > since:
            rebuild_places(month)
            transaction.on_commit(partial(make_outlooks_task.enqueue, month.isoformat()))


def _timelines() -> Timelines:
    found: dict[tuple[str, int], set[Day]] = {}
    links = Link.objects.exclude(kind=LinkKind.ICB_HUB)
    for kind, child, parent, starts_on, ends_on in links.values_list(
        "kind", "child", "parent", "starts_on", "ends_on"
    ):
        days = found.setdefault((kind, child), set())
        days.add((starts_on, "starts", parent))
        if ends_on is not None:
            days.add((ends_on, "ends", parent))
    return {key: frozenset(days) for key, days in found.items()}


def _changed_since(before: Timelines, after: Timelines) -> dt.date | None:
    """Return the first day on which a practice may count elsewhere than before; None for never.

    What was first known of a child stands for all the time before it (membership.parents). So a
    change of that reaches back to the beginning, if the child had a profile at all.
    """
    days: list[dt.date] = []
    first_changed: set[int] = set()
    for key in before.keys() | after.keys():
        old, new = before.get(key, frozenset()), after.get(key, frozenset())
        if old == new:
            continue
        # The first day that only one of the two has: before it both say the same.
        days.append(min(old ^ new)[0])
        if _first(old) != _first(new):
            first_changed.add(key[1])
    if _has_profiles(first_changed):
        return dt.date.min
    return min(days, default=None)


def _first(days: Collection[Day]) -> Day | None:
    return min((day for day in days if day[1] == "starts"), default=None)


def _has_profiles(places: Collection[int]) -> bool:
    pks = sorted(places)
    return any(
        PublishedProfile.objects.filter(organisation__in=pks[start : start + BATCH]).exists()
        for start in range(0, len(pks), BATCH)
    )


def _next_month(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
