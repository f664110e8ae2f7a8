"""Loads published files: each in whole or not at all, compared first with what the record holds."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, OperationalError, transaction

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models.organisation import ENGLAND, Kind, Organisation
from retention.actions import (
    bulletin,
    network_history,
    place_figures,
    postcode_districts,
    practice_dates,
    practice_level,
    practice_map,
    practice_successors,
    published_staff,
)
from retention.actions.at_rest import collector_at_rest
from retention.actions.import_report import FileReport, Refused
from retention.actions.map_limits import moved_between_hubs
from retention.actions.moved_places import places_follow
from retention.actions.place_history import edition_of
from retention.actions.published_profiles import store_profiles
from retention.imports.files import UnreadableFileError
from retention.imports.recognise import read_file
from retention.imports.results import ReadResult, counted, shortened
from retention.models.import_run import ImportStep
from retention.models.published_count import PublishedRelease
from retention.tasks.outlooks import make_outlooks_task

NOT_STORED = (
    "The database could not take this file: its disk may be full, or it may be busy. Nothing was "
    "stored. Tell whoever runs the service, then load the file again."
)
# PostgreSQL refuses them; SQLite takes whatever it is given.
TOO_LONG = (
    "A number or a text of this file is longer than the record can hold, so nothing was stored. "
    "Check that this is the file as published."
)
BUSY = "Another file was being loaded at the same moment. Nothing was stored: load this one again."

# Told of a step and, once the file is read, of its rows.
Progress = Callable[[ImportStep, int | None], None]

_TAKEN = (
    "This map moves {number} places out of the area of another training hub: {codes}. Ask whoever "
    "runs the service to load it (manage.py import_data FILE)."
)


@collector_at_rest()
def import_file(
    *,
    by: Actor,
    source: Path | bytes,
    name: str,
    month: dt.date | None = None,
    dry_run: bool = False,
    hub: Organisation | None = None,
    progress: Progress = lambda step, rows: None,
) -> list[FileReport]:
    """Load a published file (plain or zip) and return a report for each table in it.

    `month` is needed by editions that do not print theirs. With `dry_run` nothing is written.
    `hub` is the hub that uploads: its map moves no practice of another's area. Whoever runs the
    service has none. `progress` is told of each step, never inside the transaction that stores.

    Never raises for what is wrong with a file: the report says so, and nothing of it is stored.
    """
    progress(ImportStep.READING, None)
    try:
        results = read_file(source, month)
    except UnreadableFileError as problem:
        return [FileReport.unreadable(name, str(problem))]
    rows = sum(result.row_count for result in results)
    progress(ImportStep.COMPARING if dry_run else ImportStep.STORING, rows)
    sha256 = hashlib.sha256(source if isinstance(source, bytes) else source.read_bytes())
    return [
        _load(
            by=by,
            name=name if len(results) == 1 else f"{name}: {result.member}",
            sha256=sha256.hexdigest(),
            result=result,
            dry_run=dry_run,
            hub=hub,
        )
        for result in results
    ]


def _load(
    *,
    by: Actor,
    name: str,
    sha256: str,
    result: ReadResult[Any],
    dry_run: bool,
    hub: Organisation | None,
) -> FileReport:
    report = FileReport.of(name, result)
    if report.is_refused:
        return report
    load: Callable[..., None] = LOADERS[result.format]
    if result.format in LIMITED_TO_A_HUB:
        load = partial(load, hub=hub)
    try:
        month = _month_of(result)
        if dry_run:
            load(result.rows, report, None)
        else:
            # Row, cells and audit together: a file is in the record whole, or not at all.
            with transaction.atomic():
                _one_at_a_time()
                load(result.rows, report, _release(name, sha256, result, month))
                audit.record(by=by, act=Act.IMPORTED_FILE, thing=f"file:{sha256[:16]}")
    except Refused as problem:
        report.refuse(str(problem))
    except IntegrityError:
        report.refuse(BUSY)
    except DataError:
        report.refuse(TOO_LONG)
    except OperationalError:
        report.refuse(NOT_STORED)
    return report


def _month_of(result: ReadResult[Any]) -> dt.date:
    """Return the month of a file; what prints none is of the month in which it is loaded.

    Raises Refused for a month to come: what was loaded as newest would shut out all that is
    published until then.
    """
    now = today().replace(day=1)
    newest: dt.date = max(getattr(row, "month", now) for row in result.rows)
    # These print closures of next year, and are no less true today.
    if result.format in LISTS_OF_DATES:
        return edition_of(newest)
    if newest > now:
        raise Refused(f"This file is of {newest:%B %Y}, which has not begun. Check its month.")
    return newest


def _release(name: str, sha256: str, result: ReadResult[Any], month: dt.date) -> PublishedRelease:
    """Return the file's own row, not saved yet."""
    return PublishedRelease(
        format=result.format,
        file_name=Path(name).name[:255],
        sha256=sha256,
        month=month,
        rows=result.row_count,
        columns=list(result.unknown_columns),
    )


