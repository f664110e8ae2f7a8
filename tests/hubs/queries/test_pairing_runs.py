"""What a run's page counts: who waits and fits now, and who was left without."""

import datetime as dt
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import timezone

from hubs.models import LeftOut, MenteeRequest, PairingRun
from hubs.queries.pairing_runs import (
    PairingFigures,
    count_proposals,
    is_lost,
    left_out_of,
    pairing_figures,
    pairs_of,
    runs_of,
)
from tests.factories.hubs import (
    MenteeRequestFactory,
    MentorOfferFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
)

pytestmark = pytest.mark.django_db


def test_figures_count_the_places_of_those_who_fit() -> None:
    scheme = SchemeFactory(min_clinical_sessions=Decimal(3), places=2)
    run = PairingRunFactory(scheme=scheme)
    MentorOfferFactory(hub=scheme.hub, clinical_sessions=Decimal(2))
    full = MentorOfferFactory(hub=scheme.hub, hours_a_month=Decimal("1.5"))
    PairFactory(run=run, offer=full, state="approved")
    # Fewer hours since: the place that is too many takes none from the others.
    full.hours_a_month = Decimal(1)
    full.save()
    MentorOfferFactory(hub=scheme.hub)
    MenteeRequestFactory(hub=scheme.hub)
    assert pairing_figures(scheme) == PairingFigures(
        mentees=1, mentors=3, fitting=2, places=4, scheme_places=1
    )


def test_who_waited_longest_is_listed_first() -> None:
    run = PairingRunFactory()
    for days in (1, 3, 2):
        request = MenteeRequestFactory(hub=run.scheme.hub)
        asked = timezone.now() - dt.timedelta(days=days)
        MenteeRequest.objects.filter(pk=request.pk).update(asked_at=asked)
        LeftOut.objects.create(run=run, request=request, reasons={})
    waited = [left.request.asked_at for left in left_out_of(run)]
    assert waited == sorted(waited)


def test_proposals_are_those_that_nobody_has_decided_on() -> None:
    run = PairingRunFactory()
    pairs = [PairFactory(run=run, score=score) for score in (300, 500)]
    PairFactory(run=run, state="dismissed", score=100)
    assert count_proposals(run) == 2
    assert list(pairs_of(run))[:2] == pairs[::-1]


def test_a_run_is_lost_when_no_worker_can_have_it_any_more() -> None:
    run = PairingRunFactory(state="running")
    assert not is_lost(run)
    PairingRun.objects.update(asked_at=timezone.now() - settings.TASK_LOST_AFTER)
    run.refresh_from_db()
    assert is_lost(run)
    assert list(runs_of(run.scheme)) == [run]
