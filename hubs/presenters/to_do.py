"""What waits for the reader, in words that name nobody, each with the page where it is done."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.actor import Actor
from hubs.queries.to_do import Waits, own_to_do, role_to_do
from organisations.models import Organisation

_WORDS = {
    Waits.PAIR: "Say whether you accept a proposed pair",
    Waits.INVITATION: "Read the invitation to everyone in your network",
    Waits.POST: "Confirm a post that somebody told you of",
    Waits.STAFF_LIST: "Confirm your staff list: it is more than a year old, or was never confirmed",
    Waits.CONVERSATION: "Contact people who asked for a confidential conversation",
    Waits.RECOGNITION: "Answer people who asked to be recognised",
    Waits.SCHEME: "Look at a drafted scheme, and open it",
    Waits.AGREEMENT: "Complete the hub's agreements",
}


@dataclass(frozen=True)
class ToDo:
    """Something to do, and where."""

    words: str
    url: str


def to_do(actor: Actor | None, path: str) -> list[ToDo]:
    """Return what waits for a reader on the page at `path`: their own, or that of their role.

    Elsewhere nothing is asked of the database.
    """
    if actor is None or actor.user is None:
        return []
    if path == reverse("me"):
        return [ToDo(_WORDS[waits], reverse(_PAGES[waits])) for waits in own_to_do(actor.user)]
    # On other pages it would only be in the way, and cost queries.
    home = actor.role.organisation if actor.role else None
    if home is None or path != home.get_absolute_url():
        return []
    return [ToDo(_WORDS[waits], _url(waits, home)) for waits in role_to_do(actor)]


_PAGES = {
    Waits.PAIR: "mentoring",
    Waits.INVITATION: "conversations",
    Waits.POST: "practice-people",
    Waits.STAFF_LIST: "rosters",
    Waits.CONVERSATION: "hub-conversations",
    Waits.RECOGNITION: "hub-people",
    Waits.SCHEME: "schemes",
    Waits.AGREEMENT: "agreements",
}


def _url(waits: Waits, home: Organisation) -> str:
    of_practice = waits in (Waits.POST, Waits.STAFF_LIST)
    return reverse(_PAGES[waits], args=[home.code if of_practice else home.slug])
