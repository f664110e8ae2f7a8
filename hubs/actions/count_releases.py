"""Counts people in mentoring once a quarter, for everyone who reads counts and no names."""

from hubs.models import CountRelease
from hubs.queries.mentoring import mentoring_counts
from models.disclosure import Withheld, count_band, released_on
from organisations.clock import today
from organisations.models.organisation import Organisation


def released_counts(hub: Organisation, place: Organisation) -> CountRelease:
    """Return the counts of `place` (the hub, or a network in it) that stand this quarter.

    The first reader of the quarter has them made; nothing but the calendar makes new ones. Not
    audited: no person is read or changed.
    """
    quarter = released_on(today())
    standing = CountRelease.objects.filter(hub=hub, place=place, quarter=quarter).first()
    if standing is not None:
        return standing
    # Nothing is written for exact counts: only the band is kept, so that a dump tells no more.
    counts = mentoring_counts(hub, None if place == hub else place)
    lows = {name: _low(count) for name, count in vars(counts).items()}
    # Pairs have mentors: with theirs withheld, pairs would say that there are 1 to 7.
    if _low(mentoring_counts(hub).mentors) is None:
        lows["pairs"] = None
    # Two first readers at once read what one of them stored.
    release, _ = CountRelease.objects.get_or_create(
        hub=hub, place=place, quarter=quarter, defaults={"counted_on": today(), **lows}
    )
    return release


def _low(count: int) -> int | None:
    band = count_band(count)
    return None if isinstance(band, Withheld) else band.low
