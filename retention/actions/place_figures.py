"""Puts figures about places into the record: patients, deprivation, and networks' own staff."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from organisations.models.organisation import Kind, Organisation
from retention.actions.import_report import FileReport, Outcome
from retention.actions.practice_map import BATCH
from retention.imports.deprivation import DeprivationRow
from retention.imports.network_workforce import NetworkPostRow
from retention.imports.registered_patients import PatientsRow
from retention.imports.results import shortened
from retention.models.published_count import PublishedRelease
from retention.models.published_place import Deprivation, NetworkWorkforce, RegisteredPatients

# FTE is printed to nine decimals; the sum of a role's posts is kept to six.
DECIMALS = 6
RoleCounts = list[list[str | int | float | None]]


def load_registered_patients(
    rows: Sequence[PatientsRow], report: FileReport, release: PublishedRelease | None
) -> None:
    """Compare each practice's patients with the record, and store what differs."""
    stored = RegisteredPatients.objects.filter(month=rows[0].month)
    known = {
        code: (total, counts)
        for code, total, counts in stored.values_list("practice__code", "total", "counts")
    }
    said = {row.practice_code: (row.total, _lists(row.counts)) for row in rows}
    outcomes = [outcome_of(known.get(code), figures) for code, figures in said.items()]
    report.count(outcomes)
    changed = [row for row, outcome in zip(rows, outcomes, strict=True) if outcome != "unchanged"]
    if not changed or release is None:
        return
    release.save()
    places = places_by_code(
        {row.practice_code: row.practice_code for row in rows}, Kind.PRACTICE, report
    )
    RegisteredPatients.objects.bulk_create(
        [
            RegisteredPatients(
                practice_id=places[row.practice_code],
                month=row.month,
                total=row.total,
                counts=_lists(row.counts),
                release=release,
            )
            for row in changed
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["practice", "month"],
        update_fields=["total", "counts", "release"],
    )


def load_deprivation(
    rows: Sequence[DeprivationRow], report: FileReport, release: PublishedRelease | None
) -> None:
    """Compare each practice's score with the record, and store what differs."""
    stored = Deprivation.objects.filter(year__in={row.year for row in rows})
    known = {
        (code, year): score
        for code, year, score in stored.values_list("practice__code", "year", "score")
    }
    outcomes = [outcome_of(known.get((row.practice_code, row.year)), row.score) for row in rows]
    report.count(outcomes)
    changed = [row for row, outcome in zip(rows, outcomes, strict=True) if outcome != "unchanged"]
    if not changed or release is None:
        return
    release.save()
    places = places_by_code(
        {row.practice_code: row.practice_name for row in rows}, Kind.PRACTICE, report
    )
    Deprivation.objects.bulk_create(
        [
            Deprivation(
                practice_id=places[row.practice_code],
                year=row.year,
                score=row.score,
                release=release,
            )
            for row in changed
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["practice", "year"],
        update_fields=["score", "release"],
    )


def load_network_workforce(
    rows: Sequence[NetworkPostRow], report: FileReport, release: PublishedRelease | None
) -> None:
    """Count the posts by network and role, compare with the record, and store what differs.

    A line counts as created or changed with its network.
    """
    counted = count_roles(rows)
    stored = NetworkWorkforce.objects.filter(month__in={month for _, month in counted})
    known = {
        (code, month): roles
        for code, month, roles in stored.values_list("network__code", "month", "roles")
    }
    outcomes = {key: outcome_of(known.get(key), roles) for key, roles in counted.items()}
    report.count([outcomes[row.network_code, row.month] for row in rows])
    changed = [key for key, outcome in outcomes.items() if outcome != "unchanged"]
    if not changed or release is None:
        return
    release.save()
    places = places_by_code(
        {row.network_code: row.network_name for row in rows}, Kind.NETWORK, report
    )
    posts: dict[tuple[str, dt.date], int] = defaultdict(int)
    for row in rows:
        posts[row.network_code, row.month] += 1
    NetworkWorkforce.objects.bulk_create(
        [
            NetworkWorkforce(
                network_id=places[code],
                month=month,
                posts=posts[code, month],
                roles=counted[code, month],
                release=release,
            )
            for code, month in changed
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["network", "month"],
        update_fields=["posts", "roles", "release"],
    )


def count_roles(rows: Iterable[NetworkPostRow]) -> dict[tuple[str, dt.date], RoleCounts]:
    """Return, by network and month, the posts and FTE of each role, in a fixed order.

    FTE is None where one post's is not known: a sum of the others would look complete.
    """
    posts: dict[tuple[str, dt.date], dict[tuple[str, ...], list[float | None]]] = {}
    for row in rows:
        role = (row.source, row.staff_group, row.role, row.detailed_role)
        by_role = posts.setdefault((row.network_code, row.month), {})
        by_role.setdefault(role, []).append(row.fte)
    return {
        key: [[*role, len(found), sum_of_known(found)] for role, found in sorted(by_role.items())]
        for key, by_role in posts.items()
    }


def sum_of_known(found: Sequence[float | None]) -> float | None:
    """Return the sum, or None where one is not known: a sum of the others would look complete."""
    known = [fte for fte in found if fte is not None]
    return round(sum(known), DECIMALS) if len(known) == len(found) else None


def _lists(counts: Mapping[str, Iterable[int]]) -> dict[str, list[int]]:
    return {sex: list(by_age) for sex, by_age in counts.items()}


def outcome_of(known: object, said: object) -> Outcome:
    """Say what figures do to those that the record holds (None if it holds none)."""
    if known is None:
        return "created"
    return "unchanged" if known == said else "changed"


_SEVERAL = {Kind.PRACTICE: "practices", Kind.NETWORK: "networks", Kind.SUB_ICB: "sub-ICBs"}


def places_by_code(names: Mapping[str, str], kind: Kind, report: FileReport) -> dict[str, int]:
    """Return keys by code; a place that the record lacks is added by its code and printed name."""
    known = dict(Organisation.objects.values_list("code", "pk"))
    missing = sorted(set(names) - set(known))
    if missing:
        Organisation.objects.bulk_create(
            [Organisation(code=code, kind=kind, name=names[code]) for code in missing],
            batch_size=BATCH,
        )
        word = _SEVERAL[kind]
        report.warnings.append(
            f"{len(missing):,} {word} were not in the record and were added without their area: "
            f"{shortened(missing)}. A practice map puts them in place."
        )
        known = dict(Organisation.objects.values_list("code", "pk"))
    return {code: known[code] for code in names}
