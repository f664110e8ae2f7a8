"""Adds the published counts up again, for instance after a hub was given its area."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from retention.actions.published_profiles import months_with_profiles, rebuild_profiles


class Command(BaseCommand):
    help = "Add every month's published figures up again for networks, areas and hubs."

    def handle(self, *args: Any, **options: Any) -> None:
        months = months_with_profiles()
        for month in months:
            with transaction.atomic():
                rebuild_profiles(month)
        self.stdout.write(f"Months added up again: {len(months)}.")
