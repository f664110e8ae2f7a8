"""Puts the high-level and the individual-level workforce files into the record, as counts."""

import datetime as dt
from collections.abc import Iterable, Sequence

from organisations.models.organisation import Kind
from retention.actions.import_report import FileReport, Outcome
from retention.actions.place_figures import outcome_of, places_by_code, sum_of_known
from retention.actions.practice_map import BATCH
from retention.imports.cells import Cell, cell_name
from retention.imports.individual_level import StaffRow
from retention.imports.practice_roles import GROUPS, MEASURES, TOTAL, PracticeRolesRow
from retention.imports.results import counted, shortened
from retention.models.published_count import PublishedCount, PublishedRelease
from retention.models.published_staff import PracticeRoles, SubIcbStaff
from retention.queries.printed_cells import cells_of_month

# FTE is printed to nine decimals in one file and to six in another.
SAME_FTE = 0.01
Counts = list[list[str | int | float | None]]


def load_practice_roles(
    rows: Sequence[PracticeRolesRow], report: FileReport, release: PublishedRelease | None
) -> None:
    """Compare each practice with the wide file of its month, or store it where there is none."""
    wide = {month: _wide_totals(month) for month in {row.month for row in rows}}
    stored = PracticeRoles.objects.filter(month__in=list(wide))
    known = {
        (code, month): roles
        for code, month, roles in stored.values_list("practice__code", "month", "roles")
    }
    outcomes: list[Outcome] = []
    to_store: list[PracticeRolesRow] = []
    differing: list[str] = []
    for row in rows:
        totals = wide[row.month].get(row.practice_code)
        if totals is not None:
            outcomes.append("unchanged")
            differing += [row.practice_code] if _differs(row, totals) else []
            continue
        outcomes.append(outcome_of(known.get((row.practice_code, row.month)), roles_of(row)))
        if outcomes[-1] != "unchanged":
            to_store.append(row)
    report.count(outcomes)
    _say_what_was_compared(
        report, sum(row.practice_code in wide[row.month] for row in rows), differing
    )
    if to_store and release is not None:
        release.save()
        _store_roles(to_store, release, report)


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


def _store_roles(
    rows: Sequence[PracticeRolesRow], release: PublishedRelease, report: FileReport
) -> None:
    names = {row.practice_code: row.practice_name for row in rows}
    places = places_by_code(names, Kind.PRACTICE, report)
    PracticeRoles.objects.bulk_create(
        [
            PracticeRoles(
                practice_id=places[row.practice_code],
                month=row.month,
                roles=roles_of(row),
                release=release,
            )
            for row in rows
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["practice", "month"],
        update_fields=["roles", "release"],
    )


def load_individual_level(
    rows: Sequence[StaffRow], report: FileReport, release: PublishedRelease | None
) -> None:
    """Count the lines by sub-ICB, compare with the record, and store what differs.

    A line counts as created or changed with its sub-ICB; one that names none is not stored.
    """
    of_places = [row for row in rows if row.sub_icb_code]
    staff = count_staff(of_places)
    stored = SubIcbStaff.objects.filter(month__in={month for _, month in staff})
    known = {
        (code, month): counts
        for code, month, counts in stored.values_list("sub_icb__code", "month", "counts")
    }
    outcomes = {key: outcome_of(known.get(key), counts) for key, counts in staff.items()}
    report.count(
        [outcomes[row.sub_icb_code, row.month] if row.sub_icb_code else "unchanged" for row in rows]
    )
    if lines := len(rows) - len(of_places):
        named = counted(lines, "line names", "lines name")
        report.warnings.append(f"{named} no sub-ICB (trainees without a known practice). Left out.")
    changed = [key for key, outcome in outcomes.items() if outcome != "unchanged"]
    if not changed or release is None:
        return
    release.save()
    names = {row.sub_icb_code: row.sub_icb_name for row in of_places}
    places = places_by_code(names, Kind.SUB_ICB, report)
    SubIcbStaff.objects.bulk_create(
        [
            SubIcbStaff(
                sub_icb_id=places[code],
                month=month,
                lines=sum(int(entry[-2] or 0) for entry in staff[code, month]),
                counts=staff[code, month],
                release=release,
            )
            for code, month in changed
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["sub_icb", "month"],
        update_fields=["lines", "counts", "release"],
    )


def count_staff(rows: Iterable[StaffRow]) -> dict[tuple[str, dt.date], Counts]:
    """Return, by sub-ICB and month, the lines and FTE of each role, band and sex, in order."""
    found: dict[tuple[str, dt.date], dict[tuple[str, ...], list[float | None]]] = {}
    for row in rows:
        who = (
            row.source,
            row.staff_group,
            row.role,
            row.detailed_role,
            row.age_band,
            row.sex,
        )
        found.setdefault((row.sub_icb_code, row.month), {}).setdefault(who, []).append(row.fte)
    return {
        key: [[*who, len(fte), sum_of_known(fte)] for who, fte in sorted(by_who.items())]
        for key, by_who in found.items()
    }
