"""Pairs trainees with mentors from plain files, with the engine that hubs use."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """`manage.py pair_files --scores FILE --capacities FILE --out FILE [--json]`."""

    help = (
        "Pairs most trainees, then for the highest total score. Reads trainee,mentor,score and "
        "mentor,capacity; writes trainee,mentor,score."
    )
    # It touches no record, so no database need be there.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the three files."""
        parser.add_argument("--scores", type=Path, required=True, help="trainee,mentor,score")
        parser.add_argument("--capacities", type=Path, required=True, help="mentor,capacity")
        parser.add_argument("--out", type=Path, required=True, help="where the pairs go")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Pair the files and print what came out; a bad file exits 1 with its lines."""
        from models.pairing_files import PairFilesError, pair_files

        try:
            result = pair_files(
                scores=options["scores"], capacities=options["capacities"], out=options["out"]
            )
        except PairFilesError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(result))
            return
        proof = "proved optimal" if result["proved_optimal"] else "NOT proved optimal"
        self.stdout.write(
            f"{result['pairs']} pairs, total score {result['total']}, {proof}, "
            f"in {result['seconds']:.2f} s: {options['out']}"
        )
