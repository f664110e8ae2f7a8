"""Records that a practice closed or merged, a hub merged, or somebody with an account died."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actor import Actor
from accounts.models import User
from hubs.actions.hub_mergers import merge_hubs
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.life_events import close_practice, merge_practices, record_death


class Command(BaseCommand):
    help = "Close or merge a practice, merge hubs, or record a death. See docs/life-events.md."

    def add_arguments(self, parser: CommandParser) -> None:
        events = parser.add_subparsers(dest="event", required=True)
        close = events.add_parser("close-practice")
        close.add_argument("code")
        merge = events.add_parser("merge-practices")
        merge.add_argument("code")
        merge.add_argument("into")
        death = events.add_parser("death")
        death.add_argument("email")
        for event in (close, merge, death):
            # No day by default: the wrong one would end posts and shares on it.
            event.add_argument("--on", type=dt.date.fromisoformat, required=True)
        # From today only: a day to come would leave two hubs to carry one area meanwhile.
        hubs = events.add_parser("merge-hubs", help="From today; hubs are named by their codes.")
        hubs.add_argument("code")
        hubs.add_argument("into")

    def handle(self, *args: Any, event: str, **options: Any) -> None:
        try:
            self.stdout.write(_done(Actor.command("life_event"), event, options))
        except ValidationError as problem:
            raise CommandError("; ".join(problem.messages)) from problem


def _done(by: Actor, event: str, options: dict[str, Any]) -> str:
    """Do what was asked; returns what to print."""
    on: dt.date = options.get("on") or today()
    if event == "death":
        record_death(by=by, user=_user(options["email"]), on=on)
        return "The account is closed."
    place = _place(options["code"])
    if event == "merge-hubs":
        merger = merge_hubs(by=by, from_=place, into=_place(options["into"]))
        return f"{merger.people} people and {merger.schemes} schemes went over."
    if event == "close-practice":
        count = close_practice(by=by, practice=place, on=on)
    else:
        count = merge_practices(by=by, from_=place, into=_place(options["into"]), on=on)
    return f"{count} posts ended or moved."


def _place(code: str) -> Organisation:
    # As people type codes; they are kept in capitals.
    found = Organisation.objects.filter(code=code.upper()).first()
    if found is None:
        raise CommandError(f"There is no place with the code {code}.")
    return found


def _user(email: str) -> User:
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise CommandError("There is no open account with this address.")
    return found
