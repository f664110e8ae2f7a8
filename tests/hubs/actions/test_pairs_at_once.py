"""Two clicks at the same moment: one of them wins, and nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import AuditEvent
from hubs.actions import proposals
from hubs.actions.meetings import log_meeting
from hubs.actions.pairing_runs import ask_for_run
from hubs.actions.pairs import answer_pair, approve_pair
from hubs.models import Meeting, MentorOffer, Pair, PairingRun
from hubs.queries.pairs import Side, all_pairs
from organisations.clock import today
from tests.factories.accounts import actor
from tests.factories.hubs import ActivePairFactory, PairFactory, SchemeFactory

pytestmark = pytest.mark.django_db(transaction=True)


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