def _one_at_a_time() -> None:
    """Hold England's row until the transaction ends, so that two loads do not compare at once."""
    Organisation.objects.get_or_create(
        code=ENGLAND, defaults={"kind": Kind.COUNTRY, "name": "England"}
    )
    Organisation.objects.select_for_update().get(code=ENGLAND)


def _load_map(
    rows: Sequence[Any],
    report: FileReport,
    release: PublishedRelease | None,
    hub: Organisation | None = None,
) -> None:
    month = rows[0].month
    _refuse_older_map(month)
    known = practice_map.KnownPlaces(month)
    outcomes, changes = practice_map.compare(rows, known)
    if hub is not None and (taken := moved_between_hubs(changes, known, hub)):
        raise Refused(_TAKEN.format(number=len(taken), codes=", ".join(taken[:10])))
    ended = practice_map.no_longer_listed(rows, known)
    report.count(outcomes)
    if ended:
        report.warnings.append(
            f"Not on this map, and so in no network or sub-ICB from {month:%-d %B %Y}: "
            f"{counted(len(ended), 'practice', 'practices')} ({shortened(ended)})."
        )
    maps = PublishedRelease.objects.filter(format="practice_map", month=month)
    if release is None:
        return
    differs = bool(report.created or report.changed or ended)
    # That a month's first map changed nothing is news too: what was known still held.
    if differs or not maps.exists():
        release.save()
    if differs:
        with places_follow():
            practice_map.store(changes, known, ended, month)


def _refuse_older_map(month: dt.date) -> None:
    newer = (
        PublishedRelease.objects.filter(format="practice_map", month__gt=month)
        .order_by("-month")
        .first()
    )
    if newer:
        raise Refused(
            f"This map is of {month:%B %Y}, and the record already holds that of "
            f"{newer.month:%B %Y}. Load maps in the order of their months."
        )


def _load_practice_level(
    rows: Sequence[Any], report: FileReport, release: PublishedRelease | None
) -> None:
    outcomes, cells = practice_level.outcomes_of(rows)
    report.count(outcomes)
    if not cells or release is None:
        return
    release.save()
    added = practice_level.add_unknown_practices(rows, min(row.month for row in rows))
    if added:
        report.warnings.append(
            "Added with the places that this file prints, since the record lacked them: "
            f"{counted(len(added), 'practice', 'practices')} ({shortened(added)})."
        )
    practice_level.store(cells, release)
    # In the transaction of the counts: no reader sees a profile that they do not add up to.
    for month in sorted({item.month for item in cells}):
        store_profiles(month, [item for item in cells if item.month == month])
        _warm_later(month)


def _warm_later(month: dt.date) -> None:
    """Have a worker store the outlooks of a month, so that no reader waits for them."""
    transaction.on_commit(partial(make_outlooks_task.enqueue, month.isoformat()))


def _load_districts(
    rows: Sequence[Any], report: FileReport, release: PublishedRelease | None
) -> None:
    outcomes, to_write = postcode_districts.outcomes_of(rows)
    report.count(outcomes)
    if to_write and release is not None:
        release.save()
        postcode_districts.store(to_write)


def _load_bulletin(
    rows: Sequence[Any], report: FileReport, release: PublishedRelease | None
) -> None:
    outcomes, to_write = bulletin.outcomes_of(bulletin.tables_of(rows))
    report.count(outcomes)
    if to_write and release is not None:
        release.save()
        bulletin.store(to_write, release)


LOADERS = {
    "practice_map": _load_map,
    "practice_level": _load_practice_level,
    "postcode_districts": _load_districts,
    "registered_patients": place_figures.load_registered_patients,
    "deprivation": place_figures.load_deprivation,
    "practice_rurality": place_figures.load_rurality,
    "network_workforce": place_figures.load_network_workforce,
    "practice_roles": published_staff.load_practice_roles,
    "individual_level": published_staff.load_individual_level,
    "bulletin": _load_bulletin,
    "network_history": network_history.load,
    "practice_dates": practice_dates.load,
    "practice_successors": practice_successors.load,
}
# They print days to come, such as that of a closure: their edition is this month at the latest.
LISTS_OF_DATES = frozenset({network_history.FORMAT, practice_dates.FORMAT})
# These move places; a hub's upload moves none of another hub's area.
LIMITED_TO_A_HUB = frozenset(
    {"practice_map", "network_history", "practice_dates", "practice_successors"}
)
