"""Loads published files into the record."""

import datetime as dt
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actor import Actor
from retention.actions.import_files import import_file
from retention.actions.import_report import FileReport


class Command(BaseCommand):
    help = (
        "Load published files (plain or zip), recognised by what is in them. Each file is stored "
        "whole or not at all; the exit status is 1 if any was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="Check and compare; write nothing."
        )
        parser.add_argument("--json", action="store_true", help="Print the reports as JSON.")
        parser.add_argument(
            "--month",
            help="Year and month, such as 2025-06, for a file that does not print its own.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        month = _month(options["month"])
        by = Actor.command("import_data")
        reports = [
            report
            for path in options["files"]
            for report in _reports(by, path, month, options["dry_run"])
        ]
        if options["json"]:
            files = [report.as_json() for report in reports]
            self.stdout.write(json.dumps({"files": files}, indent=2))
        else:
            for report in reports:
                self.stdout.write(_in_words(report, options["dry_run"]))
        refused = sum(report.is_refused for report in reports)
        # After the reports, so that a script sees by the status what a person reads above.
        if refused:
            raise CommandError(f"{refused} of {len(reports)} files were not stored; see above.")


def _reports(by: Actor, path: Path, month: dt.date | None, dry_run: bool) -> list[FileReport]:
    # Also for a folder or a pipe: read as a file, either would wait or fail in other words.
    if not path.is_file():
        return [FileReport.unreadable(str(path), "There is no such file. Check the path.")]
    return import_file(by=by, source=path, name=str(path), month=month, dry_run=dry_run)


def _month(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError as wrong:
        raise CommandError(f"--month is {text!r}; write it as 2025-06.") from wrong


def _in_words(report: FileReport, dry_run: bool) -> str:
    state = (
        "not stored" if report.is_refused else "checked, nothing written" if dry_run else "stored"
    )
    lines = [
        f"{report.file}: {state}",
        f"  {report.rows} rows: {report.created} created, {report.changed} changed, "
        f"{report.unchanged} unchanged, {len(report.rejected)} rejected",
        *(f"  line {item.line}: {item.reason}" for item in report.rejected),
        *(f"  note: {warning}" for warning in report.warnings),
    ]
    return "\n".join(lines)
