"""Stores the public outlooks of the newest months, where they are not stored yet."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from retention.actions.stored_outlooks import make_outlooks, months_to_store
from retention.presenters.outlook import plural
from retention.tasks.outlooks import make_outlooks_task


class Command(BaseCommand):
    help = (
        "Store the public outlooks of all places for the newest months. A worker does it after"
        " each load; run this after an upgrade that brings a new standard table or model. Run"
        " again it changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--background", action="store_true", help="Leave it to the worker (db_worker)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        months = months_to_store()
        if options["background"]:
            for month in months:
                make_outlooks_task.enqueue(month.isoformat())
            self.stdout.write(f"Left to the worker: {plural(len(months), 'month')}.")
            return
        self.stdout.write("\n".join(map(_made, months)) or "No workforce figures are loaded.")


def _made(month: dt.date) -> str:
    made = make_outlooks(month=month)
    what = f"stored for {plural(made, 'staff group')}" if made else "nothing to do"
    return f"{month:%B %Y}: {what}."
