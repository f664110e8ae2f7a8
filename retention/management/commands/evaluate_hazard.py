"""Scores the hazard model on a file of real person-years, beside its rivals."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from retention.imports.person_years import read_person_years

if TYPE_CHECKING:
    from models.evaluation.results import HazardEvaluation

DRAWS = 200
ROW = "{:<12}{:>8}{:>8}{:>8}{:>11}{:>8}"
NAMES = {"model": "model", "age_table": "age table", "boosting": "boosting"}
MEASURES = ("auc", "brier", "ipa", "intercept", "slope")
MOST_PROBLEMS = 5


class Command(BaseCommand):
    help = (
        "Train the hazard model on person-years before 2010 and score it on those from 2010 on, "
        "over one and five years, beside a table by age alone and gradient boosting. The method "
        "is frozen in docs/decisions/0024. Nothing is stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PERSON_YEARS.csv", help="one row a person and year")
        parser.add_argument("--json", action="store_true", help="Print JSON, unrounded.")
        parser.add_argument(
            "--draws", type=int, default=DRAWS, help="bootstrap samples of people, 2 or more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["draws"] < 2:
            raise CommandError("--draws takes 2 or more.")
        from models.evaluation.hazard import evaluate

        try:
            file = read_person_years(Path(options["path"]).read_bytes())
            found = evaluate(file.rows, draws=options["draws"])
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        self.stderr.write(
            f"{len(file.rows)} rows read; {file.impossible} left out for an impossible age, "
            f"{len(file.problems)} for another problem."
        )
        for line in file.problems[:MOST_PROBLEMS]:
            self.stderr.write(line)
        if options["json"]:
            left_out = {"impossible_age": file.impossible, "problems": len(file.problems)}
            self.stdout.write(json.dumps({**found.as_json(), "left_out": left_out}))
        else:
            self.stdout.write(in_words(found))


def in_words(found: "HazardEvaluation") -> str:
    """Return the comparison as a table for each horizon."""
    lines = []
    for years, horizon in found.horizons.items():
        lines.append(f"{years} year(s): {horizon.rows} rows, {horizon.events} left")
        lines.append(ROW.format("", *MEASURES))
        rated = {"model": horizon.model, **horizon.rivals}
        for name, label in NAMES.items():
            numbers = [getattr(rated[name].scores, measure) for measure in MEASURES]
            errors = [getattr(rated[name].standard_errors, measure) for measure in MEASURES]
            lines.append(ROW.format(label, *(f"{number:.3f}" for number in numbers)))
            lines.append(ROW.format("  ±", *(f"{error:.3f}" for error in errors)))
        older = horizon.sixty_and_over["model"]
        lines.append(f"60 and over: AUC {older.auc:.3f}, IPA {older.ipa:.3f}")
    return "\n".join(lines)
