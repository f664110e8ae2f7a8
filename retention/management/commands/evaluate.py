"""Runs the frozen evaluations and, with --write, keeps their figures for the page to show."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations.clock import today
from retention.imports.person_years import read_person_years


class Command(BaseCommand):
    help = (
        "Run the evaluations of the hazard model, on real person-years and on simulated hubs. "
        "With --write their figures replace those in models/data/evaluation.json."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PERSON_YEARS.csv", help="one row a person and year")
        parser.add_argument("--write", action="store_true", help="Replace the stored figures.")

    def handle(self, *args: Any, **options: Any) -> None:
        from models.evaluation import hazard, simulated, stored

        path = Path(options["path"])
        try:
            found = hazard.evaluate(read_person_years(path.read_bytes()).rows)
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        parts = {
            stored.HAZARD: (found.as_json(), "US federal judges, 1970 to 2024 (real people)"),
            stored.SIMULATED: (simulated.evaluate().as_json(), "simulated hubs (made up)"),
        }
        for name, (figures, data) in parts.items():
            self.stdout.write(f"{name}: {figures['method']}, {data}")
            if options["write"]:
                stored.store_evaluation(name, figures, made_on=today(), data=data)
