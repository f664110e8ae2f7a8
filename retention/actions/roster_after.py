"""After a roster was loaded: undo it, name its agreement, say that nothing changed, forget it."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Agreement, Organisation
from retention.actions.roster_runs import check_notice
from retention.actions.roster_undo import undo_journal
from retention.models import Person, Post, RosterConfirmation, RosterMapping, RosterRun
from retention.models.roster_run import RosterState
from retention.queries.roster_rows import lines_that_may_be, rosters_about

UNDO_WITHIN = dt.timedelta(days=14)
# A roster that nobody loaded, and the rows that were rejected.
FORGET_AFTER = dt.timedelta(days=30)
# Of a loaded roster only counts are left by then; of a mapping nobody's name ever was.
COUNTS_KEPT = dt.timedelta(days=2 * 365)
FORGOTTEN = "A roster of which only counts are left"
NOT_LOADED = "This roster is not loaded: there is nothing to undo."
NO_POSTS = (
    "An agreement can be named for 14 days after a roster was loaded. Upload the roster again with"
    " its agreement and notice: then its posts stop waiting."
)
TOO_LATE = "A roster can be undone for 14 days. Change or end the posts one by one."


def can_undo(run: RosterRun) -> bool:
    """Whether a roster is loaded and young enough."""
    return (
        run.state == RosterState.LOADED
        and run.loaded_at is not None
        and run.loaded_at > timezone.now() - UNDO_WITHIN
    )


@transaction.atomic
def undo_roster(*, by: Actor, run: RosterRun) -> tuple[int, list[str]]:
    """Undo a loaded roster; returns of how many people, and the names where it could not be.

    What anybody changed since stays, and is named. A second time changes nothing. Raises
    ValidationError before it is loaded, and after 14 days.
    """
    authorise(by, Permission.EDIT_POSTS, run)
    Organisation.objects.select_for_update().get(pk=run.practice_id)
    run = RosterRun.objects.select_related("practice").get(pk=run.pk)
    if run.state == RosterState.UNDONE:
        return 0, []
    if run.loaded_at is None:
        raise ValidationError(NOT_LOADED)
    if not can_undo(run):
        raise ValidationError(TOO_LATE)
    undone, kept = undo_journal(by=by, entries=run.journal)
    # It said that the record stands as the roster has it, which is no longer so.
    RosterConfirmation.objects.filter(run=run).delete()
    # Nothing is left to undo or to mend, so neither journal nor rows need be kept.
    run.state, run.journal, run.rows = RosterState.UNDONE, [], []
    run.report = {"counts": run.report["counts"], "rows": [], "undone": undone, "kept": kept}
    run.save()
    audit.record(by=by, act=Act.UNDID_ROSTER, thing=f"roster:{run.public_id}")
    return undone, kept


@transaction.atomic
def name_notice(
    *, by: Actor, run: RosterRun, agreement: Agreement | None, told_on: dt.date | None
) -> int:
    """Name the agreement of a loaded roster and when its people were told; its posts stop waiting.

    Returns how many posts. Raises ValidationError where either is missing or wrong, and where the
    roster is not loaded, or so long ago that nothing tells its posts any more.
    """
    authorise(by, Permission.EDIT_POSTS, run)
    agreement, told_on = _complete(run.practice, agreement, told_on)
    run = _still_told(run)
    posts = [entry["pk"] for entry in run.journal if entry["kind"] == "post"]
    waiting = Post.objects.filter(pk__in=posts, organisation=run.practice_id, waits=True)
    freed = list(waiting.values_list("pk", "public_id", "person__subject"))
    Post.objects.filter(pk__in=[pk for pk, *_ in freed]).update(
        waits=False, agreement=agreement, told_on=told_on
    )
    # The load left them waiting: this is a part of it, and can be undone with it.
    changed = {pk for pk, *_ in freed}
    for entry in run.journal:
        if entry["kind"] == "post" and entry["pk"] in changed:
            entry["after"] |= {
                "waits": "False",
                "agreement_id": str(agreement.pk),
                "told_on": told_on.isoformat(),
            }
    run.agreement, run.told_on = agreement, told_on
    run.save(update_fields=["agreement", "told_on", "journal", "changed_at"])
    audit.record_many(
        by=by,
        act=Act.CHANGED_POST,
        items=[(subject, f"post:{public_id}") for _, public_id, subject in freed],
        why="Agreement and notice are named",
    )
    return len(freed)


def _complete(
    practice: Organisation, agreement: Agreement | None, told_on: dt.date | None
) -> tuple[Agreement, dt.date]:
    """Return an agreement and a day of notice; ValidationError where one is missing or wrong."""
    if agreement is None:
        raise ValidationError({"agreement": "Choose the agreement that these posts come under."})
    if told_on is None:
        raise ValidationError({"told_on": "Enter the day on which the people were told."})
    check_notice(practice, agreement, told_on)
    return agreement, told_on


def _still_told(run: RosterRun) -> RosterRun:
    """Return a loaded roster, its practice locked; ValidationError where its posts are unknown."""
    Organisation.objects.select_for_update().get(pk=run.practice_id)
    found = RosterRun.objects.get(pk=run.pk)
    if found.state != RosterState.LOADED or not found.journal:
        raise ValidationError(NO_POSTS)
    return found


@transaction.atomic
def confirm_unchanged(*, by: Actor, practice: Organisation) -> RosterConfirmation:
    """Say that the record of a practice stands as it is today; once a day is enough."""
    authorise(by, Permission.EDIT_POSTS, practice)
    Organisation.objects.select_for_update().get(pk=practice.pk)
    held = RosterConfirmation.objects.filter(
        practice=practice, confirmed_on=today(), run__isnull=True
    ).first()
    if held:
        return held
    audit.record(by=by, act=Act.CONFIRMED_ROSTER, thing=f"practice:{practice.code}")
    return RosterConfirmation.objects.create(
        practice=practice, confirmed_on=today(), confirmed_by=by.user
    )


def forget_rosters(now: dt.datetime) -> int:
    """Forget what is over its time; returns how many rosters and mappings lost something."""
    waited = RosterRun.objects.filter(uploaded_at__lt=now - FORGET_AFTER)
    never = waited.exclude(state__in=(RosterState.LOADED, RosterState.UNDONE)).delete()[0]
    late = RosterRun.objects.filter(state=RosterState.LOADED, loaded_at__lt=now - UNDO_WITHIN)
    final = late.exclude(journal=[]).update(journal=[])
    final += sum(_leave_counts(run) for run in waited)
    old = now - COUNTS_KEPT
    runs = RosterRun.objects.filter(Q(loaded_at__lt=old) | Q(changed_at__lt=old)).delete()[0]
    mappings = RosterMapping.objects.filter(used_on__lt=old.date()).delete()[0]
    return never + final + runs + mappings + _forget_confirmations(old.date())


def _leave_counts(run: RosterRun) -> bool:
    """Leave nothing but counts of a roster that was loaded; False where nothing else was left.

    People name files after people, so the file's name goes too.
    """
    report = {"counts": run.report.get("counts", {}), "rows": []}
    if (run.file_name, run.report) == (FORGOTTEN, report):
        return False
    run.rows, run.answers, run.endings, run.notes = [], {}, {}, []
    run.headers, run.columns, run.file_name, run.report = [], {}, FORGOTTEN, report
    names = ("rows", "answers", "endings", "notes", "headers", "columns", "file_name", "report")
    run.save(update_fields=names)
    return True


def _forget_confirmations(before: dt.date) -> int:
    """Delete confirmations of before a day; a practice's newest stays, without who said it.

    How old the record of a practice is must be told for as long as there is one.
    """
    said = RosterConfirmation.objects.filter(confirmed_on__lt=before)
    named = said.exclude(confirmed_by=None).update(confirmed_by=None)
    of_practice = RosterConfirmation.objects.filter(practice=OuterRef("practice"))
    newest = of_practice.order_by("-confirmed_on", "-pk").values("pk")[:1]
    return named + said.exclude(pk=Subquery(newest)).delete()[0]


def forget_in_rosters(person: Person) -> None:
    """Take a person who is being erased out of the rosters that their practices still hold."""
    posts = {str(post) for post in person.posts.values_list("public_id", flat=True)}
    for run in rosters_about(person, today()):
        lines = lines_that_may_be(run, person)
        rows = [row for row in run.report.get("rows", []) if row["line"] not in lines]
        run.rows = [row for row in run.rows if row[0] not in lines]
        run.report = {
            **run.report,
            "rows": [_without(person, row) for row in rows],
            "absent": [row for row in run.report.get("absent", []) if row["post"] not in posts],
            # What could not be undone is told by name.
            "kept": [name for name in run.report.get("kept", []) if name != person.name],
            # What is left must be looked at again before it is loaded.
            "digest": "",
        }
        run.answers = {
            line: who for line, who in run.answers.items() if who != str(person.public_id)
        }
        run.journal = _without_journal(person, run.journal)
        run.save(update_fields=["rows", "report", "answers", "journal"])


def _without_journal(person: Person, journal: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a journal without a person, by whatever key it knew them.

    Who was linked to an account since the load has a new key, and the same posts.
    """
    posts = set(person.posts.values_list("pk", flat=True))
    keys = {person.pk} | {
        entry["person"] for entry in journal if entry["kind"] == "post" and entry["pk"] in posts
    }
    return [entry for entry in journal if entry["person"] not in keys]


def _without(person: Person, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of a report that does not ask whether it is this person."""
    if "who" not in row:
        return row
    return {**row, "who": [each for each in row["who"] if each[0] != str(person.public_id)]}
