"""Counts who is in, in a network, once a quarter, for everyone who works in it."""

from models.disclosure import Band, released_on
from organisations.clock import today
from organisations.models.organisation import Organisation
from retention.models import CoverRelease
from retention.queries.clinical_cover import clinical_cover
from retention.queries.patterns import HalfDay


def released_cover(network: Organisation) -> CoverRelease:
    """Return the cover that stands this quarter, counted as on its first day.

    The first reader of the quarter has it made; nothing but the calendar makes a new one, so that
    a post ended or erased since moves no band. Not audited: no person is read or changed.
    """
    quarter = released_on(today())
    standing = CoverRelease.objects.filter(network=network, quarter=quarter).first()
    if standing is not None:
        return standing
    told = clinical_cover(network, quarter)
    lows = {name_of(half): band.low for half, band in told.items() if isinstance(band, Band)}
    # Two first readers at once read what one of them stored.
    release, _ = CoverRelease.objects.get_or_create(
        network=network, quarter=quarter, defaults={"lows": lows}
    )
    return release


def name_of(half_day: HalfDay) -> str:
    """Return the name of a half-day in a release: "0 am" for Monday morning."""
    weekday, part = half_day
    return f"{weekday} {part}"
