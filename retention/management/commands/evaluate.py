"""Runs the frozen evaluations and, with --write, keeps their figures for the page to show."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations.clock import today
from retention.imports import bulletin
from retention.imports.files import UnreadableFileError
from retention.imports.person_years import read_person_years
from retention.imports.recognise import read_file
from retention.queries.bulletin import age_series_of, qualified_permanent_gps, role_heads

# Name, figures, and what they were made from.
Part = tuple[str, dict[str, Any], str]
WORKBOOK = ".xlsx"


class Command(BaseCommand):
    help = (
        "Run the evaluations of the hazard model: on real person-years, on simulated hubs, and"
        " how fair it is by sex, role, age and deprivation. Given the bulletin tables (.xlsx) too,"
        " also by role on what was published. With --write their figures replace those in"
        " models/data/evaluation.json."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="FILE", help="person-years, bulletin tables"
        )
        parser.add_argument("--write", action="store_true", help="Replace the stored figures.")

    def handle(self, *args: Any, **options: Any) -> None:
        from models.evaluation import stored

        books = [path for path in options["paths"] if path.suffix.lower() == WORKBOOK]
        years = [path for path in options["paths"] if path not in books]
        for name, figures, data in [*_of_bulletins(books), *_of_person_years(years)]:
            self.stdout.write(f"{name}: {figures['method']}, {data}")
            if options["write"]:
                stored.store_evaluation(name, figures, made_on=today(), data=data)


def _of_person_years(paths: list[Path]) -> Iterator[Part]:
    """Run the hazard model on each file, and then what needs no file."""
    from models.evaluation import hazard, simulated, simulated_fairness, stored

    for path in paths:
        try:
            found = hazard.evaluate(read_person_years(path.read_bytes()).rows)
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        yield stored.HAZARD, found.as_json(), "US federal judges, 1970 to 2024 (real people)"
        made_up = "simulated hubs (made up)"
        yield stored.SIMULATED, simulated.evaluate().as_json(), made_up
        yield stored.FAIRNESS, simulated_fairness.evaluate().as_json(), made_up


def _of_bulletins(paths: list[Path]) -> Iterator[Part]:
    """Compare roles in each bulletin."""
    from models.evaluation import stored
    from models.evaluation.role_fairness import role_fairness

    for path in paths:
        try:
            rows = next(one.rows for one in read_file(path) if one.format == bulletin.FORMAT)
            series = age_series_of(rows)
            whole = qualified_permanent_gps(series)
            found = role_fairness(whole, role_heads(series))
        except UnreadableFileError as problem:
            raise CommandError(str(problem)) from problem
        except (StopIteration, KeyError, ValueError) as problem:
            raise CommandError(
                f"{path} does not hold GPs by role and age band over the years: give it"
                f" {bulletin.READER.title}."
            ) from problem
        span = f"{whole.months[0]:%B %Y} to {whole.months[-1]:%B %Y}"
        yield stored.ROLES, found.as_json(), f"published heads by role and age band, {span}"
