"""Words for a practice that closes or merges."""

import datetime as dt

from organisations.models import Organisation
from retention.presenters.outlook import plural
from retention.presenters.session_grid import date_words
from retention.queries.practice_change import PracticeChange


def change_rows(
    change: PracticeChange, into: Organisation | None, on: dt.date
) -> list[tuple[str, str]]:
    """Return what would happen on a day, a line for each kind of record."""
    if into is None:
        happens = "All end, with their weeks"
    else:
        # How many posts is not said: see PracticeChange.
        happens = f"Each goes on in {into}, with the week that was told"
    return [
        ("From", date_words(on)),
        ("Posts", happens),
        ("Roles", _roles(change, into)),
        ("Invitations not used", _number(change.invitations, "withdrawn")),
        ("Sharing switches", _number(change.switches, "turned off")),
        ("Told", "Everyone with a post is sent a mail that says only that there is news"),
    ]


def _roles(change: PracticeChange, into: Organisation | None) -> str:
    """Return what becomes of the roles, without those that there are not."""
    kinds = ((change.clinicians, "clinician"), (change.other_roles, "other role"))
    held = [plural(count, kind) for count, kind in kinds if count]
    if not held:
        return "None"
    if into is None:
        ends = "ends" if change.clinicians + change.other_roles == 1 else "all end"
        return f"{' and '.join(held)}: {ends}"
    ends = "ends" if change.other_roles == 1 else "they end"
    carried = [f"{held.pop(0)}: carried to {into}"] if change.clinicians else []
    return ". ".join([*carried, *(f"{others}: not carried, {ends}" for others in held)])


def _number(number: int, happens: str) -> str:
    return f"{number}, {happens}" if number else "None"


def done_words(practice: Organisation, into: Organisation | None, on: dt.date) -> str:
    """Say what was done."""
    act = f"merges into {into}" if into else "closes"
    return f"{practice} {act} on {date_words(on)}. Everyone with a post there hears of it."
