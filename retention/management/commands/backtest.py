"""Scores past forecasts of the number of GPs against what was published later."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from models.evaluation import stored
from models.evaluation.backtest_result import HORIZON_NAMES, METHOD, METHODS, as_json, backtest
from organisations.clock import today
from retention.imports import bulletin
from retention.imports.files import UnreadableFileError
from retention.imports.recognise import read_file
from retention.queries.bulletin import age_series_of, qualified_permanent_gps


class Command(BaseCommand):
    help = (
        "Back-test the cohort forecast on the bulletin tables: mean absolute errors in percent of "
        "the heads of qualified permanent GPs aged 55 and over, beside four rivals. The method "
        "was settled before it was scored: docs/decisions/0021-backtest-method.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workbook", type=Path, help="The bulletin tables (.xlsx)")
        parser.add_argument("--json", action="store_true", help="Print JSON, unrounded.")
        parser.add_argument(
            "--write", action="store_true", help="Replace the figures that the product shows."
        )
        parser.add_argument(
            "--variants", action="store_true", help="Score the listed variants of the method too."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            results = read_file(options["workbook"])
        except UnreadableFileError as problem:
            raise CommandError(str(problem)) from problem
        rows = next((found.rows for found in results if found.format == bulletin.FORMAT), None)
        if rows is None:
            raise CommandError(f"This file is not {bulletin.READER.title}.")
        try:
            series = qualified_permanent_gps(age_series_of(rows))
            found = as_json(backtest(series, variants=options["variants"]))
        except (KeyError, ValueError) as problem:
            raise CommandError(
                "This bulletin does not hold qualified permanent GPs and partners by age band "
                "from 2015 to 2021 and later, so nothing can be scored."
            ) from problem
        # Without it the figures are only looked at: the product shows those of a settled method.
        if options["write"]:
            last = f"{series.months[-1]:%B %Y}"
            data = f"published heads by age band, England, {series.months[0]:%B %Y} to {last}"
            figures = {"method": METHOD, **found}
            stored.store_evaluation(stored.BACKTEST, figures, made_on=today(), data=data)
        self.stdout.write(json.dumps(found) if options["json"] else in_words(found))


def in_words(found: Mapping[str, Any]) -> str:
    """Return the scores as tables to read."""
    lines = []
    for years, name in HORIZON_NAMES.items():
        result = found[name]
        lines += [
            f"{years} year{'s' if years > 1 else ''} ahead, {result['origins']} origins: mean "
            "absolute error in %",
            f"{'':14}{'mean':>8}{'(s.e.)':>8}"
            + "".join(f"{band:>8}" for band in result["bands"])
            + f"{'interval score':>16}",
        ]
        for method in METHODS:
            errors = [result["bands"][band][method] for band in result["bands"]]
            lines.append(
                f"{method:14}{result['mean'][method]:8.2f}"
                f"{'(' + format(result['standard_error'][method], '.2f') + ')':>8}"
                + "".join(f"{error:8.2f}" for error in errors)
                + f"{result['interval_score'][method]:16.1f}"
            )
        lines += [
            f"  variant, {variant}: {error:.2f}"
            for variant, error in result.get("variants", {}).items()
        ]
        low, high = found["coverage_80_interval"][str(years)]
        lines += [
            f"The 80% interval held {found['coverage_80'][str(years)]:.0%} of what was published "
            f"(95% bootstrap interval {low:.0%} to {high:.0%}).",
            "",
        ]
    return "\n".join(lines).rstrip()
