"""A roster on its way in: read, its columns named, confirmed by a person, dropped, asked for again.

What a worker does between is `roster_work`. Every step is claimed by one conditional update, so a
double click or a second worker does it once.
"""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import authorise
from accounts.actor import Actor
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Agreement, Organisation
from retention.actions.posts import TOO_FAR, furthest_day
from retention.actions.roster_work import move
from retention.imports.files import UnreadableFileError
from retention.imports.roster_fields import fingerprint, guess, mapping_problem, simplified
from retention.imports.roster_file import MAX_BYTES, read_spreadsheet
from retention.imports.roster_private import Cleaned, without_ni
from retention.models import RosterMapping, RosterRun
from retention.models.post import REASONS_TO_CHOOSE
from retention.models.roster_run import RosterState
from retention.queries.rosters import agreements_for
from retention.tasks.rosters import check_roster_task, load_roster_task

LOST_AFTER = dt.timedelta(minutes=10)
BETWEEN = frozenset({RosterState.CHECKING, RosterState.LOADING})
OPEN = frozenset({RosterState.COLUMNS, RosterState.READY, RosterState.FAILED})
TOO_LARGE = f"The file is larger than {MAX_BYTES // 1_048_576} MB. Upload the staff alone."


def start_roster(
    *,
    by: Actor,
    practice: Organisation,
    name: str,
    data: bytes,
    agreement: Agreement | None = None,
    told_on: dt.date | None = None,
    choose_columns: bool = False,
) -> RosterRun:
    """Keep what may be kept of an uploaded spreadsheet; check it, if its columns are known.

    With `choose_columns` they are asked for anew. NI numbers and full dates of birth are out of it
    before anything is stored. Raises ValidationError, with what to do, for what cannot be read.
    """
    authorise(by, Permission.EDIT_POSTS, practice)
    try:
        table = read_spreadsheet(data)
    except UnreadableFileError as problem:
        raise ValidationError({"file": str(problem)}) from problem
    check_notice(practice, agreement, told_on)
    run = RosterRun(
        practice=practice,
        uploaded_by=by.user,
        file_name=without_ni(name)[-255:] or "roster",
        agreement=agreement,
        told_on=told_on,
        **_as_kept(table),
    )
    run.columns, is_known = _known_columns(practice, table.headers)
    is_sure = is_known and not choose_columns
    run.state = RosterState.CHECKING if is_sure else RosterState.COLUMNS
    with transaction.atomic():
        run.save()
        if is_sure:
            _keep_columns(run)
            _enqueue(run)
    return run


def _as_kept(table: Cleaned) -> dict[str, Any]:
    """Return what a run keeps of a spreadsheet until it is loaded."""
    return {
        "headers": list(table.headers),
        "fingerprint": fingerprint(table.headers),
        "rows": [[line, list(cells)] for line, cells in table.rows],
        "notes": list(table.notes),
        "total": len(table.rows),
    }


def check_notice(
    practice: Organisation, agreement: Agreement | None, told_on: dt.date | None
) -> None:
    """Raise ValidationError unless the agreement is one of the area, and the day is past."""
    if agreement is not None and agreement not in agreements_for(practice, today()):
        raise ValidationError({"agreement": "Choose an agreement that is in force in your area."})
    if told_on is not None and told_on > today():
        raise ValidationError(
            {"told_on": "Enter the day on which the people were told, not later."}
        )
    if told_on is not None and agreement is None:
        raise ValidationError({"agreement": "Choose the agreement that the people were told of."})


def name_columns(*, by: Actor, run: RosterRun, columns: Mapping[str, str]) -> None:
    """Say which column each header is ("" for one that is not read), remember it, and check."""
    authorise(by, Permission.EDIT_POSTS, run)
    named = {header: columns.get(header, "") for header in run.headers}
    # Past this step a file has fewer headers than it came with: `move` says so, in its own words.
    if run.state == RosterState.COLUMNS:
        _check_columns(named, columns)
    with transaction.atomic():
        if not move(run, {RosterState.COLUMNS}, RosterState.CHECKING):
            raise ValidationError("This roster is past that step. Reload the page.")
        run.columns = named
        RosterMapping.objects.update_or_create(
            practice=run.practice,
            fingerprint=run.fingerprint,
            defaults={
                "columns": {simplified(each): column for each, column in run.columns.items()},
                "used_on": today(),
            },
        )
        _keep_columns(run)
        _enqueue(run)


def _check_columns(named: Mapping[str, str], columns: Mapping[str, str]) -> None:
    """Raise ValidationError for headers that a file has not, and for columns that will not do.

    What is not named is dropped for good, so a header that is misspelt would lose its column.
    """
    for header in columns:
        if header not in named:
            raise ValidationError(
                f"The file has no column “{header[:40]}”. Its columns are: {', '.join(named)}."
            )
    if problem := mapping_problem(list(named.values())):
        raise ValidationError(problem)


