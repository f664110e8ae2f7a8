#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line

# They read published files and no record: whoever doubts a figure needs no keys to check it.
WITHOUT_KEYS = ("backtest", "evaluate", "evaluate_hazard", "evaluate_simulated", "model_card")


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in WITHOUT_KEYS:
        os.environ.setdefault("RETENTION_HUB_ENV", "demo")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
