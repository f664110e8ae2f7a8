"""A hub's agreements in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.presenters.roles import day
from organisations.queries.agreements import ChecklistLine


@dataclass(frozen=True)
class ChecklistRow:
    """A purpose, whether it is in order, and what to do where it is not."""

    purpose: str
    state: str
    colour: str
    detail: str
    edit_id: int | None


def checklist_rows(lines: Iterable[ChecklistLine]) -> list[ChecklistRow]:
    """Return the checklist in words."""
    return [_row(line) for line in lines]


def _row(line: ChecklistLine) -> ChecklistRow:
    held = line.agreement
    if held is None:
        return ChecklistRow(line.purpose, "Missing", "red", line.missing, None)
    detail = f"{held.controller}. {held.get_lawful_basis_display()}. {line.missing}".strip()
    if line.missing:
        return ChecklistRow(line.purpose, "Not complete", "orange", detail, held.pk)
    assert held.notice_given_on is not None  # else something were missing
    detail += f" Notice given on {day(held.notice_given_on)}."
    return ChecklistRow(line.purpose, "In order", "green", detail, held.pk)
