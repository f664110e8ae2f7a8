"""Queues the monthly summaries; run it every day, the worker sends them."""

from typing import Any

from django.core.management.base import BaseCommand

from hubs.actions.digests import queue_digests
from hubs.queries.digest import failed_issues, unanswered_issues


class Command(BaseCommand):
    help = (
        "Queue the monthly summary of the newest published month for everyone who has not had it,"
        " and what could not be sent before. Run it daily: nobody gets a month's twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # Before they are queued: a worker that is quick would have cleared them.
        failed = failed_issues()
        self.stdout.write(f"{queue_digests()} queued.")
        if failed:
            self.stderr.write(
                f"{failed} could not be sent at the last try; look at the worker's log."
            )
        unanswered = unanswered_issues()
        if unanswered:
            self.stderr.write(
                f"{unanswered} handed to the mail server, which never said whether it took them."
                " None is sent again: the mail server's log tells what became of it."
            )
