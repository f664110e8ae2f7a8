"""Makes the proposals of a pairing run: all of them at once, or none."""

from django.db import transaction

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from hubs.actions.pairs import drop_proposals
from hubs.comparison import TooManyCandidates
from hubs.models import LeftOut, Pair, PairingRun
from hubs.models.pairing_run import RunState
from hubs.queries.candidates import Candidates, candidates
from models.pairing import Pairing, PairingError, pairing_problem, solve

# Rows in one statement: more would pass the number of values that SQLite takes.
_BATCH = 2_000


def make_proposals(run_id: str) -> None:
    """Pair for the run that waits under `run_id`; does nothing unless it waits.

    The figures are made outside any transaction; a worker that dies leaves no half run behind.
    """
    waiting = PairingRun.objects.filter(public_id=run_id, state=RunState.WAITING)
    # The claim: of two workers with the same task one changes the row.
    if not waiting.update(state=RunState.RUNNING):
        return
    run = PairingRun.objects.select_related("scheme__hub", "scheme__area").get(public_id=run_id)
    stored = False
    try:
        stored = _pair(run)
    # What the lead can do something about is said on the page; any other fault is the log's.
    except (TooManyCandidates, PairingError) as problem:
        PairingRun.objects.filter(pk=run.pk).update(figures={"problem": str(problem)})
    finally:
        # A stopped worker too: else the scheme would seem busy until the run counts as lost.
        if not stored:
            running = PairingRun.objects.filter(pk=run.pk, state=RunState.RUNNING)
            running.update(state=RunState.FAILED)


def _pair(run: PairingRun) -> bool:
    found = candidates(run.scheme)
    problem = pairing_problem(
        mentees=[str(row["public_id"]) for row in found.mentees],
        mentors=[str(row["public_id"]) for row in found.mentors],
        places=found.capacity,
        pair_mentee=found.found.mentee,
        pair_mentor=found.found.mentor,
        score=found.found.score,
    )
    pairing = solve(problem)
    pairs, left_out = _rows(run, found, pairing)
    return _store(run, pairs, left_out, _figures(found, pairing))


def _figures(found: Candidates, pairing: Pairing) -> dict[str, object]:
    """What the run page tells. `candidates` are the pairs that time and place allow: to count
    those that are left would tell how many a never list took away."""
    mentees, mentors = len(found.mentees), len(found.mentors)
    out_of_reach = found.found.no_half_day.sum() + found.found.too_far.sum()
    return {
        "mentees": mentees,
        "mentors": mentors,
        "places": int(found.capacity.sum()),
        "candidates": mentees * mentors - int(out_of_reach),
        "pairs": len(pairing.pairs),
        "total": pairing.total,
        "seconds": round(pairing.seconds["all"], 3),
        "proved_optimal": pairing.proved_optimal,
    }


def _rows(run: PairingRun, found: Candidates, pairing: Pairing) -> tuple[list[Pair], list[LeftOut]]:
    """The records to store. Reasons count only what both sides openly say of time and place."""
    mentees = {str(row["public_id"]): row for row in found.mentees}
    mentors = {str(row["public_id"]): row for row in found.mentors}
    pairs = [
        Pair(
            run=run,
            offer_id=mentors[pair.mentor]["pk"],
            request_id=mentees[pair.mentee]["pk"],
            score=pair.score,
            parts=found.parts(mentees[pair.mentee], mentors[pair.mentor]),
        )
        for pair in pairing.pairs
    ]
    paired = {pair.mentee for pair in pairing.pairs}
    left_out = [
        LeftOut(
            run=run,
            request_id=row["pk"],
            reasons={
                "mentors": len(found.mentors),
                "half_days": int(found.found.no_half_day[place]),
                "distance": int(found.found.too_far[place]),
            },
        )
        for place, row in enumerate(found.mentees)
        if str(row["public_id"]) not in paired
    ]
    return pairs, left_out


@transaction.atomic
def _store(
    run: PairingRun, pairs: list[Pair], left_out: list[LeftOut], figures: dict[str, object]
) -> bool:
    """Store a run that nobody has given up meanwhile; older proposals of the scheme make way.

    One audit row for the run, none on a person: nobody is told of a proposal before it is approved.
    """
    running = PairingRun.objects.filter(pk=run.pk, state=RunState.RUNNING)
    if not running.update(state=RunState.DONE, figures=figures):
        return False
    # What was approved stands: people know of it. Only what nobody has heard of makes way.
    drop_proposals(Pair.objects.filter(run__in=PairingRun.objects.filter(scheme=run.scheme)))
    # Only the newest run says who is without: an older list would name people who are paired.
    LeftOut.objects.filter(run__scheme=run.scheme).delete()
    Pair.objects.bulk_create(pairs, batch_size=_BATCH)
    LeftOut.objects.bulk_create(left_out, batch_size=_BATCH)
    audit.record(
        by=Actor.task("run_pairing"), act=Act.PROPOSED_PAIR, thing=f"pairing_run:{run.public_id}"
    )
    return True
