"""Who reads which schemes, what one can be for, and who may not open it."""

import datetime as dt

import pytest
from django.http import Http404

from hubs.actions.schemes import change_scheme
from hubs.models import Scheme
from hubs.queries.mentoring import schemes_for_offer
from hubs.queries.schemes import (
    areas_for,
    had_a_hand_in,
    open_schemes,
    readable_scheme,
    readable_schemes,
)
from organisations.clock import today
from organisations.models import Organisation
from tests.factories.accounts import actor
from tests.factories.hubs import MentorOfferFactory, SchemeFactory
from tests.factories.organisations import HubFactory, IcbFactory, LinkFactory, area_of_one_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Organisation:
    made: Organisation = HubFactory()
    return made


def test_a_scheme_is_open_up_to_its_last_day(hub: Organisation) -> None:
    last = SchemeFactory(hub=hub, ends_on=today())
    ended = SchemeFactory(hub=hub, ends_on=today() - dt.timedelta(days=1))
    SchemeFactory(hub=hub, state="closed")
    SchemeFactory()
    assert list(open_schemes(hub)) == [last]
    assert ended in open_schemes(hub, as_at=ended.ends_on)


def test_nobody_is_told_that_they_fit_a_scheme_that_has_ended(hub: Organisation) -> None:
    SchemeFactory(hub=hub, ends_on=today() - dt.timedelta(days=1))
    offer = MentorOfferFactory(hub=hub)
    assert schemes_for_offer(offer) == []
    assert list(readable_schemes(hub, by=actor(user=offer.person.user))) == []


def test_who_runs_the_hub_reads_them_all_and_others_none_but_open_ones(hub: Organisation) -> None:
    schemes = [SchemeFactory(hub=hub, state=state) for state in ("draft", "open", "closed")]
    lead, visitor = actor("hub_retention_lead", hub), actor()
    assert set(readable_schemes(hub, by=lead)) == set(schemes)
    assert list(readable_schemes(hub, by=visitor)) == [schemes[1]]
    assert readable_scheme(schemes[0].public_id, by=lead) == schemes[0]
    assert readable_scheme(schemes[1].public_id, by=visitor) == schemes[1]
    for closed in (schemes[0], schemes[2]):
        with pytest.raises(Http404):
            readable_scheme(closed.public_id, by=visitor)


def test_a_scheme_can_be_for_the_hub_or_an_icb_that_it_has_that_day() -> None:
    places = area_of_one_practice()
    gone = IcbFactory()
    ended = today() - dt.timedelta(days=1)
    LinkFactory(kind="icb_hub", child=gone, parent=places["hub"], ends_on=ended)
    assert set(areas_for(places["hub"])) == {places["hub"], places["icb"]}
    assert gone in areas_for(places["hub"], as_at=ended - dt.timedelta(days=1))


def test_who_ever_changed_a_draft_had_a_hand_in_it(hub: Organisation) -> None:
    drafter, changer, other = (actor("hub_administrator", hub) for _ in range(3))
    scheme: Scheme = SchemeFactory(hub=hub, state="draft", drafted_by=drafter.user)
    change_scheme(scheme=scheme, version=1, terms={"places": 3}, by=changer)
    assert [had_a_hand_in(scheme, by=by) for by in (drafter, changer, other)] == [True, True, False]
