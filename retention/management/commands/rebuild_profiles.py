"""Adds the published counts up again, for instance after a hub was given its area."""

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from retention.actions.published_profiles import months_with_profiles, rebuild_profiles
from retention.tasks.outlooks import make_outlooks_task


class Command(BaseCommand):
    help = "Add every month's published figures up again for networks, areas and hubs."

    def handle(self, *args: Any, **options: Any) -> None:
        months = months_with_profiles()
        for month in months:
            # A month at a time: on SQLite nobody else writes meanwhile.
            with transaction.atomic():
                rebuild_profiles(month)
                transaction.on_commit(partial(make_outlooks_task.enqueue, month.isoformat()))
        self.stdout.write(f"Months added up again: {len(months)}.")
