"""Puts mergers of practices into the record: who has looked after whose patients, since when."""

import datetime as dt
from collections.abc import Mapping, Sequence

from organisations.clock import today
from organisations.models.link import Link, LinkKind
from organisations.models.organisation import Kind, Organisation
from organisations.queries.places import hubs_of
from retention.actions.import_report import FileReport, Outcome, Refused
from retention.actions.practice_map import BATCH
from retention.imports.practice_successors import SuccessorRow
from retention.imports.results import shortened
from retention.models.published_count import PublishedRelease


def load(
    rows: Sequence[SuccessorRow],
    report: FileReport,
    release: PublishedRelease | None,
    hub: Organisation | None = None,
) -> None:
    """Compare the mergers with the record, and store what differs; both practices must be known."""
    practices = {place.code: place for place in Organisation.objects.filter(kind=Kind.PRACTICE)}
    _refuse_unknown(rows, practices)
    if hub is not None:
        _refuse_others(rows, practices, hub)
    known = {
        code: (successor, starts_on)
        for code, successor, starts_on in Link.objects.filter(
            kind=LinkKind.SUCCEEDED_BY
        ).values_list("child__code", "parent__code", "starts_on")
    }
    _refuse_circles(rows, {code: successor for code, (successor, _) in known.items()})
    outcomes = [_outcome(row, known) for row in rows]
    report.count(outcomes)
    changed = [row for row, outcome in zip(rows, outcomes, strict=True) if outcome != "unchanged"]
    if release is None or not changed:
        return
    release.save()
    _store(changed, practices)


def _store(rows: Sequence[SuccessorRow], practices: Mapping[str, Organisation]) -> None:
    merged = [practices[row.practice_code] for row in rows]
    # A correction, and no history: a practice has one successor, and had no other meanwhile.
    Link.objects.filter(kind=LinkKind.SUCCEEDED_BY, child__in=merged).delete()
    Link.objects.bulk_create(
        [
            Link(
                kind=LinkKind.SUCCEEDED_BY,
                child=practices[row.practice_code],
                parent=practices[row.successor_code],
                starts_on=row.merged_on,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )


def _outcome(row: SuccessorRow, known: dict[str, tuple[str, dt.date]]) -> Outcome:
    if row.practice_code not in known:
        return "created"
    same = known[row.practice_code] == (row.successor_code, row.merged_on)
    return "unchanged" if same else "changed"


def _refuse_unknown(rows: Sequence[SuccessorRow], practices: Mapping[str, Organisation]) -> None:
    for row in rows:
        missing = {row.practice_code, row.successor_code} - practices.keys()
        if missing:
            raise Refused(
                f"Line {row.line}: practice {shortened(sorted(missing))} is not in the record. "
                "Load the practice map or the list of practices first, or correct the code."
            )


def _refuse_circles(rows: Sequence[SuccessorRow], known: Mapping[str, str]) -> None:
    """Refuse a merger by which a practice would come to succeed itself.

    Each would be the other's past, and its readers those of the other's rosters.
    """
    into = {**known, **{row.practice_code: row.successor_code for row in rows}}
    for row in rows:
        code, seen = row.successor_code, set[str]()
        while code in into and code not in seen:
            seen.add(code)
            code = into[code]
        if row.practice_code in seen:
            raise Refused(
                f"Line {row.line}: practice {row.practice_code} would succeed itself, by way of "
                f"{row.successor_code}. Correct one of the mergers."
            )


def _refuse_others(
    rows: Sequence[SuccessorRow], practices: Mapping[str, Organisation], hub: Organisation
) -> None:
    """Refuse a hub's word on a practice that lies in the area of other hubs alone."""
    for row in rows:
        for code in (row.practice_code, row.successor_code):
            hubs = list(hubs_of(practices[code], today()))
            if hubs and hub not in hubs:
                raise Refused(
                    f"Line {row.line}: practice {code} lies in the area of another training hub. "
                    "Leave the line out, or ask whoever runs the service to load the file."
                )
