"""Approve, dismiss, answer, end: each once, by the right person, and telling nobody too much."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from hubs.actions.offers import withdraw_offer
from hubs.actions.pairs import (
    NO_LONGER,
    answer_pair,
    approve_pair,
    approve_pairs,
    dismiss_pair,
    end_pair,
)
from hubs.models import MenteeRequest, MentorOffer, Pair, Scheme
from hubs.queries.pairs import Side, all_pairs, own_pair
from organisations.clock import today
from tests.factories.accounts import actor
from tests.factories.hubs import (
    ActivePairFactory,
    MenteeRequestFactory,
    NeverEntryFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
)
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db


def fresh(pair: Pair) -> Pair:
    return all_pairs().get(pk=pair.pk)


def refused(pair: Pair, by: Any = None) -> str:
    with pytest.raises(ValidationError) as problem:
        approve_pair(pair=fresh(pair), by=by or actor())
    return " ".join(problem.value.messages)


def test_both_get_one_neutral_mail(django_capture_on_commit_callbacks: Any) -> None:
    pair, lead = PairFactory(), actor()
    with django_capture_on_commit_callbacks(execute=True):
        approve_pair(pair=pair, by=lead)
    assert fresh(pair).state == "approved"
    people = (pair.offer.person, pair.request.person)
    assert {m.to[0] for m in mail.outbox} == {person.user.email for person in people}
    for message in mail.outbox:
        text = f"{message.subject} {message.body}"
        for secret in (people[0].name, people[1].name, pair.run.scheme.name, "entor", "ccept"):
            assert secret not in text
    events = AuditEvent.objects.filter(act="approved_pair", actor=lead.subject_id)
    assert {event.subject for event in events} == {person.subject_id for person in people}


def test_a_mentor_of_several_pairs_gets_one_mail(django_capture_on_commit_callbacks: Any) -> None:
    """Three letters at once would tell how many pairs there are, and look like a fault."""
    first = PairFactory()
    second = PairFactory(run=first.run, offer=first.offer)
    people = [first.offer.person, first.request.person, second.request.person]
    addresses = sorted(person.user.email for person in people)
    with django_capture_on_commit_callbacks(execute=True):
        approve_pairs(run=first.run, by=actor())
    assert sorted(message.to[0] for message in mail.outbox) == addresses
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_offer(offer=first.offer, by=actor(user=people[0].user))
    assert sorted(message.to[0] for message in mail.outbox) == addresses


def test_a_second_approval_is_told_and_sends_nothing(
    django_capture_on_commit_callbacks: Any,
) -> None:
    pair = PairFactory()
    stale = fresh(pair)
    approve_pair(pair=pair, by=actor())
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ValidationError, match="answered already"):
            approve_pair(pair=stale, by=actor())
    assert mail.outbox == []
    assert AuditEvent.objects.filter(act="approved_pair").count() == 2


def test_nobody_approves_their_own_pair() -> None:
    pair = PairFactory()
    for person in (pair.offer.person, pair.request.person):
        assert "yourself" in refused(pair, by=actor(user=person.user))


def test_a_mentor_is_not_overloaded() -> None:
    first = PairFactory()
    MentorOffer.objects.update(hours_a_month=Decimal("1.5"))
    second = PairFactory(run=first.run, offer=first.offer)
    approve_pair(pair=fresh(first), by=actor())
    assert "no place left" in refused(second)
    assert fresh(second).state == "proposed"


def test_a_scheme_is_not_overbooked() -> None:
    pair = PairFactory()
    Scheme.objects.update(places=1)
    other = PairFactory(run=pair.run)
    with pytest.raises(ValidationError, match="places for 1 more"):
        approve_pairs(run=pair.run, by=actor())
    approve_pair(pair=fresh(pair), by=actor())
    assert "All places of this scheme are taken" in refused(other)


def test_a_closed_scheme_makes_no_pairs() -> None:
    pair = PairFactory()
    Scheme.objects.update(state="closed")
    assert "scheme is closed" in refused(pair)


def test_a_scheme_after_its_last_day_makes_no_pairs() -> None:
    first, second = PairFactory(), PairFactory()
    Scheme.objects.filter(pk=first.run.scheme.pk).update(ends_on=today())
    approve_pair(pair=fresh(first), by=actor())
    Scheme.objects.filter(pk=second.run.scheme.pk).update(ends_on=today() - dt.timedelta(days=1))
    assert "scheme has ended" in refused(second)


def test_two_schemes_that_give_one_mentee_a_mentor_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looked before the first was done; the database has the last word."""
    first = PairFactory()
    run = PairingRunFactory(scheme=SchemeFactory(hub=first.run.scheme.hub))
    second = PairFactory(run=run, request=first.request)
    other = PairFactory(run=run)
    approve_pair(pair=fresh(first), by=actor())
    rows = AuditEvent.objects.count()
    told = refused(second)
    monkeypatch.setattr(
        "hubs.queries.candidates.still_possible", lambda scheme, pairs: {p.pk for p in pairs}
    )
    assert refused(second) == told == NO_LONGER
    with pytest.raises(ValidationError, match="no longer possible"):
        approve_pairs(run=run, by=actor())
    assert {fresh(pair).state for pair in (second, other)} == {"proposed"}
    assert AuditEvent.objects.count() == rows


