"""Puts the high-level and the individual-level workforce files into the record, as counts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from organisations.models.organisation import Kind
from retention.actions.import_report import UNCHANGED, FileReport
from retention.actions.published_figures import (
    Counts,
    FiguresOf,
    count_lines,
    differing,
    lines_in,
)
from retention.imports.cells import Cell, cell_name
from retention.imports.individual_level import StaffRow
from retention.imports.practice_roles import GROUPS, MEASURES, TOTAL, PracticeRolesRow
from retention.imports.results import counted, shortened
from retention.models.published_count import PublishedCount, PublishedRelease
from retention.models.published_staff import PracticeRoles, SubIcbStaff
from retention.queries.printed_cells import cells_of_month

# FTE is printed to nine decimals in one file and to six in another.
SAME_FTE = 0.01
_ROLES = FiguresOf[PracticeRoles, dt.date](PracticeRoles, Kind.PRACTICE, "practice", "month")
_STAFF = FiguresOf[SubIcbStaff, dt.date](SubIcbStaff, Kind.SUB_ICB, "sub_icb", "month")


def load_practice_roles(
    rows: Sequence[PracticeRolesRow], report: FileReport, release: PublishedRelease | None
) -> None:
    """Compare each practice with the wide file of its month, or store it where there is none."""
    # The wide file of a month says all that this one says, and more: it is not stored twice.
    wide = {month: _wide_totals(month) for month in {row.month for row in rows}}
    compared = [row for row in rows if row.practice_code in wide[row.month]]
    alone = [row for row in rows if row.practice_code not in wide[row.month]]
    said = {(row.practice_code, row.month): {"roles": roles_of(row)} for row in alone}
    outcomes = _ROLES.outcomes(said)
    report.count([*outcomes.values(), *[UNCHANGED] * len(compared)])
    other = [
        row.practice_code for row in compared if _differs(row, wide[row.month][row.practice_code])
    ]
    _say_what_was_compared(report, len(compared), other)
    changed = differing(outcomes)
    names = {row.practice_code: row.practice_name for row in alone}
    _ROLES.store(said, changed, {code: names[code] for code, _ in changed}, report, release)


def _say_what_was_compared(report: FileReport, compared: int, differing: Sequence[str]) -> None:
    if not compared:
        return
    practices = counted(compared, "practice was", "practices were")
    report.warnings.append(
        f"{practices} compared with the detailed file of the month, which the record has, and not "
        "stored a second time."
    )
    if differing:
        practices = counted(len(differing), "practice differs", "practices differ")
        report.warnings.append(
            f"{practices} between the two files in a staff group's total: {shortened(differing)}. "
            "The detailed file's figures stand."
        )


def roles_of(row: PracticeRolesRow) -> Counts:
    """Return a practice's roles in a fixed order: group, role, people, FTE."""
    keys = sorted({(group, role) for group, role, _ in row.values})
    return [
        [group, role, row.values.get((group, role, "hc")), row.values.get((group, role, "fte"))]
        for group, role in keys
    ]


def _wide_totals(month: dt.date) -> dict[str, dict[str, Cell]]:
    """Return the totals of staff groups that the wide file printed, by practice code."""
    found: dict[str, dict[str, Cell]] = {}
    codes = dict(
        PublishedCount.objects.filter(month=month).values_list("practice", "practice__code")
    )
    if not codes:
        return found
    for block in cells_of_month(month):
        places = [(name, block.names.index(name)) for name in _TOTALS if name in block.names]
        for practice, row in zip(block.practices, block.rows, strict=True):
            totals = found.setdefault(codes[practice], {})
            totals.update({name: row[place] for name, place in places})
    return found


_TOTALS = {
    cell_name(group, measure): (group, TOTAL, measure)
    for group in GROUPS.values()
    for measure in MEASURES.values()
}


def _differs(row: PracticeRolesRow, wide: dict[str, Cell]) -> bool:
    """Whether a total that both files know is not the same in both."""
    for name, key in _TOTALS.items():
        one, other = wide.get(name), row.values.get(key)
        if one is not None and other is not None and abs(one - other) > SAME_FTE:
            return True
    return False


def load_individual_level(
    rows: Sequence[StaffRow], report: FileReport, release: PublishedRelease | None
) -> None:
    """Count the lines by sub-ICB, compare with the record, and store what differs.

    A line counts as created or changed with its sub-ICB; one that names none is not stored.
    """
    of_places = [row for row in rows if row.sub_icb_code]
    said = {
        key: {"lines": lines_in(counts), "counts": counts}
        for key, counts in count_staff(of_places).items()
    }
    outcomes = _STAFF.outcomes(said)
    without = len(rows) - len(of_places)
    report.count(
        [*(outcomes[row.sub_icb_code, row.month] for row in of_places), *[UNCHANGED] * without]
    )
    if without:
        named = counted(without, "line names", "lines name")
        report.warnings.append(f"{named} no sub-ICB (trainees without a known practice). Left out.")
    names = {row.sub_icb_code: row.sub_icb_name for row in of_places}
    _STAFF.store(said, differing(outcomes), names, report, release)


def count_staff(rows: Iterable[StaffRow]) -> dict[tuple[str, dt.date], Counts]:
    """Return, by sub-ICB and month, the lines and FTE of each role, band and sex, in order."""
    lines = defaultdict(list)
    for row in rows:
        role = (row.source, row.staff_group, row.role, row.detailed_role)
        lines[row.sub_icb_code, row.month].append(((*role, row.age_band, row.sex), row.fte))
    return {key: count_lines(staff) for key, staff in lines.items()}
