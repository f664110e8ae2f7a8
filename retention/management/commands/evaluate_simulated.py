"""Asks of simulated hubs, whose truth is known, what the model finds and its intervals hold."""

import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from models.evaluation.simulated import SimulatedEvaluation

HUBS = 30


class Command(BaseCommand):
    help = (
        "Simulate hubs with known hazards: are coefficients recovered, do 80 % intervals hold 80 "
        "of 100 losses, and from how many person-years does local data beat the standard table?"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print JSON, unrounded.")
        parser.add_argument("--hubs", type=int, default=HUBS, help="hubs of each size, 2 or more")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["hubs"] < 2:
            raise CommandError("--hubs takes 2 or more.")
        from models.evaluation.simulated import evaluate

        found = evaluate(hubs=options["hubs"])
        text = json.dumps(found.as_json()) if options["json"] else in_words(found)
        self.stdout.write(text)


def in_words(found: "SimulatedEvaluation") -> str:
    """Return what was found as plain lines."""
    lines = ["IPA of leaving in a year, people of 50 and over (truth, table, model, share):"]
    lines += [
        f"truth {size.strength:.0%} away from the table, {size.person_years:>5,} person-years: "
        f"{size.truth:.3f}, {size.table:.3f}, {size.model:.3f}, {size.share_of_truth:.2f}"
        for size in found.sizes
    ]
    lines += [
        f"Truth {strength:.0%} away: local data beat the table "
        + (f"from {beaten} person-years." if beaten else "at none of these sizes.")
        for strength, beaten in found.beats_the_table_from.items()
    ]
    lines.append("80 % intervals (by randomised PIT, as shown):")
    lines += [
        f"{name:>9}: {coverage.by_pit:.1%}, {coverage.by_interval:.1%}"
        for name, coverage in found.coverage.items()
    ]
    lines.append(f"Coefficients from {found.recovery_person_years:,} person-years:")
    lines += [
        f"{name}: {one.found:.3f} ± {one.standard_error:.3f} (truth {one.truth:.2f})"
        for name, one in found.recovery.items()
    ]
    return "\n".join(lines)
