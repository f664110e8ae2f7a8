"""A run stores all of its proposals or none, the same whatever the order of the rows."""

import json
import uuid
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from accounts.models import AuditEvent
from hubs import comparison
from hubs.actions import proposals
from hubs.actions.pairing_runs import ask_for_run
from hubs.actions.proposals import make_proposals
from hubs.models import LeftOut, MenteeRequest, MentorOffer, Pair, PairingRun, Scheme
from models.pairing import solve
from retention.models import Person
from tests.factories.accounts import actor
from tests.factories.hubs import (
    MenteeRequestFactory,
    MentorOfferFactory,
    NeverEntryFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
)
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db

HALF_DAYS = ("0am", "1pm", "2am", "3pm")
INTERESTS = ("career", "teaching", "research")


def waiting(scheme: Scheme) -> str:
    return str(PairingRunFactory(scheme=scheme, state="waiting", figures={}).public_id)


def a_hub(seed: int, order: int) -> Scheme:
    """Five mentors and eight mentees drawn by `seed`, their rows made in an order by `order`."""
    # Public ids are drawn too, so the same people cannot be there twice.
    MentorOffer.objects.all().delete()
    MenteeRequest.objects.all().delete()
    draw = Random(seed)
    hub = HubFactory()
    rows: list[tuple[Any, dict[str, Any]]] = [
        (
            factory,
            {
                "public_id": uuid.UUID(int=draw.getrandbits(128)),
                "half_days": sorted(draw.sample(HALF_DAYS, 2)),
                "interests": sorted(draw.sample(INTERESTS, 2)),
                "remote": draw.random() < 0.7,
                **more,
            },
        )
        for factory, more, times in (
            (MentorOfferFactory, {"hours_a_month": Decimal("1.5")}, 5),
            (MenteeRequestFactory, {}, 8),
        )
        for _ in range(times)
    ]
    Random(order).shuffle(rows)
    for factory, fields in rows:
        factory(hub=hub, **fields)
    scheme: Scheme = SchemeFactory(hub=hub)
    return scheme


def outcome(scheme: Scheme) -> bytes:
    """All that a run says, by public ids."""
    run = PairingRun.objects.get(scheme=scheme)
    pairs = Pair.objects.filter(run=run).order_by("request__public_id")
    left_out = LeftOut.objects.filter(run=run).order_by("request__public_id")
    figures = {name: figure for name, figure in run.figures.items() if name != "seconds"}
    kept = {
        "figures": figures,
        "pairs": list(
            pairs.values_list("request__public_id", "offer__public_id", "score", "parts")
        ),
        "left_out": list(left_out.values_list("request__public_id", "reasons")),
    }
    return json.dumps(kept, default=str).encode()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_proposals_do_not_depend_on_the_order_of_rows(seed: int) -> None:
    outcomes = set()
    for order in (1, 2):
        scheme = a_hub(seed, order)
        make_proposals(waiting(scheme))
        outcomes.add(outcome(scheme))
    assert len(outcomes) == 1
    assert json.loads(outcomes.pop())["figures"]["pairs"] > 0


def test_year_of_birth_changes_nothing() -> None:
    outcomes = set()
    for year in (1950, 1995, None):
        scheme = a_hub(4, 1)
        Person.objects.update(year_of_birth=year)
        make_proposals(waiting(scheme))
        outcomes.add(outcome(scheme))
    assert len(outcomes) == 1


def test_a_run_from_asking_to_proposals(django_capture_on_commit_callbacks: Any) -> None:
    offer = MentorOfferFactory()
    request = MenteeRequestFactory(hub=offer.hub)
    with django_capture_on_commit_callbacks(execute=True):
        run = ask_for_run(scheme=SchemeFactory(hub=offer.hub), by=actor())
    run.refresh_from_db()
    pair = Pair.objects.get()
    assert (run.state, pair.state) == ("done", "proposed")
    assert (pair.offer, pair.request) == (offer, request)
    assert pair.score == sum(part["points"] for part in pair.parts.values())
    assert run.figures["proved_optimal"] is True
    assert (run.figures["places"], run.figures["candidates"]) == (4, 1)
    event = AuditEvent.objects.get(act="proposed_pair")
    # Nobody hears of a proposal before it is approved, not even in "Who looked".
    assert (event.subject, event.system) == (None, "run_pairing")


