"""A pairing run in words: why each pair, why someone was left without, and how good it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hubs.models import LeftOut, Pair, PairingRun, Scheme
from hubs.models.availability import HALF_DAYS
from hubs.models.interests import Interest
from hubs.models.pair import PairState
from hubs.models.pairing_run import RunState as State
from hubs.models.scheme import SchemeState
from hubs.queries.pairing_runs import count_proposals, is_lost, pairing_figures, runs_of
from models.disclosure import COUNT_FROM

Part = tuple[str, str]


def part_rows(parts: Mapping[str, Mapping[str, Any]]) -> list[Part]:
    """Return (points, why) for each part of a pair's score."""
    words = {
        "interests": _interests,
        "half_days": _half_days,
        "distance": _distance,
        "profession": _profession,
    }
    return [
        (f"{part['points']} of {part['of']}", words[name](part)) for name, part in parts.items()
    ]


def _interests(part: Mapping[str, Any]) -> str:
    shared = [Interest(code).label for code in part["shared"]]
    return f"Interests in common: {', '.join(shared)}" if shared else "No interest in common"


def _half_days(part: Mapping[str, Any]) -> str:
    shared = [HALF_DAYS[code] for code in part["shared"]]
    if not shared:
        return "No half-day in common: they would meet by phone or video at another time"
    return f"Half-days in common: {', '.join(shared)}"


def _distance(part: Mapping[str, Any]) -> str:
    if part["km"] is None:
        return "Distance not known: at least one gave no place"
    return f"About {part['km']} km apart" if part["km"] else "In the same postcode district"


def _profession(part: Mapping[str, Any]) -> str:
    if not part["wanted"]:
        return "No wish for the same profession"
    return "Same profession, as wished" if part["same"] else "Another profession than wished"


def left_out_words(left_out: LeftOut) -> list[str]:
    """Return why a mentee is without a mentor.

    Only time and place are counted, which the lead can read of both sides anyway. Everything else
    is one sentence whatever is behind it: full mentors, the same practice, an earlier pair or a
    never list. Where it is about fewer than COUNT_FROM mentors no sentence has a number, since the
    others would give this one away.
    """
    reasons = left_out.reasons
    mentors, apart, far = reasons["mentors"], reasons["half_days"], reasons["distance"]
    if not mentors:
        return ["No mentor fits this scheme yet."]
    # Whatever else is behind it is one number: told apart, a never list could be read.
    rest = mentors - apart - far
    counted = rest == 0 or rest >= COUNT_FROM
    words = []
    if apart:
        some = _of(apart, mentors, counted)
        words.append(f"No half-day in common with {some}, and not both remote.")
    if far:
        words.append(f"Too far from {_of(far, mentors, counted)}, and not both remote.")
    if rest:
        reached = _of(rest, mentors, counted) if counted else "the mentors in reach"
        words.append(f"Of {reached}, none has a place left or could be paired with this mentee.")
    return words


def _of(some: int, mentors: int, counted: bool) -> str:
    if not counted:
        return "some mentors"
    return f"{some} of {mentors} mentor{'' if mentors == 1 else 's'}"


def figure_rows(run: PairingRun) -> list[tuple[str, str]]:
    """Return a finished run's figures for a summary list."""
    figures = run.figures
    return [
        ("Mentees who wait", f"{figures['mentees']:,}"),
        ("Mentors who fit the scheme", f"{figures['mentors']:,}"),
        ("Their free places", f"{figures['places']:,}"),
        ("Pairs that time and place allow", f"{figures['candidates']:,}"),
        ("Pairs proposed", f"{figures['pairs']:,}"),
        ("Total score", f"{figures['total']:,}"),
        ("Solver's time", f"{figures['seconds']:.2f} seconds"),
    ]


def certificate(run: PairingRun) -> str:
    """Return what is proved of a finished run."""
    if run.figures["proved_optimal"]:
        return (
            "Proved best: no other plan covers more mentees, and none that covers as many has a"
            " higher total score. This was checked apart from the solver."
        )
    return "Not proved best: a better plan may exist. Run the pairing again."


@dataclass(frozen=True)
class RunState:
    """How far a run is; `lost` where its worker must have died."""

    words: str
    colour: str
    sentence: str
    under_way: bool
    done: bool
    figures: list[tuple[str, str]]
    certificate: str
    proposals: int


def run_state(run: PairingRun) -> RunState:
    """Return a run's state in words, with its figures once it is done."""
    done = run.state == State.DONE
    # A worker that died leaves the run as it was; only time tells.
    lost = run.state in (State.WAITING, State.RUNNING) and is_lost(run)
    return RunState(
        words=run.get_state_display(),
        colour={State.DONE: "green", State.FAILED: "red"}.get(State(run.state), "blue"),
        sentence=_sentence(run, lost),
        under_way=run.state in (State.WAITING, State.RUNNING) and not lost,
        done=done,
        figures=figure_rows(run) if done else [],
        certificate=certificate(run) if done else "",
        proposals=count_proposals(run) if done else 0,
    )


def _sentence(run: PairingRun, lost: bool) -> str:
    if lost:
        return "This run stopped on the way and proposed nothing. Run the pairing again."
    match run.state:
        case State.WAITING:
            return "A worker will take this run in a moment."
        case State.RUNNING:
            return "The best plan is being worked out."
        case State.FAILED:
            problem = run.figures.get("problem", "The run stopped on the way.")
            return f"{problem} Nothing was proposed."
    return "Nothing is sent to anyone before you approve it."


@dataclass(frozen=True)
class PairLine:
    """One pair of a run, as the retention lead reads it."""

    pair: Pair
    state: str
    proposed: bool
    parts: list[Part]


def pair_lines(pairs: Iterable[Pair]) -> list[PairLine]:
    """Return the pairs with the parts of each score in words.

    What the two answered is told as one: who declined is nobody's business.
    """
    return [
        PairLine(
            pair=pair,
            state=pair.get_state_display(),
            proposed=pair.state == PairState.PROPOSED,
            parts=part_rows(pair.parts),
        )
        for pair in pairs
    ]


def left_out_lines(left_out: Iterable[LeftOut]) -> list[tuple[str, list[str]]]:
    """Return (name, reasons) of everyone who was left without."""
    return [(each.request.person.name, left_out_words(each)) for each in left_out]


@dataclass(frozen=True)
class PairingPage:
    """What a lead reads before running a pairing."""

    scheme: Scheme
    is_open: bool
    rows: list[tuple[str, str]]
    runs: list[PairingRun]


def pairing_page(scheme: Scheme) -> PairingPage:
    """Return what waits to be paired in a scheme, and its last runs."""
    before = pairing_figures(scheme)
    rows = [
        ("Mentees who wait", f"{before.mentees:,}"),
        ("Mentors with an open offer", f"{before.mentors:,}"),
        ("Of them, fit this scheme", f"{before.fitting:,}"),
        ("Their free places", f"{before.places:,}"),
        ("Places left in the scheme", f"{before.scheme_places:,}"),
    ]
    is_open = scheme.state == SchemeState.OPEN
    # The last ten: older runs were replaced by newer ones.
    return PairingPage(scheme, is_open, rows, list(runs_of(scheme)[:10]))
