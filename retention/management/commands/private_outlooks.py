"""Makes a month's private outlooks, or says whether an old one can still be made again."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations.clock import today
from retention.actions.experience_releases import release_experience
from retention.actions.private_outlooks import (
    Explained,
    SnapshotOrderError,
    explained,
    make_private_outlooks,
)
from retention.presenters.outlook import plural
from retention.queries.private_outlook import round_of
from retention.tasks.private_outlooks import make_private_outlooks_task


class Command(BaseCommand):
    help = (
        "Make this month's private outlooks, of networks and hub areas whose practices share their"
        " posts, and once a quarter look at the hubs' own leavers. Run again it changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", type=_month, help="YYYY-MM, after the last that was made.")
        parser.add_argument(
            "--background", action="store_true", help="Leave it to the worker (db_worker)."
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="Make nothing: say of each figure of the month whether it can be made again.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        month: dt.date | None = options["month"]
        if options["check"]:
            self._check(month)
        elif options["background"]:
            make_private_outlooks_task.enqueue(month.isoformat() if month else "")
            self.stdout.write("The worker will make them.")
        else:
            self._make(month)

    def _make(self, month: dt.date | None) -> None:
        try:
            snapshot, is_new = make_private_outlooks(month=month)
        except SnapshotOrderError as refused:
            raise CommandError(str(refused)) from refused
        found = round_of(snapshot)
        self.stdout.write(
            f"{snapshot}: {plural(found.released, 'cell')} released, {found.standing} of before"
            f" standing, {found.withheld} withheld"
            + ("." if is_new else "; made already, nothing was changed.")
        )
        # Once a quarter it finds something to look at; on the other days it changes nothing.
        if let_out := release_experience():
            self.stdout.write(f"Own leavers: let out for {plural(let_out, 'staff group')}.")

    def _check(self, month: dt.date | None) -> None:
        found = explained(month=month or today())
        if found is None:
            raise CommandError("No private outlooks were made for that month.")
        for line in found:
            self.stdout.write(_words(line))


def _words(line: Explained) -> str:
    state = (
        "the same from the same inputs"
        if line.same_figures
        else "the record has changed since (objections, erasure, corrections), so it is not"
        " made again"
        if not line.same_inputs
        else "made from the same inputs by other versions"
    )
    outlook = line.outlook
    versions = f"{outlook.table_version}, {outlook.model_version}"
    return f"{outlook.place.code} {outlook.staff_group}, {versions}: {state}."


def _month(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError as wrong:
        raise CommandError(f"{text!r} is no month: write 2026-06, for example.") from wrong
