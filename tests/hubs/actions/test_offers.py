"""An offer is made by someone the hub recognises, changed by its owner, and withdrawn kindly."""

from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.actor import Actor
from accounts.models import AuditEvent
from hubs.actions.never_lists import NeverEdit
from hubs.actions.offers import pause_offer, resume_offer, save_offer, withdraw_offer
from hubs.models import MentorOffer, NeverEntry, Pair
from hubs.queries.mentoring import never_list
from organisations.models import Organisation
from tests.factories.accounts import actor
from tests.factories.hubs import (
    ActivePairFactory,
    MentorOfferFactory,
    PairFactory,
    districts,
    recognised_person,
)
from tests.factories.organisations import HubFactory, PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Organisation:
    made: Organisation = HubFactory()
    return made


@pytest.fixture
def mentor(hub: Organisation) -> Actor:
    return actor(user=recognised_person(hub).user)


def terms(**change: object) -> dict[str, Any]:
    return {
        "half_days": ["2pm", "0am"],
        "hours_a_month": Decimal(6),
        "remote": True,
        "district": "",
        "max_km": None,
        "interests": ["teaching", "career"],
        "clinical_sessions": Decimal(3),
        "has_licence": True,
        "on_performers_list": True,
        **change,
    }


def save(hub: Organisation, by: Actor, version: int = 0, **change: object) -> MentorOffer:
    return save_offer(hub=hub, version=version, terms=terms(**change), never=None, by=by)


def test_an_offer_is_saved_in_the_order_of_the_week(hub: Organisation, mentor: Actor) -> None:
    offer = save(hub, mentor)
    offer.refresh_from_db()
    assert (offer.half_days, offer.interests) == (["0am", "2pm"], ["career", "teaching"])
    event = AuditEvent.objects.get(act="offered_mentoring")
    assert event.subject == mentor.subject_id


def test_only_whom_the_hub_recognises_may_offer(hub: Organisation) -> None:
    with pytest.raises(ValidationError, match="recognise you first"):
        save(hub, actor())
    assert not MentorOffer.objects.exists()


def test_a_change_is_the_same_offer_and_a_second_window_is_told(
    hub: Organisation, mentor: Actor
) -> None:
    save(hub, mentor)
    assert save(hub, mentor, version=1, hours_a_month=Decimal(9)).version == 2
    for stale in (0, 1):
        with pytest.raises(ValidationError, match="another window"):
            save(hub, mentor, version=stale)
    assert MentorOffer.objects.get().hours_a_month == 9


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"half_days": ["7am"]}, "half_days"),
        ({"half_days": "0am"}, "half_days"),
        ({"half_days": [["0am"]]}, "half_days"),
        ({"interests": ["age"]}, "half_days"),
        ({"remote": False}, "district"),
        ({"remote": False, "district": "ZZ1", "half_days": []}, "half_days"),
        ({"district": "XX99"}, "district"),
        ({"hours_a_month": Decimal("0.5")}, "hours_a_month"),
        ({"clinical_sessions": Decimal(13)}, "clinical_sessions"),
        ({"max_km": 0}, "max_km"),
    ],
)
def test_what_could_not_be_is_refused(
    hub: Organisation, mentor: Actor, change: dict[str, Any], field: str
) -> None:
    districts()
    with pytest.raises(ValidationError) as refused:
        save(hub, mentor, **change)
    assert field in refused.value.message_dict


def test_a_district_may_be_typed_in_small_letters(hub: Organisation, mentor: Actor) -> None:
    districts()
    assert save(hub, mentor, district=" zz1").district == "ZZ1"


def test_a_never_list_holds_no_address(hub: Organisation, mentor: Actor) -> None:
    practice = PracticeFactory(code="Y12345")
    lines = ["Ex.Partner@example.org", "y12345", "", " ex.partner@example.org "]
    offer = save_offer(hub=hub, version=0, terms=terms(), never=NeverEdit(tuple(lines)), by=mentor)
    by_email, by_practice = NeverEntry.objects.order_by("pk")
    assert len(by_email.email_digest) == 64
    assert b"partner" not in bytes(by_email.sealed_label or b"")
    assert by_practice.practice == practice
    assert never_list(offer.person) == ["ex.partner@example.org", "Y12345"]


def test_a_line_that_is_neither_saves_nothing(hub: Organisation, mentor: Actor) -> None:
    with pytest.raises(ValidationError, match="Dr Nobody is neither"):
        save_offer(hub=hub, version=0, terms=terms(), never=NeverEdit(("Dr Nobody",)), by=mentor)
    with pytest.raises(ValidationError, match="40 people"):
        many = NeverEdit(tuple(f"a{n}@example.org" for n in range(41)))
        save_offer(hub=hub, version=0, terms=terms(), never=many, by=mentor)
    assert not MentorOffer.objects.exists()
    assert not NeverEntry.objects.exists()


def test_audit_does_not_tell_that_there_is_a_never_list(hub: Organisation, mentor: Actor) -> None:
    save(hub, mentor)
    without = set(AuditEvent.objects.values_list("act", "thing", "why"))
    save_offer(hub=hub, version=1, terms=terms(), never=NeverEdit(("a@example.org",)), by=mentor)
    assert set(AuditEvent.objects.values_list("act", "thing", "why")) == without


def test_a_paused_offer_keeps_its_pairs_and_loses_its_proposals() -> None:
    active = ActivePairFactory()
    PairFactory(run=active.run, offer=active.offer)
    by = actor(user=active.offer.person.user)
    pause_offer(offer=active.offer, by=by)
    assert [pair.state for pair in Pair.objects.all()] == ["active"]
    with pytest.raises(ValidationError, match="Read the page again"):
        pause_offer(offer=active.offer, by=by)
    resume_offer(offer=active.offer, by=by)
    active.offer.refresh_from_db()
    assert active.offer.state == "open"


def test_withdrawing_closes_everything_kindly(
    django_capture_on_commit_callbacks: Any,
) -> None:
    active = ActivePairFactory()
    offer, run = active.offer, active.run
    waiting = PairFactory(run=run, offer=offer, state="approved")
    PairFactory(run=run, offer=offer)
    by = actor(user=offer.person.user)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_offer(offer=offer, by=by)
        withdraw_offer(offer=offer, by=by)
    states = dict(Pair.objects.values_list("pk", "state"))
    assert states == {active.pk: "ended", waiting.pk: "declined"}
    active.request.refresh_from_db()
    assert active.request.state == "open"
    told = sorted(message.to[0] for message in mail.outbox)
    others = [pair.request.person.user.email for pair in (active, waiting)]
    assert set(others) <= set(told)
    assert AuditEvent.objects.filter(act="withdrew_mentoring").count() == 1


def test_a_new_offer_can_follow_a_withdrawn_one(hub: Organisation, mentor: Actor) -> None:
    withdraw_offer(offer=save(hub, mentor), by=mentor)
    again = save(hub, mentor)
    assert MentorOffer.objects.filter(person=again.person).count() == 2


def test_an_offer_is_of_its_own_hub(mentor: Actor) -> None:
    assert mentor.user is not None
    MentorOfferFactory(person=mentor.user.person)
    with pytest.raises(ValidationError, match="recognise you first"):
        save(HubFactory(), mentor)


def test_unknown_terms_are_a_fault_of_ours(hub: Organisation, mentor: Actor) -> None:
    with pytest.raises(ValueError, match="state"):
        save(hub, mentor, state="withdrawn")
