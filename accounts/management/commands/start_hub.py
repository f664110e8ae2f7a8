"""Sets up a first real hub."""

import argparse
import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.actions.start_hub import AgreementTerms, StartedHub, start_hub
from accounts.actor import Actor
from accounts.queries.invitations import token_of
from organisations.models.agreement import LawfulBasis
from organisations.queries.agreements import PURPOSES

Ask = Callable[[str], str]


class Command(BaseCommand):
    help = (
        "Set up a training hub: its area, its agreements and its administrator, who is invited by"
        " email. Load the practice map first. Run again, it adds only what is missing."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--name", help="as people read it")
        parser.add_argument("--slug", help="as addresses show it: small letters and hyphens")
        parser.add_argument("--code", help="up to 12 letters; made from the slug unless given")
        parser.add_argument(
            "--icb", action="append", default=[], help="ICB code of the area; once for each"
        )
        parser.add_argument("--administrator-email")
        parser.add_argument("--administrator-name")
        parser.add_argument("--controller", help="who answers for the data, for every purpose")
        parser.add_argument("--lawful-basis", choices=LawfulBasis.values, help="for every purpose")
        parser.add_argument("--agreed-on", help="YYYY-MM-DD, for every purpose")
        parser.add_argument("--notice-given-on", help="YYYY-MM-DD, for every purpose")
        parser.add_argument(
            "--no-input",
            action="store_true",
            help="ask nothing: what is not given as an option is an error",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ask = _refuse if options["no_input"] else input
        try:
            started = self._start(ask, options)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        except EOFError as end:
            raise CommandError("There is nobody to answer: give the answers as options.") from end
        self._report(started)

    def _start(self, ask: Ask, options: dict[str, Any]) -> StartedHub:
        name = options["name"] or ask("Name of the hub: ")
        slug = options["slug"] or ask("Short name for addresses (small letters, hyphens): ")
        return start_hub(
            by=Actor.command("start_hub"),
            name=name,
            slug=slug,
            code=options["code"] or f"TH-{slug.upper()[:9]}",
            icb_codes=options["icb"] or ask("ICB codes of its area, with spaces: ").split(),
            administrator_email=options["administrator_email"]
            or ask("Administrator's email address: "),
            administrator_name=options["administrator_name"] or ask("Administrator's name: "),
            agreements=[_terms(ask, options, purpose) for purpose in PURPOSES],
        )

    def _report(self, started: StartedHub) -> None:
        hub = started.hub
        self.stdout.write(f"{hub.name}: {'set up' if started.is_new else 'stands already'}.")
        self.stdout.write(f"Agreements added: {started.new_agreements}.")
        if started.invitation is None:
            self.stdout.write("The administrator is in already.")
            return
        link = settings.SITE_URL + reverse("invitation", args=[token_of(started.invitation)])
        self.stdout.write(f"Invitation for {started.invitation.email}, also sent by email:\n{link}")


def _terms(ask: Ask, options: dict[str, Any], purpose: str) -> AgreementTerms:
    """Return one line of the checklist; options answer for every purpose."""
    bases = ", ".join(LawfulBasis.values)
    return AgreementTerms(
        purpose=purpose,
        controller=options["controller"] or ask(f"{purpose} - controller: "),
        lawful_basis=options["lawful_basis"] or ask(f"{purpose} - lawful basis ({bases}): "),
        starts_on=_date(options["agreed_on"] or ask(f"{purpose} - agreed on (YYYY-MM-DD): ")),
        notice_given_on=_date_or_none(_notice(ask, options, purpose)),
    )


def _notice(ask: Ask, options: dict[str, Any], purpose: str) -> str:
    if options["no_input"] or options["notice_given_on"]:
        return options["notice_given_on"] or ""
    return ask(f"{purpose} - notice given on (YYYY-MM-DD, or empty if not yet): ")


def _date_or_none(text: str) -> dt.date | None:
    return _date(text) if text.strip() else None


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as problem:
        raise ValidationError(f"“{text}” is not a date. Write it as 2026-04-01.") from problem


def _refuse(question: str) -> str:
    raise ValidationError(f"An option is missing. It answers: {question.strip()}")
