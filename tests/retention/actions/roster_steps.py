"""Steps of a roster for tests: upload and load as a practice manager would, worker included."""

from collections.abc import Mapping
from typing import Any

from accounts.actor import Actor
from organisations.models import Organisation
from retention.actions.roster_runs import confirm_roster, start_roster
from retention.models import RosterRun
from tests.factories.rosters import roster_csv


def uploaded(
    by: Actor, practice: Organisation, *rows: Mapping[str, str], **terms: Any
) -> RosterRun:
    """Upload rows in the template's columns; with `commits` the worker has checked them."""
    run = start_roster(by=by, practice=practice, name="staff.csv", data=roster_csv(*rows), **terms)
    run.refresh_from_db()
    return run


def loaded(by: Actor, run: RosterRun, **endings: Any) -> RosterRun:
    """Confirm a roster, and return it as the worker left it."""
    confirm_roster(by=by, run=run, **endings)
    run.refresh_from_db()
    return run


def outcomes(run: RosterRun) -> list[str]:
    """Return what would become of each row."""
    return [row["outcome"] for row in run.report["rows"]]


def row_of(run: RosterRun, line: int = 2) -> dict[str, Any]:
    """Return a row of the report."""
    found: dict[str, Any] = next(row for row in run.report["rows"] if row["line"] == line)
    return found
