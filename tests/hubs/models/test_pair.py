"""What the database itself refuses of a pair, and whose it is."""

import pytest
from django.db import IntegrityError

from tests.factories.hubs import ActivePairFactory, MenteeRequestFactory, PairFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "terms",
    [
        {"state": "sleeping"},
        {"state": "active"},
        {"state": "active", "mentor_answer": "accepted"},
        {"state": "active", "mentor_answer": "accepted", "mentee_answer": "declined"},
    ],
    ids=str,
)
def test_nobody_meets_before_both_have_accepted(terms: dict[str, str]) -> None:
    with pytest.raises(IntegrityError):
        PairFactory(**terms)


@pytest.mark.parametrize("state", ["approved", "active"])
def test_a_mentee_has_one_mentor_at_a_time(state: str) -> None:
    live = ActivePairFactory()
    PairFactory(request=live.request, run=live.run, state="ended")
    answers = {"mentor_answer": "accepted", "mentee_answer": "accepted"}
    with pytest.raises(IntegrityError):
        PairFactory(request=live.request, run=live.run, state=state, **answers)


def test_a_mentor_may_have_several() -> None:
    live = ActivePairFactory()
    request = MenteeRequestFactory(hub=live.run.scheme.hub)
    assert ActivePairFactory(offer=live.offer, request=request, run=live.run).pk


def test_it_belongs_to_the_hub_and_to_no_one_person() -> None:
    pair = ActivePairFactory()
    assert pair.access_place == pair.run.scheme.hub
    assert pair.access_owner_id is None
