"""The retention lead's pairing: run it, read the proposals, approve or dismiss them."""

from http import HTTPStatus
from uuid import UUID

from ninja import Query, Router, Status

from accounts.access import fetch
from accounts.api_auth import HEAVY_REQUEST
from accounts.api_errors import answers
from accounts.api_types import Page, Paging
from accounts.http import Request
from accounts.permissions import Permission
from hubs.actions.pairing_runs import ask_for_run
from hubs.actions.pairs import approve_pair, approve_pairs, dismiss_pair
from hubs.api.mentoring_schemas import ApprovedOut, LeftOutOut, ProposalOut, RunOut
from hubs.api.people import record_names
from hubs.models import Pair, PairingRun
from hubs.presenters.pairing import left_out_words
from hubs.queries.pairing_runs import all_runs, left_out_of, pairs_of, runs_of
from hubs.queries.pairs import all_pairs
from hubs.queries.schemes import all_schemes

router = Router(tags=["Pairing"])


@router.get("/schemes/{scheme_id}/runs", response=answers(Page[RunOut]), summary="List runs")
def list_runs(request: Request, scheme_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """The pairing runs of a scheme, newest first."""
    scheme = fetch(request.actor, Permission.SEE_MENTORING, all_schemes(), public_id=scheme_id)
    items, count = paging.of(runs_of(scheme))
    return {"items": items, "count": count}


@router.post(
    "/schemes/{scheme_id}/runs",
    response=answers(RunOut, 202),
    summary="Run the pairing",
    # The solver takes seconds of a worker, and a loop that asks would keep it from others.
    throttle=[HEAVY_REQUEST],
)
def run_scheme_pairing(request: Request, scheme_id: UUID) -> Status[PairingRun]:
    """Have a worker pair the scheme's mentees; asked twice, the run under way is returned."""
    scheme = fetch(request.actor, Permission.EDIT_PAIRINGS, all_schemes(), public_id=scheme_id)
    return Status(HTTPStatus.ACCEPTED, ask_for_run(scheme=scheme, by=request.actor))


@router.get("/runs/{run_id}", response=answers(RunOut), summary="Read a run")
def get_run(request: Request, run_id: UUID) -> PairingRun:
    """How far a run is, and its figures once it is done."""
    return _run(request, run_id, Permission.SEE_MENTORING)


@router.get("/runs/{run_id}/pairs", response=answers(Page[ProposalOut]), summary="List proposals")
def list_proposals(request: Request, run_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """The pairs of a run, the highest score first, with its parts; reading is audited."""
    run = _run(request, run_id, Permission.SEE_MENTORING)
    items, count = paging.of(pairs_of(run))
    # Of the part that is shown: who is on the next page was not read.
    people = [person for pair in items for person in (pair.offer.person, pair.request.person)]
    record_names(people, f"pairing_run:{run.public_id}", by=request.actor)
    return {"items": items, "count": count}


@router.get(
    "/runs/{run_id}/left-out", response=answers(Page[LeftOutOut]), summary="List who was left out"
)
def list_left_out(request: Request, run_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """The mentees whom a run left without a mentor, and why; reading is audited."""
    run = _run(request, run_id, Permission.SEE_MENTORING)
    items, count = paging.of(left_out_of(run))
    people = [left_out.request.person for left_out in items]
    record_names(people, f"pairing_run:{run.public_id}", by=request.actor)
    rows = [
        {"mentee": left_out.request.person.name, "reasons": left_out_words(left_out)}
        for left_out in items
    ]
    return {"items": rows, "count": count}


@router.post(
    "/runs/{run_id}/approve", response=answers(ApprovedOut), summary="Approve all proposals"
)
def approve_run(request: Request, run_id: UUID) -> dict[str, int]:
    """Approve every proposal of a run, or none; everyone in them gets one neutral mail."""
    run = _run(request, run_id, Permission.EDIT_PAIRINGS)
    return {"approved": approve_pairs(run=run, by=request.actor)}


@router.post("/pairs/{pair_id}/approve", response=answers(ProposalOut), summary="Approve a pair")
def approve_proposal(request: Request, pair_id: UUID) -> Pair:
    """Approve one proposal; both sides get one neutral mail and may decline."""
    pair = _pair(request, pair_id)
    approve_pair(pair=pair, by=request.actor)
    return _shown(request, pair_id)


@router.post("/pairs/{pair_id}/dismiss", response=answers(ProposalOut), summary="Dismiss a pair")
def dismiss_proposal(request: Request, pair_id: UUID) -> Pair:
    """Drop one proposal; nobody is told, and this hub does not propose it again."""
    pair = _pair(request, pair_id)
    dismiss_pair(pair=pair, by=request.actor)
    return _shown(request, pair_id)


def _run(request: Request, run_id: UUID, permission: Permission) -> PairingRun:
    return fetch(request.actor, permission, all_runs(), public_id=run_id)


def _pair(request: Request, pair_id: UUID) -> Pair:
    return fetch(request.actor, Permission.EDIT_PAIRINGS, all_pairs(), public_id=pair_id)


def _shown(request: Request, pair_id: UUID) -> Pair:
    """Return the pair as it is now; its two names are read, so that is audited.

    On the run, as its page does: a dismissed pair's own id would tell the two of it.
    """
    pair = _pair(request, pair_id)
    people = (pair.offer.person, pair.request.person)
    record_names(people, f"pairing_run:{pair.run.public_id}", by=request.actor)
    return pair
