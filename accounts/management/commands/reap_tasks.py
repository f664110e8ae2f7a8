"""Ends background work whose worker was killed; run it every few minutes."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.lost_tasks import reap


class Command(BaseCommand):
    help = "Mark background work that ran too long as failed, and run again what may be."

    def handle(self, *args: Any, **options: Any) -> None:
        marked, again = reap(lost_after=settings.TASK_LOST_AFTER)
        if marked:
            self.stdout.write(f"{marked} lost; {again} of them run again.")