def test_most_mentees_are_covered_before_scores_count() -> None:
    scheme = SchemeFactory()
    popular = MentorOfferFactory(hub=scheme.hub, hours_a_month=Decimal("1.5"))
    MentorOfferFactory(
        hub=scheme.hub, hours_a_month=Decimal("1.5"), remote=False, district="", half_days=["5eve"]
    )
    only_popular, flexible = (
        MenteeRequestFactory(hub=scheme.hub, interests=interests)
        for interests in ([], ["career", "teaching"])
    )
    second = MentorOfferFactory(hub=scheme.hub, hours_a_month=Decimal("1.5"), interests=[])
    NeverEntryFactory(owner=only_popular.person, email=second.person.user.email)
    make_proposals(waiting(scheme))
    found = dict(Pair.objects.values_list("request", "offer"))
    assert found == {only_popular.pk: popular.pk, flexible.pk: second.pk}


def test_reasons_count_time_and_place_alone() -> None:
    scheme = SchemeFactory()
    MentorOfferFactory(hub=scheme.hub, remote=False, half_days=["5eve"])
    MentorOfferFactory(hub=scheme.hub, remote=False, half_days=["0am"])
    never = MentorOfferFactory(hub=scheme.hub)
    mentee = MenteeRequestFactory(hub=scheme.hub)
    NeverEntryFactory(owner=mentee.person, email=never.person.user.email)
    make_proposals(waiting(scheme))
    assert LeftOut.objects.get().reasons == {"mentors": 3, "half_days": 1, "distance": 1}


def test_never_lists_change_no_reason_that_anyone_reads() -> None:
    """All full, or all on a never list, or on it by an address they gave up: the same bytes."""
    outcomes = []
    for case, all_full in enumerate((True, False, False)):
        scheme = SchemeFactory(hub=HubFactory())
        offer = MentorOfferFactory(
            hub=scheme.hub,
            public_id=uuid.UUID(int=1 + 10 * case),
            hours_a_month=Decimal(1) if all_full else Decimal(6),
        )
        mentee = MenteeRequestFactory(hub=scheme.hub)
        if not all_full:
            NeverEntryFactory(owner=offer.person, email=mentee.person.user.email)
        if case == 2:
            mentee.person.user.email = "elsewhere@example.org"
            mentee.person.user.save()
        make_proposals(waiting(scheme))
        left_out = LeftOut.objects.get(run__scheme=scheme)
        run = left_out.run
        outcomes.append((left_out.reasons, run.figures["candidates"], run.figures["mentors"]))
    assert not Pair.objects.exists()
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_a_run_is_made_once() -> None:
    scheme = a_hub(5, 1)
    run = waiting(scheme)
    make_proposals(run)
    before = set(Pair.objects.values_list("pk", flat=True))
    make_proposals(run)
    assert set(Pair.objects.values_list("pk", flat=True)) == before


def test_a_new_run_replaces_what_was_not_decided() -> None:
    scheme = a_hub(6, 1)
    make_proposals(waiting(scheme))
    dismissed = Pair.objects.all()[0]
    Pair.objects.filter(pk=dismissed.pk).update(state="dismissed")
    first = PairingRun.objects.get()
    make_proposals(waiting(scheme))
    assert list(Pair.objects.filter(run=first)) == [dismissed]
    assert not LeftOut.objects.filter(run=first).exists()


def test_too_many_candidates_fail_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "MOST_CANDIDATES", 0)
    scheme = a_hub(7, 1)
    make_proposals(waiting(scheme))
    run = PairingRun.objects.get()
    assert (run.state, Pair.objects.count()) == ("failed", 0)
    assert "a scheme for each ICB" in run.figures["problem"]


class WorkerKilled(BaseException):
    """As the signal that stops a worker."""


@pytest.mark.parametrize("step", ["solve", "_rows", "_store"])
def test_a_killed_worker_leaves_nothing_behind(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: object) -> None:
        raise WorkerKilled

    scheme = a_hub(8, 1)
    PairFactory(run=PairingRunFactory(scheme=scheme))
    monkeypatch.setattr(proposals, step, killed)
    run = waiting(scheme)
    with pytest.raises(WorkerKilled):
        make_proposals(run)
    assert PairingRun.objects.get(public_id=run).state == "failed"
    assert Pair.objects.count() == 1


def test_a_run_given_up_meanwhile_stores_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = a_hub(9, 1)
    run = waiting(scheme)

    def slow(problem: Any) -> Any:
        PairingRun.objects.update(state="failed")
        return solve(problem)

    monkeypatch.setattr(proposals, "solve", slow)
    make_proposals(run)
    assert not Pair.objects.exists()
    assert not AuditEvent.objects.filter(act="proposed_pair").exists()


def test_nobody_waits() -> None:
    scheme = SchemeFactory()
    make_proposals(waiting(scheme))
    run = PairingRun.objects.get()
    assert (run.state, run.figures["pairs"], run.figures["proved_optimal"]) == ("done", 0, True)
