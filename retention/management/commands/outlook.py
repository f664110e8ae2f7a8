"""Prints the public outlook of a place for an operator: the same figures as on its page."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.forecast import HORIZONS
from organisations.models.organisation import ENGLAND, Kind, Organisation
from retention.models.published_count import StaffGroup
from retention.presenters.outlook import interval, number, within
from retention.queries.age_profile import age_profile, is_known, practices_known
from retention.queries.public_outlook import PublicOutlook, public_outlook

LONGEST = 30


class Command(BaseCommand):
    help = (
        "Print the public outlook of a practice (from 5 people), network, area or England (ENG): "
        "the sessions that may be lost, from published figures; 9 sessions are one full-time "
        "equivalent, whatever the staff group. With --json unrounded; as_at is "
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
        parser.add_argument(
            "--staff-group",
            choices=StaffGroup.values,
            default=StaffGroup.GP.value,
            help="GPs unless given",
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
        group = StaffGroup(options["staff_group"])
        outlook = public_outlook(place, staff_group=group, years=years)
        if outlook is None:
            raise CommandError(_why_none(place, group))
        text = json.dumps(as_json(outlook)) if options["json"] else in_words(place, outlook, group)
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


def in_words(place: Organisation, outlook: PublicOutlook, group: StaffGroup = StaffGroup.GP) -> str:
    """Return an outlook as lines of plain words."""
    whom = "" if group == StaffGroup.GP else f", {group.label}"
    lines = [
        f"{place.name} ({place.code}){whom}, figures of {outlook.as_at:%B %Y}: "
        f"{number(outlook.sessions_now)} estimated sessions a week."
    ]
    lines += [
        f"Within {within(h.years)}: {number(h.expected)} may be lost (80% interval "
        f"{interval(h.low80, h.high80)}), {number(h.retirement_expected)} of them to retirement."
        for h in outlook.horizons.values()
    ]
    return "\n".join(lines)


def _why_none(place: Organisation, group: StaffGroup) -> str:
    profile = age_profile(place, staff_group=group)
    if profile is None:
        return f"No workforce figures have been loaded for {place.name} ({place.code})."
    if not is_known(profile):
        return f"The figures of {place.name} ({place.code}) are not known: the file printed NA."
    if place.code == ENGLAND:
        return (
            f"{number(practices_known(profile))} practices with figures are too few to stand for "
            "England. Load the whole practice-level file."
        )
    is_gp = group == StaffGroup.GP
    whom = "GPs" if is_gp else f"people ({group.label})"
    all_of_them = "qualified permanent GPs" if is_gp else whom
    people = sum(profile.headcount.values())
    # The same limit as on the page: an operator's door opens no further.
    if place.kind == Kind.PRACTICE and people < PUBLIC_OUTLOOK_FROM:
        return (
            f"{place.name} ({place.code}) has fewer than {PUBLIC_OUTLOOK_FROM} {whom}: it has no "
            "outlook of its own, for anyone. Ask for its network's."
        )
    return f"{place.name} ({place.code}) has no {all_of_them} with known hours."