def answer_who(*, by: Actor, run: RosterRun, answers: Mapping[str, str]) -> None:
    """Say who the rows are that might be somebody known here, and check the roster again."""
    authorise(by, Permission.EDIT_POSTS, run)
    with transaction.atomic():
        if not move(run, {RosterState.READY}, RosterState.CHECKING):
            raise ValidationError("This roster is past that step. Reload the page.")
        run.answers = {**run.answers, **{line: who for line, who in answers.items() if who}}
        run.save(update_fields=["answers"])
        _enqueue(run)


def confirm_roster(
    *,
    by: Actor,
    run: RosterRun,
    end_posts: list[str] | None = None,
    last_day: dt.date | None = None,
    reason: str = "",
) -> None:
    """Have a worker load the good rows; a second click changes nothing.

    `end_posts` are the public ids of posts that are not in the file and end with `last_day`. Raises
    ValidationError where the roster is not waiting for an answer, or where the day, the reason or
    the posts are none that can be.
    """
    authorise(by, Permission.EDIT_POSTS, run)
    endings = _endings(end_posts, last_day, reason) if end_posts else {}
    with transaction.atomic():
        if not move(run, {RosterState.READY}, RosterState.LOADING):
            if run.state in (RosterState.LOADING, RosterState.LOADED):
                return
            raise ValidationError("This roster cannot be loaded. Upload it again.")
        _check_absent(run, end_posts or [])
        # Who confirms answers for the load: the worker asks again whether they may.
        run.endings, run.uploaded_by, run.message = endings, by.user, ""
        run.save(update_fields=["endings", "uploaded_by", "message"])
        _enqueue(run)


def _endings(end_posts: list[str], last_day: dt.date | None, reason: str) -> dict[str, Any]:
    """Return what a worker needs to end posts; what it would refuse is refused here.

    From there a refusal could only say that the record has moved on, again and again.
    """
    if last_day is None:
        raise ValidationError({"last_day": "Enter the last day of the posts that you ticked."})
    if last_day > furthest_day():
        raise ValidationError({"last_day": TOO_FAR})
    if reason not in REASONS_TO_CHOOSE:
        raise ValidationError({"reason": "Select why the posts that you ticked end."})
    ends_on = last_day + dt.timedelta(days=1)
    return {"posts": end_posts, "ends_on": ends_on.isoformat(), "reason": reason}


def _check_absent(run: RosterRun, end_posts: list[str]) -> None:
    """Raise ValidationError for a post that the file names, or that is none of the practice's."""
    absent = {item["post"] for item in run.report.get("absent", [])}
    if not set(end_posts) <= absent:
        raise ValidationError({"end_posts": "Choose among the posts that the file does not name."})


def drop_roster(*, by: Actor, run: RosterRun) -> None:
    """Forget a roster that was not loaded, with all that it holds."""
    authorise(by, Permission.EDIT_POSTS, run)
    RosterRun.objects.filter(pk=run.pk, state__in=(*OPEN, RosterState.CHECKING)).delete()


def retry_roster(*, by: Actor, run: RosterRun) -> None:
    """Ask for a step again after its worker was lost; before LOST_AFTER it changes nothing."""
    authorise(by, Permission.EDIT_POSTS, run)
    with transaction.atomic():
        lost = RosterRun.objects.filter(
            pk=run.pk, state__in=BETWEEN, changed_at__lt=timezone.now() - LOST_AFTER
        )
        if lost.update(changed_at=timezone.now()):
            _enqueue(run)


def is_lost(run: RosterRun) -> bool:
    """Whether a step has been under way for so long that its worker must be gone."""
    return run.state in BETWEEN and run.changed_at < timezone.now() - LOST_AFTER


def _known_columns(practice: Organisation, headers: tuple[str, ...]) -> tuple[dict[str, str], bool]:
    """Return the column of each header, and whether it is known: said before, or our template's."""
    held = RosterMapping.objects.filter(practice=practice, fingerprint=fingerprint(headers)).first()
    if held:
        RosterMapping.objects.filter(pk=held.pk).update(used_on=today())
        return {header: held.columns.get(simplified(header), "") for header in headers}, True
    guessed = guess(headers)
    columns = {header: guessed.get(place, "") for place, header in enumerate(headers)}
    is_template = all(simplified(each) == simplified(columns[each]) for each in headers)
    return columns, is_template and not mapping_problem(list(columns.values()))


def _keep_columns(run: RosterRun) -> None:
    """Drop every column that is not read: nobody asked for it, so it is not kept."""
    kept = [place for place, header in enumerate(run.headers) if run.columns.get(header)]
    run.rows = [[line, [cells[place] for place in kept]] for line, cells in run.rows]
    run.headers = [run.headers[place] for place in kept]
    run.columns = {header: run.columns[header] for header in run.headers}
    run.save()


def _enqueue(run: RosterRun) -> None:
    step = check_roster_task if run.state == RosterState.CHECKING else load_roster_task
    transaction.on_commit(partial(step.enqueue, str(run.public_id)))
