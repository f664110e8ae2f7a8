"""My mentoring in words, and the one thing to do next."""

from decimal import Decimal

import pytest

from accounts.models import User
from hubs.presenters.mentoring import (
    mentoring_page,
    offer_rows,
    place_words,
)
from tests.factories.accounts import UserFactory
from tests.factories.hubs import (
    ActivePairFactory,
    MenteeRequestFactory,
    MentorOfferFactory,
    PairFactory,
    SchemeFactory,
    recognised_person,
)
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("remote", "district", "max_km", "words"),
    [
        (True, "", None, "By phone or video"),
        (True, "LE1", 10, "By phone or video, or in person within 10 km of LE1"),
        (False, "LE1", None, "In person near LE1"),
    ],
)
def test_where_to_meet(remote: bool, district: str, max_km: int | None, words: str) -> None:
    offer = MentorOfferFactory(remote=remote, district=district, max_km=max_km)
    assert place_words(offer) == words


def test_hours_are_shown_as_mentees() -> None:
    one = dict(offer_rows(MentorOfferFactory(hours_a_month=Decimal("2.5"))))
    assert one["Hours a month"] == "2.5, enough for 1 mentee"
    assert one["Half-days"] == "Monday morning, Wednesday afternoon"


def step(user: User | None) -> str:
    assert user is not None
    return mentoring_page(user).next_step


def test_the_next_step_follows_where_one_is() -> None:
    hub = HubFactory()
    assert "recognise you" in step(UserFactory())
    assert "Offer mentoring" in step(recognised_person(hub).user)
    assert "Nothing to do" in step(MenteeRequestFactory(hub=hub).person.user)
    assert "log that you met" in step(ActivePairFactory().offer.person.user)
    assert "Answer the pair" in step(PairFactory(state="approved").request.person.user)


def test_a_proposal_is_not_on_my_page() -> None:
    pair = PairFactory()
    for person in (pair.offer.person, pair.request.person):
        page = mentoring_page(person.user)
        assert page.pairs == []
        assert "Nothing to do" in page.next_step


def test_a_mentor_reads_how_they_stand_to_each_open_scheme() -> None:
    offer = MentorOfferFactory(clinical_sessions=1)
    SchemeFactory(hub=offer.hub, name="Fits")
    SchemeFactory(hub=offer.hub, name="Not yet", min_clinical_sessions=3)
    SchemeFactory(hub=offer.hub, state="draft", min_clinical_sessions=3)
    (mine,) = mentoring_page(offer.person.user).hubs
    assert {fit.scheme.name: fit.fits for fit in mine.fits} == {"Fits": True, "Not yet": False}
