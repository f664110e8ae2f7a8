"""Who takes part in the next pairing: whoever waits, offers, and is recognised still."""

import pytest

from accounts.models import Recognition
from hubs.queries.waiting import open_offers, open_requests
from tests.factories.hubs import (
    ActivePairFactory,
    MenteeRequestFactory,
    MentorOfferFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
)

pytestmark = pytest.mark.django_db


def test_who_has_a_mentor_or_an_answer_to_give_does_not_wait() -> None:
    run = PairingRunFactory()
    waits = MenteeRequestFactory(hub=run.scheme.hub)
    ended = PairFactory(run=run, state="ended").request
    proposed = PairFactory(run=run).request
    for pair in (PairFactory(run=run, state="approved"), ActivePairFactory(run=run)):
        assert pair.request not in open_requests(run.scheme)
    assert set(open_requests(run.scheme)) == {waits, ended, proposed}


def test_an_offer_counts_the_places_that_are_taken() -> None:
    run = PairingRunFactory()
    offer = MentorOfferFactory(hub=run.scheme.hub)
    for state in ("proposed", "approved", "declined", "dismissed", "ended"):
        PairFactory(run=run, offer=offer, state=state)
    ActivePairFactory(run=run, offer=offer)
    (found,) = open_offers(run.scheme)
    assert found.live_pairs == 2  # type: ignore[attr-defined]  # an annotation


@pytest.mark.parametrize("state", ["paused", "withdrawn"])
def test_a_paused_or_withdrawn_offer_stays_out(state: str) -> None:
    offer = MentorOfferFactory(state=state)
    assert not open_offers(SchemeFactory(hub=offer.hub)).exists()


def test_who_is_no_longer_recognised_stays_out() -> None:
    offer = MentorOfferFactory()
    MenteeRequestFactory(hub=offer.hub)
    scheme = SchemeFactory(hub=offer.hub)
    Recognition.objects.update(state="left")
    assert not open_offers(scheme).exists()
    assert not open_requests(scheme).exists()
