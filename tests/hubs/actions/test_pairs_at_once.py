"""Two clicks at the same moment: one of them wins, and nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier, Event
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.models import AuditEvent
from hubs.actions import proposals, requests
from hubs.actions.meetings import log_meeting
from hubs.actions.offers import OFFER_TERMS, save_offer, withdraw_offer
from hubs.actions.pairing_runs import ask_for_run
from hubs.actions.pairs import answer_pair, approve_pair
from hubs.actions.requests import REQUEST_TERMS, save_request, withdraw_request
from hubs.models import Meeting, MenteeRequest, MentorOffer, Pair, PairingRun
from hubs.queries.pairs import Side, all_pairs
from organisations.clock import today
from tests.factories.accounts import actor
from tests.factories.hubs import ActivePairFactory, PairFactory, PairingRunFactory, SchemeFactory

pytestmark = pytest.mark.django_db(transaction=True)
# Long enough for the other thread to come to where it has to wait, or to have gone past it.
A_MOMENT = 0.5


def at_once(*acts: Callable[[], object]) -> list[bool]:
    """Run each act in a thread of its own, all from one starting line; whether each went well."""
    line = Barrier(len(acts))

    def run(act: Callable[[], object]) -> bool:
        line.wait(timeout=20)
        try:
            act()
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_two_leads_approve_one_proposal() -> None:
    pair = PairFactory()
    leads = [actor(), actor()]
    copies = [all_pairs().get(pk=pair.pk) for _ in leads]
    assert at_once(
        lambda: approve_pair(pair=copies[0], by=leads[0]),
        lambda: approve_pair(pair=copies[1], by=leads[1]),
    ) == [False, True]
    assert AuditEvent.objects.filter(act="approved_pair").count() == 2


def test_two_proposals_for_one_last_place() -> None:
    first = PairFactory()
    second = PairFactory(run=first.run, offer=first.offer)
    MentorOffer.objects.update(hours_a_month=Decimal("1.5"))
    lead = actor()
    assert at_once(
        lambda: approve_pair(pair=all_pairs().get(pk=first.pk), by=lead),
        lambda: approve_pair(pair=all_pairs().get(pk=second.pk), by=lead),
    ) == [False, True]
    assert Pair.objects.filter(state="approved").count() == 1


def test_both_sides_accept_at_the_same_moment() -> None:
    pair = PairFactory(state="approved")
    mentor, mentee = (actor(user=p.user) for p in (pair.offer.person, pair.request.person))
    assert at_once(
        lambda: answer_pair(pair=pair, side=Side.MENTOR, accept=True, by=mentor),
        lambda: answer_pair(pair=pair, side=Side.MENTEE, accept=True, by=mentee),
    ) == [True, True]
    pair.refresh_from_db()
    assert pair.state == "active"


def test_a_double_click_logs_one_meeting() -> None:
    pair = ActivePairFactory()
    by = actor(user=pair.offer.person.user)

    def log() -> None:
        log_meeting(pair=pair, held_on=today(), minutes=60, kind="video", state="done", by=by)

    assert at_once(log, log) == [False, True]
    assert Meeting.objects.count() == 1


def test_a_double_click_starts_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    # No worker takes it in between.
    monkeypatch.setattr(proposals, "make_proposals", lambda run_id: None)
    scheme, lead = SchemeFactory(), actor()
    assert at_once(
        lambda: ask_for_run(scheme=scheme, by=lead), lambda: ask_for_run(scheme=scheme, by=lead)
    ) == [True, True]
    assert PairingRun.objects.count() == 1
    assert AuditEvent.objects.filter(act="ran_pairing").count() == 1


class Pause:
    """One act stops in the middle for a moment, and only then the other begins."""

    def __init__(self) -> None:
        self.reached = Event()

    def here(self, *_: object, **__: object) -> None:
        """Stop, and let the other act begin."""
        self.reached.set()
        Event().wait(A_MOMENT)

    def before(self, patch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        """Stop where the first act calls `name` of `owner`."""
        call: Callable[..., object] = getattr(owner, name)

        def stop(*args: Any, **fields: Any) -> object:
            self.here()
            return call(*args, **fields)

        patch.setattr(owner, name, stop)

    def then(self, act: Callable[[], object]) -> Callable[[], object]:
        """Return an act that begins once the first has stopped."""

        def wait() -> None:
            assert self.reached.wait(timeout=20)
            act()

        return wait

    def holding(self, act: Callable[[], object]) -> Callable[[], object]:
        """Return an act that is done, and not yet saved, when the other begins."""

        def hold() -> None:
            with transaction.atomic():
                act()
                self.here()

        return hold


def terms(record: MentorOffer | MenteeRequest, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def test_a_mentee_who_changes_their_request_while_the_pair_starts_stays_paired(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pair, pause = PairFactory(state="approved", mentee_answer="accepted"), Pause()
    mentor, mentee = (actor(user=p.user) for p in (pair.offer.person, pair.request.person))
    asked = MenteeRequest.objects.get()
    pause.before(monkeypatch, MenteeRequest, "full_clean")
    assert at_once(
        lambda: save_request(
            hub=asked.hub, version=1, terms=terms(asked, REQUEST_TERMS), never=None, by=mentee
        ),
        pause.then(lambda: answer_pair(pair=pair, side=Side.MENTOR, accept=True, by=mentor)),
    ) == [True, True]
    asked.refresh_from_db()
    assert (asked.state, asked.version) == ("paired", 2)


def test_an_offer_that_is_withdrawn_while_it_is_changed_stays_withdrawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offer, pause = PairFactory().offer, Pause()
    by = actor(user=offer.person.user)
    pause.before(monkeypatch, MentorOffer, "full_clean")
    assert at_once(
        lambda: save_offer(
            hub=offer.hub, version=1, terms=terms(offer, OFFER_TERMS), never=None, by=by
        ),
        pause.then(lambda: withdraw_offer(offer=offer, by=by)),
    ) == [True, True]
    offer.refresh_from_db()
    assert offer.state == "withdrawn"


def test_a_mentee_withdraws_while_the_mentor_accepts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each waits for the other's record where they take them in another order."""
    pair, pause = PairFactory(state="approved", mentee_answer="accepted"), Pause()
    mentor, mentee = (actor(user=p.user) for p in (pair.offer.person, pair.request.person))
    pause.before(monkeypatch, requests, "close_pairs")
    # The mentor's answer comes to nothing, or comes first and the pair then ends.
    assert at_once(
        lambda: withdraw_request(request=pair.request, by=mentee),
        pause.then(lambda: answer_pair(pair=pair, side=Side.MENTOR, accept=True, by=mentor)),
    ) in ([False, True], [True, True])
    pair.refresh_from_db()
    assert pair.state in ("declined", "ended")
    assert MenteeRequest.objects.get().state == "withdrawn"


