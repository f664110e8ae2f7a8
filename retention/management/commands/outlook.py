"""Prints the public outlook of a place for an operator: the same figures as on its page."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.forecast import HORIZONS
from organisations.models.organisation import ENGLAND, Kind, Organisation
from retention.presenters.outlook import interval, number, within
from retention.queries.age_profile import age_profile, is_known, practices_known
from retention.queries.public_outlook import PublicOutlook, public_outlook

LONGEST = 30


class Command(BaseCommand):
    help = (
        "Print the public outlook of a practice (from 5 GPs), network, area or England (ENG): "
        "the sessions that may be lost, from published figures. With --json unrounded; as_at is "
        "the last day of the month that the figures describe."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="ODS code of the place")
        parser.add_argument(
            "--years",
            nargs="+",
            type=int,
            default=list(HORIZONS),
            help=f"Horizons in whole years, from 1 to {LONGEST}",
        )
        parser.add_argument("--json", action="store_true", help="Print JSON, unrounded.")

    def handle(self, *args: Any, **options: Any) -> None:
        years = sorted(set(options["years"]))
        if not all(1 <= year <= LONGEST for year in years):
            raise CommandError(f"--years takes whole years from 1 to {LONGEST}.")
        place = Organisation.objects.filter(code__iexact=options["code"].strip()).first()
        if place is None:
            raise CommandError(
                f"No place has the code {options['code']!r}. Check it, or load the practice map "
                "with import_data."
            )
        outlook = public_outlook(place, years=years)
        if outlook is None:
            raise CommandError(_why_none(place))
        text = json.dumps(as_json(outlook)) if options["json"] else in_words(place, outlook)
        self.stdout.write(text)


def as_json(outlook: PublicOutlook) -> dict[str, object]:
    """Return the figures of an outlook, unrounded, by horizon."""
    return {
        "place": outlook.place,
        "as_at": outlook.as_at.isoformat(),
        "sessions_now": outlook.sessions_now,
        "horizons": {
            str(years): {
                "expected": horizon.expected,
                "low80": horizon.low80,
                "high80": horizon.high80,
                "headcount_expected": horizon.headcount_expected,
                "retirement_expected": horizon.retirement_expected,
            }
            for years, horizon in outlook.horizons.items()
        },
    }


def in_words(place: Organisation, outlook: PublicOutlook) -> str:
    """Return an outlook as lines of plain words."""
    lines = [
        f"{place.name} ({place.code}), figures of {outlook.as_at:%B %Y}: "
        f"{number(outlook.sessions_now)} estimated sessions a week."
    ]
    lines += [
        f"Within {within(h.years)}: {number(h.expected)} may be lost (80% interval "
        f"{interval(h.low80, h.high80)}), {number(h.retirement_expected)} of them to retirement."
        for h in outlook.horizons.values()
    ]
    return "\n".join(lines)


def _why_none(place: Organisation) -> str:
    profile = age_profile(place)
    if profile is None:
        return f"No workforce figures have been loaded for {place.name} ({place.code})."
    if not is_known(profile):
        return f"The figures of {place.name} ({place.code}) are not known: the file printed NA."
    if place.code == ENGLAND:
        return (
            f"{number(practices_known(profile))} practices with figures are too few to stand for "
            "England. Load the whole practice-level file."
        )
    people = sum(profile.headcount.values())
    if place.kind == Kind.PRACTICE and people < PUBLIC_OUTLOOK_FROM:
        return (
            f"{place.name} ({place.code}) has fewer than {PUBLIC_OUTLOOK_FROM} GPs: it has no "
            "outlook of its own, for anyone. Ask for its network's."
        )
    return f"{place.name} ({place.code}) has no qualified permanent GPs with known hours."
