"""A pair is its two people's own, from the moment that a hub approved it, and nobody else's."""

import pytest
from django.http import Http404

from hubs.models import MentorOffer, Pair
from hubs.models.pair import PairState
from hubs.queries.pairs import (
    KNOWN_TO_BOTH,
    LIVE,
    Side,
    in_pair,
    live_pairs,
    met_before,
    own_meeting,
    own_pair,
    own_pairs,
    places_left,
    scheme_places_left,
    with_live_pairs,
)
from organisations.models import Organisation
from tests.factories.accounts import actor
from tests.factories.hubs import (
    ActivePairFactory,
    MeetingFactory,
    MentorOfferFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
)
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db
READABLE = {*KNOWN_TO_BOTH, PairState.DECLINED}
# Those that a pair can be in without having met.
STATES = (PairState.PROPOSED, PairState.APPROVED, PairState.DISMISSED, PairState.DECLINED)


def in_state(state: str, **fields: object) -> Pair:
    pair: Pair = PairFactory(**fields)
    Pair.objects.filter(pk=pair.pk).update(state=state, started_on=None, ended_on=None)
    pair.refresh_from_db()
    return pair


@pytest.mark.parametrize("state", STATES)
def test_each_side_reads_it_once_it_is_approved_and_nobody_else_ever_does(state: str) -> None:
    pair = in_state(state)
    sides = {pair.offer.person.user: Side.MENTOR, pair.request.person.user: Side.MENTEE}
    for user, side in sides.items():
        assert user is not None
        by = actor(user=user)
        if state in READABLE:
            assert own_pair(pair.public_id, by=by).side is side
            assert own_pair(pair.public_id, by=by).user_id == user.pk
        else:
            with pytest.raises(Http404):
                own_pair(pair.public_id, by=by)
        assert [own.pair for own in own_pairs(user)] == ([pair] if state in KNOWN_TO_BOTH else [])
        assert in_pair(pair, user)
    for stranger in (actor(), actor("hub_retention_lead", pair.offer.hub)):
        with pytest.raises(Http404):
            own_pair(pair.public_id, by=stranger)
        assert not in_pair(pair, stranger.user)


def test_a_meeting_is_its_writers_to_change_and_not_the_other_sides() -> None:
    meeting = MeetingFactory()
    pair = meeting.pair
    assert own_meeting(meeting.public_id, by=actor(user=pair.offer.person.user)) == meeting
    with pytest.raises(Http404):
        own_meeting(meeting.public_id, by=actor(user=pair.request.person.user))
    with pytest.raises(Http404):
        own_meeting(pair.public_id, by=actor(user=pair.offer.person.user))


def test_places_are_taken_by_what_lives_and_are_never_fewer_than_none() -> None:
    offer = MentorOfferFactory()  # four places
    scheme = SchemeFactory(hub=offer.hub, places=2)
    run = PairingRunFactory(scheme=scheme)
    for state in PairState.values:
        if state not in (PairState.ACTIVE, PairState.ENDED):
            in_state(state, run=run, offer=offer)
    ActivePairFactory(run=run, offer=offer)
    assert places_left(offer) == 4 - len(LIVE)
    assert scheme_places_left(scheme) == 0
    assert live_pairs([offer])[offer.pk] == len(LIVE)
    assert vars(with_live_pairs(MentorOffer.objects.all()).get())["live_pairs"] == len(LIVE)
    MentorOffer.objects.update(hours_a_month="1.5")
    offer.refresh_from_db()
    ActivePairFactory(run=run, offer=offer)
    assert (places_left(offer), scheme_places_left(scheme)) == (0, 0)


def test_what_one_hub_dismissed_another_may_still_propose() -> None:
    hub, other = HubFactory(), HubFactory()
    run = PairingRunFactory(scheme=SchemeFactory(hub=hub))
    by_state = {state: in_state(state, run=run) for state in STATES}

    def gone_for(asking: Organisation) -> set[str]:
        return {state for state, pair in by_state.items() if pair in set(met_before(asking))}

    assert gone_for(hub) == {PairState.APPROVED, PairState.DECLINED, PairState.DISMISSED}
    assert gone_for(other) == {PairState.APPROVED, PairState.DECLINED}