def test_a_mentee_withdraws_while_a_lead_approves() -> None:
    """Both heard of the pair, so it did not go ahead: it does not vanish."""
    pair, pause = PairFactory(), Pause()
    proposal, lead = all_pairs().get(), actor()
    mentee = actor(user=pair.request.person.user)
    assert at_once(
        pause.holding(lambda: approve_pair(pair=proposal, by=lead)),
        pause.then(lambda: withdraw_request(request=pair.request, by=mentee)),
    ) == [True, True]
    assert Pair.objects.get().state == "declined"


def test_a_run_is_stored_while_a_lead_approves(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was approved stands; only what nobody has heard of makes way."""
    pair, made, pause = PairFactory(), Event(), Pause()
    proposal, lead = all_pairs().get(), actor()
    run = PairingRunFactory(scheme=pair.run.scheme, state="waiting", figures={})
    store = proposals._store

    def store_later(*args: Any) -> bool:
        made.set()
        assert pause.reached.wait(timeout=20)
        return store(*args)

    monkeypatch.setattr(proposals, "_store", store_later)

    approve = pause.holding(lambda: approve_pair(pair=proposal, by=lead))

    def approve_once_made() -> None:
        assert made.wait(timeout=20)
        approve()

    assert at_once(approve_once_made, lambda: proposals.make_proposals(str(run.public_id))) == [
        True,
        True,
    ]
    assert Pair.objects.get(run=pair.run).state == "approved"
