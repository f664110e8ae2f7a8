"""A practice's rosters in words: what would happen, what happened, what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from retention.actions.roster_after import can_undo
from retention.actions.roster_runs import BETWEEN, OPEN, is_lost
from retention.models import RosterConfirmation, RosterRun
from retention.models.post import PostRole
from retention.models.roster_run import RosterState
from retention.presenters.session_grid import date_words

ROWS_A_PAGE = 50
COLOURS = {
    RosterState.COLUMNS: "blue",
    RosterState.READY: "blue",
    RosterState.LOADED: "green",
    RosterState.FAILED: "red",
}
# In the order of what needs somebody first.
OUTCOMES: Mapping[str, tuple[str, str]] = {
    "ask": ("To be answered", "yellow"),
    "rejected": ("Rejected", "red"),
    "created": ("New", "green"),
    "changed": ("Changed", "blue"),
    "ended": ("Ends", "purple"),
    "unchanged": ("No change", "grey"),
}
SENTENCES: Mapping[RosterState, str] = {
    RosterState.COLUMNS: (
        "Say what the columns are. It is remembered for the next file like this one."
    ),
    RosterState.CHECKING: "The roster is being checked. You can leave this page and come back.",
    RosterState.READY: "Nothing is stored yet. Look at what would happen, then load it.",
    RosterState.LOADING: "The roster is being loaded. You can leave this page and come back.",
    RosterState.LOADED: "All good rows are in the record.",
}
LOADED_AS = {"created": "New", "changed": "Changed", "ended": "Ended"}


@dataclass(frozen=True)
class RowWords:
    """A row of the preview."""

    line: int
    name: str
    role: str
    outcome: str
    colour: str
    text: str


@dataclass(frozen=True)
class RosterWords:
    """What a page shows of a roster, and which answers it offers."""

    run: RosterRun
    state: str
    colour: str
    sentence: str
    counts: tuple[tuple[str, int], ...]
    filters: tuple[tuple[str, str], ...]
    questions: tuple[dict[str, Any], ...]
    absent: tuple[tuple[str, str], ...]
    kept: tuple[str, ...]
    notice: str
    percent: int
    is_under_way: bool
    is_loading: bool
    is_lost: bool
    needs_columns: bool
    can_confirm: bool
    can_drop: bool
    can_undo: bool
    waits: bool
    has_rejects: bool


def present_roster(run: RosterRun) -> RosterWords:
    """Return a roster as its page shows it."""
    state = RosterState(run.state)
    counts = run.report.get("counts", {})
    is_ready = state == RosterState.READY
    would_change = any(counts.get(each) for each in LOADED_AS)
    return RosterWords(
        run=run,
        state=state.label,
        colour=COLOURS.get(state, "grey"),
        sentence=_sentence(run, state, would_change),
        counts=_counts(run),
        filters=tuple((key, words) for key, (words, _) in OUTCOMES.items() if counts.get(key)),
        questions=tuple(_rows(run, "ask")) if is_ready else (),
        absent=_absent(run) if is_ready else (),
        kept=tuple(run.report.get("kept", ())),
        notice=_notice(run),
        percent=_percent(run),
        is_under_way=state in BETWEEN,
        is_loading=state == RosterState.LOADING,
        is_lost=is_lost(run),
        needs_columns=state == RosterState.COLUMNS,
        can_confirm=is_ready and (would_change or bool(run.report.get("absent"))),
        can_drop=state in OPEN,
        can_undo=can_undo(run),
        waits=state == RosterState.LOADED and bool(run.journal) and not _has_notice(run),
        # The rows go once they are loaded, sooner than the report that counts them.
        has_rejects=bool(run.rows) and bool(_rows(run, "ask", "rejected")),
    )


def preview_rows(run: RosterRun, show: str, page: str) -> "Page[Any]":
    """Return a page of the rows with the outcome `show`, or of all, what needs somebody first."""
    order = list(OUTCOMES)
    rows = [row for row in run.report.get("rows", []) if show in ("", row["outcome"])]
    rows.sort(key=lambda row: (order.index(row["outcome"]), row["line"]))
    found = Paginator(rows, ROWS_A_PAGE).get_page(page)
    found.object_list = [_row(row) for row in found.object_list]
    return found


def present_rosters(runs: Iterable[RosterRun]) -> list[tuple[RosterRun, str, str]]:
    """Return uploads for a list: each with its state in words and its colour."""
    states = [(run, RosterState(run.state)) for run in runs]
    return [(run, state.label, COLOURS.get(state, "grey")) for run, state in states]


def confirmed_words(confirmation: RosterConfirmation | None) -> str:
    """Return when the practice last said how it stands."""
    if confirmation is None:
        return "Your practice has not confirmed its staff here yet."
    return f"Your practice last confirmed its staff on {date_words(confirmation.confirmed_on)}."


def _row(row: Mapping[str, Any]) -> RowWords:
    words, colour = OUTCOMES[row["outcome"]]
    return RowWords(
        line=row["line"],
        name=row["name"] or f"Line {row['line']}",
        role=PostRole(row["role"]).label if row["role"] else "",
        outcome=words,
        colour=colour,
        text=" ".join([row["reason"], *row["details"]]).strip(),
    )


def _rows(run: RosterRun, *outcomes: str) -> list[dict[str, Any]]:
    return [row for row in run.report.get("rows", []) if row["outcome"] in outcomes]


def _percent(run: RosterRun) -> int:
    return round(100 * run.done / run.total) if run.total else 0


def _counts(run: RosterRun) -> tuple[tuple[str, int], ...]:
    """Return how many rows there are of each outcome, and how many posts ended beside them."""
    counts = {words: run.report.get("counts", {}).get(key) for key, (words, _) in OUTCOMES.items()}
    counts["Ended, not in the file"] = run.report.get("ended")
    return tuple((words, count) for words, count in counts.items() if count)


def _absent(run: RosterRun) -> tuple[tuple[str, str], ...]:
    return tuple(
        (item["post"], f"{item['name']}, {PostRole(item['role']).label}")
        for item in run.report.get("absent", [])
    )


def _has_notice(run: RosterRun) -> bool:
    return run.agreement is not None and run.told_on is not None


def _notice(run: RosterRun) -> str:
    if run.agreement is None or run.told_on is None:
        return "No agreement and notice named: its rows wait, and no figure counts them."
    return f"{run.agreement.purpose} ({run.agreement.hub.name}); told on {date_words(run.told_on)}."


def _sentence(run: RosterRun, state: RosterState, would_change: bool) -> str:
    if is_lost(run):
        return "This takes longer than it should. Nothing is lost: ask for it again."
    if run.message:
        return run.message
    if state == RosterState.READY and not would_change:
        counts = run.report.get("counts", {})
        # "Holds all of this" would be untrue of a file of which nothing could be read.
        if counts.get("rejected") and not counts.get("unchanged"):
            return "No row can be loaded as it is. Each says below what is wrong with it."
        return "The record already holds all of this that can be loaded."
    if state == RosterState.UNDONE:
        return _undone(run)
    return SENTENCES.get(state, "Nothing of this roster was stored.")


def _undone(run: RosterRun) -> str:
    count = run.report.get("undone", 0)
    return f"Undone for {count} {'person' if count == 1 else 'people'}."
