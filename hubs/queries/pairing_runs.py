"""Pairing runs, their proposals, and who was left without."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from hubs.capacity import places_in
from hubs.models import LeftOut, Pair, PairingRun, Scheme
from hubs.models.pair import PairState
from hubs.queries.eligibility import MentorFacts, is_eligible
from hubs.queries.pairs import all_pairs, live_pairs, scheme_places_left
from hubs.queries.waiting import open_offers, open_requests


def all_runs() -> QuerySet[PairingRun]:
    """Return every run, to fetch one from with the right permission."""
    return PairingRun.objects.select_related("scheme__hub", "scheme__area")


def runs_of(scheme: Scheme) -> QuerySet[PairingRun]:
    """Return the runs of a scheme, the newest first."""
    return PairingRun.objects.filter(scheme=scheme)


def pairs_of(run: PairingRun) -> QuerySet[Pair]:
    """Return the pairs of a run, the highest score first, with both people."""
    return all_pairs().filter(run=run)


def left_out_of(run: PairingRun) -> QuerySet[LeftOut]:
    """Return who a run left without a mentor, who waited longest first."""
    return (
        LeftOut.objects.filter(run=run)
        .select_related("request__person")
        .order_by("request__asked_at", "request__pk")
    )


def count_proposals(run: PairingRun) -> int:
    """Count the pairs of a run that wait for the lead."""
    return Pair.objects.filter(run=run, state=PairState.PROPOSED).count()


def is_lost(run: PairingRun) -> bool:
    """Whether a run has been under way for so long that its worker must have died."""
    # From the asking: a run that no worker takes is lost as well.
    return run.asked_at < timezone.now() - settings.TASK_LOST_AFTER


@dataclass(frozen=True)
class PairingFigures:
    """What there is to pair in a scheme now; `places` are those of the mentors who fit."""

    mentees: int
    mentors: int
    fitting: int
    places: int
    scheme_places: int


def pairing_figures(scheme: Scheme) -> PairingFigures:
    """Count who waits, who offers and who fits; a fixed number of queries."""
    offers = list(open_offers(scheme).select_related("person"))
    live = live_pairs(offers)
    fitting = [offer for offer in offers if is_eligible(MentorFacts.of(offer), scheme)]
    # As the run counts them (Candidates.capacity), so that page and run agree.
    free = (places_in(offer.hours_a_month) - live[offer.pk] for offer in fitting)
    return PairingFigures(
        mentees=open_requests(scheme).count(),
        mentors=len(offers),
        fitting=len(fitting),
        places=sum(max(places, 0) for places in free),
        scheme_places=scheme_places_left(scheme),
    )
