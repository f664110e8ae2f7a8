"""Loads the demo hub, once, and prints the accounts to sign in with."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hubs.demo.accounts import ACCOUNTS, PASSWORD
from hubs.demo.load import DemoRefusedError, load_demo


class Command(BaseCommand):
    """Loads a fictional training hub to try the service with; refuses in production."""

    help = "Load the demo hub unless it is there, and print its accounts."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        """Load the demo and print its accounts; nothing is printed at verbosity 0."""
        try:
            is_new = load_demo()
        except DemoRefusedError as refused:
            raise CommandError(str(refused)) from refused
        # Tests and scripts load it too, and have no use for a table.
        if verbosity == 0:
            return
        self.stdout.write(
            "The demo hub is loaded." if is_new else "The demo hub is there; nothing was changed."
        )
        self.stdout.write(accounts_table())


def accounts_table() -> str:
    """Return the demo accounts as a table of fixed-width columns."""
    rows = [("Role", "Email", "Password")]
    rows += [(account.label, account.email, PASSWORD) for account in ACCOUNTS]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join(["", lines[0], rule, *lines[1:]])
