"""Puts figures about places into the record: patients, where they live, networks' own staff."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from organisations.models.organisation import Kind, Organisation
from retention.actions.import_report import UNCHANGED, FileReport, Refused
from retention.actions.published_figures import FiguresOf, count_lines, differing, lines_in
from retention.imports.deprivation import DeprivationRow
from retention.imports.network_workforce import NetworkPostRow
from retention.imports.practice_rurality import RuralityRow
from retention.imports.registered_patients import PatientsRow
from retention.imports.results import counted, shortened
from retention.models.published_count import PublishedRelease
from retention.models.published_place import (
    Deprivation,
    NetworkWorkforce,
    PracticeRurality,
    RegisteredPatients,
)

_PATIENTS = FiguresOf[RegisteredPatients, dt.date](
    RegisteredPatients, Kind.PRACTICE, "practice", "month"
)
_DEPRIVATION = FiguresOf[Deprivation, int](Deprivation, Kind.PRACTICE, "practice", "year")
_RURALITY = FiguresOf[PracticeRurality, int](PracticeRurality, Kind.PRACTICE, "practice", "year")
_NETWORKS = FiguresOf[NetworkWorkforce, dt.date](NetworkWorkforce, Kind.NETWORK, "network", "month")


def load_registered_patients(
    rows: Sequence[PatientsRow], report: FileReport, release: PublishedRelease | None
) -> None:
    """Compare each practice's patients with the record, and store what differs."""
    said = {
        (row.practice_code, row.month): {
            "total": row.total,
            # As JSON gives them back: a tuple would differ from what is stored.
            "counts": {sex: list(by_age) for sex, by_age in row.counts.items()},
        }
        for row in rows
    }
    outcomes = _PATIENTS.outcomes(said)
    report.count(list(outcomes.values()))
    # The file prints no names.
    names = {row.practice_code: row.practice_code for row in rows}
    _PATIENTS.store(said, differing(outcomes), names, report, release)


def load_deprivation(
    rows: Sequence[DeprivationRow], report: FileReport, release: PublishedRelease | None
) -> None:
    """Compare each practice's score with the record, and store what differs."""
    said = {(row.practice_code, row.year): {"score": row.score} for row in rows}
    outcomes = _DEPRIVATION.outcomes(said)
    report.count(list(outcomes.values()))
    names = {row.practice_code: row.practice_name for row in rows}
    _DEPRIVATION.store(said, differing(outcomes), names, report, release)


def load_rurality(
    rows: Sequence[RuralityRow], report: FileReport, release: PublishedRelease | None
) -> None:
    """Compare each practice's class with the record, and store what differs.

    The file still lists practices that closed within its year: those that the record lacks are
    left out. Raises Refused where it lacks all of them.
    """
    known = set(Organisation.objects.filter(kind=Kind.PRACTICE).values_list("code", flat=True))
    here = [row for row in rows if row.practice_code in known]
    if not here:
        raise Refused("The record has none of these practices. Load a practice map first.")
    said = {
        (row.practice_code, row.year): {"rural": row.rural} for row in here if row.rural is not None
    }
    outcomes = _RURALITY.outcomes(said)
    report.count([outcomes.get((row.practice_code, row.year), UNCHANGED) for row in rows])
    _say_left_out(rows, known, report)
    names = {row.practice_code: row.practice_name for row in here}
    _RURALITY.store(said, differing(outcomes), names, report, release)


def _say_left_out(rows: Sequence[RuralityRow], known: set[str], report: FileReport) -> None:
    lacking = [row.practice_code for row in rows if row.practice_code not in known]
    without = [row.practice_code for row in rows if row.rural is None]
    if lacking:
        practices = counted(len(lacking), "practice is", "practices are")
        report.warnings.append(f"{practices} not in the record and left out: {shortened(lacking)}.")
    if without:
        practices = counted(len(without), "practice is", "practices are")
        report.warnings.append(
            f"{practices} neither rural nor urban in this file: {shortened(without)}."
        )


def load_network_workforce(
    rows: Sequence[NetworkPostRow], report: FileReport, release: PublishedRelease | None
) -> None:
    """Count the posts by network and role, compare with the record, and store what differs.

    A line counts as created or changed with its network.
    """
    lines = defaultdict(list)
    for row in rows:
        role = (row.source, row.staff_group, row.role, row.detailed_role)
        lines[row.network_code, row.month].append((role, row.fte))
    counted = {key: count_lines(posts) for key, posts in lines.items()}
    said = {key: {"posts": lines_in(roles), "roles": roles} for key, roles in counted.items()}
    outcomes = _NETWORKS.outcomes(said)
    report.count([outcomes[row.network_code, row.month] for row in rows])
    names = {row.network_code: row.network_name for row in rows}
    _NETWORKS.store(said, differing(outcomes), names, report, release)
