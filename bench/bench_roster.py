"""Times the preview and the load of a roster of 5,000 people, beside parsing the same file.

In processor seconds, SQLite included: what else runs on the machine is no fault of ours. With
PostgreSQL the server's own seconds come on top.

`python -m bench.bench_roster`
"""

import csv
import io
import sys
import tempfile
from time import process_time
from typing import TYPE_CHECKING

from bench.bench_dashboard import start

if TYPE_CHECKING:
    from accounts.actor import Actor
    from organisations.models import Organisation
    from retention.models import RosterRun

PEOPLE = 5_000
RUNS = 3
# The preview's limit, in processor seconds.
LIMIT = 3.0
DAYS = ("MON", "TUE", "WED", "THU", "FRI")


def roster(*, sessions: int) -> str:
    """Return a roster with numbers, contracts and half-days for everyone."""
    half_days = [f"{day}_{part}" for day in DAYS for part in ("AM", "PM")]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(
        ["EMPLOYEE_NUMBER", "REGISTRATION_NUMBER", "NAME", "STAFF_ROLE", "YEAR_OF_BIRTH",
         "CONTRACTED_SESSION", "START_DATE_CONTRACT", *half_days]
    )  # fmt: skip
    for number in range(PEOPLE):
        week = ["clinical" if (number + place) % 3 else "" for place in range(len(half_days))]
        writer.writerow(
            [f"E{number}", f"{1_000_000 + number}", f"Person Number {number}", "Salaried GP",
             1960 + number % 40, sessions, "2020-04-01", *week]
        )  # fmt: skip
    return file.getvalue()


def floor(text: str) -> float:
    """Parse the file by the csv module and no more; return seconds."""
    began = process_time()
    rows = list(csv.reader(io.StringIO(text)))
    seconds = process_time() - began
    assert len(rows) == PEOPLE + 1
    return seconds


def preview(by: "Actor", practice: "Organisation", text: str) -> "tuple[float, RosterRun]":
    """Upload and check a roster, in place of the worker; return seconds and the roster."""
    from retention.actions.roster_runs import start_roster
    from retention.actions.roster_work import check_roster

    began = process_time()
    run = start_roster(by=by, practice=practice, name="staff.csv", data=text.encode())
    check_roster(str(run.public_id))
    seconds = process_time() - began
    run.refresh_from_db()
    return seconds, run


def load(by: "Actor", run: "RosterRun") -> float:
    """Load a checked roster; return seconds."""
    from retention.actions.roster_runs import confirm_roster
    from retention.actions.roster_work import load_roster

    began = process_time()
    confirm_roster(by=by, run=run)
    load_roster(str(run.public_id))
    seconds = process_time() - began
    run.refresh_from_db()
    if run.state != "loaded":
        sys.exit(f"The roster was not loaded: {run.message}")
    return seconds


def undo(by: "Actor", run: "RosterRun") -> float:
    """Undo a loaded roster; return seconds."""
    from retention.actions.roster_after import undo_roster

    began = process_time()
    undone, kept = undo_roster(by=by, run=run)
    if kept or undone != PEOPLE:
        sys.exit("The roster was not undone.")
    return process_time() - began


def manager() -> "tuple[Actor, Organisation]":
    """Return a practice with its manager."""
    from accounts.actor import Actor, Door
    from accounts.models import RoleGrant, User
    from organisations.clock import today
    from organisations.models import Organisation

    practice = Organisation.objects.create(code="Y99999", kind="practice", name="A large one")
    user = User.objects.create(email="manager@bench.example", name="A manager")
    role = RoleGrant.objects.create(
        user=user, role="practice_manager", organisation=practice, starts_on=today()
    )
    return Actor(user=user, role=role, door=Door.PAGE), practice


def main() -> int:
    """Print the table; fail where a preview takes longer than its limit."""
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        by, practice = manager()
        text = roster(sessions=6)
        least = min(floor(text) for _ in range(RUNS))
        # The first also warms what any upload uses; the best of them is told.
        news = [preview(by, practice, text) for _ in range(RUNS)]
        new, run = min(seconds for seconds, _ in news), news[-1][1]
        loaded = load(by, run)
        undone = undo(by, run)
        load(by, preview(by, practice, text)[1])
        same = min(preview(by, practice, text)[0] for _ in range(RUNS))
        other = roster(sessions=5)
        changes = [preview(by, practice, other) for _ in range(RUNS)]
        changed = min(seconds for seconds, _ in changes)
        changed_load = load(by, changes[-1][1])
    print(f"{PEOPLE:,} people, {len(text) / 1e6:.1f} MB of CSV; previews within {LIMIT:.0f} s\n")
    print(f"{'step':<52}{'cpu s':>9}{'x floor':>9}")
    for name, seconds in (
        (f"preview: nobody is known yet, best of {RUNS}", new),
        (f"preview: nothing differs, best of {RUNS}", same),
        (f"preview: everybody differs, best of {RUNS}", changed),
        ("load: everybody is new, with a week", loaded),
        ("load: everybody differs", changed_load),
        ("undo: everybody goes again", undone),
        (f"floor: the csv module alone, best of {RUNS}", least),
    ):
        print(f"{name:<52}{seconds:>9.2f}{seconds / least:>9.0f}")
    return int(max(new, same, changed) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
