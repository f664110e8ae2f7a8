"""An upload in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from retention.actions.import_runs import BETWEEN, is_lost
from retention.models.import_run import ImportRun, ImportState, ImportStep
from retention.presenters.outlook import plural

FORMATS = {
    "practice_map": "Practice map",
    "practice_level": "Practice-level workforce file",
    "postcode_districts": "Postcode districts",
    "registered_patients": "Registered patients by age",
    "deprivation": "Deprivation by practice",
    "practice_rurality": "Rurality by practice",
    "network_workforce": "Network workforce file",
    "practice_roles": "Practice-level workforce file, high level",
    "individual_level": "Individual-level workforce file",
    "bulletin": "Bulletin tables",
    "network_history": "Networks and their practices with dates",
    "practice_dates": "Practices with opening and closing dates",
    "practice_successors": "Mergers of practices",
    "": "Not recognised",
}
REJECTIONS_SHOWN = 50
# A check reads and compares; a load reads and stores.
STEPS: Mapping[str, int] = {ImportStep.READING: 1, ImportStep.COMPARING: 2, ImportStep.STORING: 2}
LAST_STEP = 2
COLOURS = {
    ImportState.READY: "blue",
    ImportState.LOADED: "green",
    ImportState.REFUSED: "red",
    ImportState.FAILED: "red",
}


@dataclass(frozen=True)
class FilePresentation:
    """One table of an upload."""

    title: str
    counts: dict[str, Any]
    rejected: list[dict[str, Any]]
    rejected_more: int
    warnings: list[str]


@dataclass(frozen=True)
class RunPresentation:
    """What a page shows of an upload, and which answers it offers."""

    run: ImportRun
    state: str
    colour: str
    sentence: str
    files: list[FilePresentation]
    is_under_way: bool
    step: str
    step_number: int
    is_lost: bool
    can_confirm: bool
    can_drop: bool


def present_run(run: ImportRun) -> RunPresentation:
    """Return the upload as its page shows it."""
    state = ImportState(run.state)
    return RunPresentation(
        run=run,
        state=state.label,
        colour=COLOURS.get(state, "grey"),
        sentence=_sentence(run, state),
        files=[_file(report) for report in run.report.get("files", [])],
        is_under_way=state in BETWEEN,
        step=_step(run),
        step_number=STEPS.get(run.step, 0),
        is_lost=is_lost(run),
        can_confirm=state == ImportState.READY and _would_change(run),
        # While it loads there is nothing yet to take back; afterwards it is the record.
        can_drop=state not in (ImportState.LOADING, ImportState.LOADED),
    )


def present_runs(runs: Iterable[ImportRun]) -> list[RunPresentation]:
    """Return a list of uploads as the list shows them."""
    return [present_run(run) for run in runs]


def _step(run: ImportRun) -> str:
    """Return how far a worker is, in words."""
    if run.step not in STEPS:
        return "Waiting for its turn"
    words = ImportStep(run.step).label
    rows = "" if run.rows_read is None else f": {plural(run.rows_read, 'row')}"
    return f"Step {STEPS[run.step]} of {LAST_STEP}: {words.lower()}{rows}"


def _would_change(run: ImportRun) -> bool:
    return any(file["created"] or file["changed"] for file in run.report.get("files", []))


def _sentence(run: ImportRun, state: ImportState) -> str:
    if is_lost(run):
        return "This takes longer than it should. Nothing is lost: ask for it again."
    match state:
        case ImportState.CHECKING:
            return "The file is being checked. You can leave this page and come back."
        case ImportState.LOADING:
            return "The file is being loaded. You can leave this page and come back."
        case ImportState.READY if not _would_change(run):
            return "The record already holds all of this. There is nothing to load."
        case ImportState.READY:
            return "The file is good. Look at what would change, then load it."
        case ImportState.LOADED:
            return "The whole file is in the record."
        case _ if _lists_faults(run):
            return "Nothing of this file was stored. Mend what is listed, then upload it again."
        case _:
            return "Nothing of this file was stored. Upload it again."


def _lists_faults(run: ImportRun) -> bool:
    # A worker that stopped lists nothing: there is nothing to mend.
    return any(file["rejected"] for file in run.report.get("files", []))


def _file(report: dict[str, Any]) -> FilePresentation:
    rows = ("rows", "created", "changed", "unchanged")
    counts = {name.capitalize(): report[name] for name in rows}
    return FilePresentation(
        title=FORMATS.get(report["format"], report["format"]),
        counts={**counts, "Rejected": len(report["rejected"])},
        rejected=report["rejected"][:REJECTIONS_SHOWN],
        rejected_more=max(0, len(report["rejected"]) - REJECTIONS_SHOWN),
        warnings=report["warnings"],
    )
