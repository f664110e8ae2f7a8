"""Deletes what has been kept for as long as it may; run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.retention_periods import purge_expired


class Command(BaseCommand):
    help = (
        "Delete expired sessions, invitations, tokens, roles, audit rows and files that were"
        " uploaded and never loaded. Run it daily."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, count in purge_expired().items():
            self.stdout.write(f"{kind}: {count}")