def test_what_changed_since_is_one_sentence_whatever_it_was() -> None:
    """A never list, a shared practice and a paused offer read alike."""
    never, practice, paused = PairFactory(), PairFactory(), PairFactory()
    NeverEntryFactory(owner=never.offer.person, email=never.request.person.user.email)
    place = PracticeFactory()
    for person in (practice.offer.person, practice.request.person):
        PostFactory(person=person, organisation=place)
    MentorOffer.objects.filter(pk=paused.offer.pk).update(state="paused")
    assert len({refused(never), refused(practice), refused(paused)}) == 1


def test_bulk_approval_is_all_or_nothing() -> None:
    run = PairingRunFactory()
    pairs = [PairFactory(run=run) for _ in range(3)]
    MentorOffer.objects.filter(pk=pairs[2].offer.pk).update(hours_a_month=1)
    with pytest.raises(ValidationError, match="no place left"):
        approve_pairs(run=run, by=actor())
    assert not Pair.objects.filter(state="approved").exists()
    MentorOffer.objects.update(hours_a_month=3)
    assert approve_pairs(run=run, by=actor()) == 3
    assert approve_pairs(run=run, by=actor()) == 0


def test_a_dismissed_proposal_tells_nobody(django_capture_on_commit_callbacks: Any) -> None:
    pair = PairFactory()
    with django_capture_on_commit_callbacks(execute=True):
        dismiss_pair(pair=pair, by=actor())
    assert fresh(pair).state == "dismissed"
    assert mail.outbox == []
    assert AuditEvent.objects.get(act="dismissed_pair").subject is None
    assert "answered already" in refused(pair)


def test_a_mentee_has_one_live_pair() -> None:
    pair = PairFactory(state="approved")
    with pytest.raises(IntegrityError), transaction.atomic():
        PairFactory(run=pair.run, request=pair.request, state="approved")


def answer(pair: Pair, side: Side, accept: bool = True) -> Pair:
    person = pair.offer.person if side is Side.MENTOR else pair.request.person
    return answer_pair(pair=pair, side=side, accept=accept, by=actor(user=person.user))


@pytest.mark.parametrize("first", Side)
def test_both_accept(first: Side, django_capture_on_commit_callbacks: Any) -> None:
    pair = PairFactory(state="approved")
    second = Side.MENTEE if first is Side.MENTOR else Side.MENTOR
    with django_capture_on_commit_callbacks(execute=True):
        assert answer(pair, first).state == "approved"
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        started = answer(pair, second)
    assert (started.state, started.started_on) == ("active", today())
    assert fresh(pair).request.state == "paired"
    assert len(mail.outbox) == 2


def test_accepting_twice_counts_once() -> None:
    pair = PairFactory(state="approved")
    answer(pair, Side.MENTOR)
    for accept in (True, False):
        with pytest.raises(ValidationError, match="answered already"):
            answer(pair, Side.MENTOR, accept)
    assert fresh(pair).state == "approved"
    assert AuditEvent.objects.filter(act="answered_pair").count() == 1


@pytest.mark.parametrize("side", Side)
def test_who_declines_is_nobodys_business(side: Side) -> None:
    pair = PairFactory(state="approved")
    answer(pair, side, accept=False)
    assert fresh(pair).state == "declined"
    assert fresh(pair).request.state == "open"
    person = pair.offer.person if side is Side.MENTOR else pair.request.person
    event = AuditEvent.objects.get(act="answered_pair")
    assert event.subject == event.actor == person.subject_id


def test_a_proposal_cannot_be_answered() -> None:
    with pytest.raises(ValidationError, match="answered already"):
        answer(PairFactory(), Side.MENTOR)


@pytest.mark.parametrize(("side", "request_state"), [("mentor", "open"), ("mentee", "withdrawn")])
def test_ending_asks_no_reason(
    side: str, request_state: str, django_capture_on_commit_callbacks: Any
) -> None:
    pair = ActivePairFactory()
    with django_capture_on_commit_callbacks(execute=True):
        end_pair(pair=pair, side=Side(side), by=actor())
    ended = fresh(pair)
    assert (ended.state, ended.request.state) == ("ended", request_state)
    assert ended.ended_on is not None
    assert len(mail.outbox) == 2
    with pytest.raises(ValidationError, match="does not meet any more"):
        end_pair(pair=pair, side=Side(side), by=actor())


def test_the_database_starts_no_pair_that_one_side_has_not_accepted() -> None:
    pair = PairFactory(state="approved", mentor_answer="accepted")
    with pytest.raises(IntegrityError), transaction.atomic():
        Pair.objects.filter(pk=pair.pk).update(state="active")


def test_a_mentee_whose_mentor_left_is_paired_anew() -> None:
    pair = ActivePairFactory()
    end_pair(pair=pair, side=Side.MENTOR, by=actor())
    assert MenteeRequest.objects.get(pk=pair.request.pk).state == "open"
    again = PairFactory(run=pair.run, request=fresh(pair).request)
    approve_pair(pair=fresh(again), by=actor())
    mentee = actor(user=again.request.person.user)
    assert own_pair(again.public_id, by=mentee).side is Side.MENTEE


def test_an_unanswered_request_is_not_given_away_twice() -> None:
    request = MenteeRequestFactory()
    run = PairingRunFactory(scheme__hub=request.hub)
    first, second = (PairFactory(run=run, request=request) for _ in range(2))
    approve_pair(pair=fresh(first), by=actor())
    assert "no longer possible" in refused(second)
