"""What mentoring holds on a person, registered for "my data" and erasure."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from accounts.actor import Actor
from accounts.models import User
from accounts.personal_data import PersonalDataKind, register
from hubs.actions.pairs import close_pairs
from hubs.models import (
    ConversationRequest,
    DigestChoice,
    DigestIssue,
    Meeting,
    MenteeRequest,
    MentorOffer,
    NeverEntry,
    PastAddress,
)
from hubs.presenters.mentoring import offer_rows, request_rows
from hubs.queries.conversations import contact_of
from hubs.queries.digest import wants_digest
from hubs.queries.mentoring import never_list
from hubs.queries.pairs import TOLD_TO_BOTH, own_pairs, own_person_of
from hubs.retention_periods import (
    CONVERSATION_CLOSED_DAYS,
    CONVERSATION_OPEN_DAYS,
    DIGEST_DAYS,
)

# Made for people to read: words and dates, not codes and keys.
Held = list[dict[str, Any]]


def _iso(when: dt.date | None) -> str | None:
    return None if when is None else when.isoformat()


def _rows(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    return dict(rows)


def export_offers(user: User) -> Held:
    """Return every offer, withdrawn ones too."""
    return [
        {
            "hub": offer.hub.name,
            "state": offer.get_state_display(),
            "offered_at": _iso(offer.offered_at),
            **_rows(offer_rows(offer)),
        }
        for offer in MentorOffer.objects.filter(person__user=user).select_related("hub")
    ]


def erase_offers(user: User, by: Actor) -> None:
    """Close the pairs kindly, then delete the offers with all that hangs on them."""
    offers = list(MentorOffer.objects.filter(person__user=user))
    # The other side hears that there is news; without it a pair would vanish from their page.
    close_pairs(offers=offers, by=by)
    MentorOffer.objects.filter(person__user=user).delete()


def export_requests(user: User) -> Held:
    """Return every request, withdrawn ones too."""
    return [
        {
            "hub": request.hub.name,
            "state": request.get_state_display(),
            "asked_at": _iso(request.asked_at),
            **_rows(request_rows(request)),
        }
        for request in MenteeRequest.objects.filter(person__user=user).select_related("hub")
    ]


def erase_requests(user: User, by: Actor) -> None:
    """Close the pairs kindly, then delete the requests with all that hangs on them."""
    requests = list(MenteeRequest.objects.filter(person__user=user))
    close_pairs(requests=requests, by=by)
    MenteeRequest.objects.filter(person__user=user).delete()


def export_never_list(user: User) -> list[str]:
    """Return the lines of the list, unsealed for their owner."""
    # An account that never offered or asked has no person in the record.
    person = own_person_of(user)
    return never_list(person) if person else []


def erase_never_list(user: User, by: Actor) -> None:
    """Delete the list."""
    NeverEntry.objects.filter(owner__user=user).delete()


def export_past_addresses(user: User) -> list[str]:
    """Return the digests; the addresses themselves are not held."""
    return list(PastAddress.objects.filter(user=user).values_list("email_digest", flat=True))


def erase_past_addresses(user: User, by: Actor) -> None:
    """Delete the digests."""
    PastAddress.objects.filter(user=user).delete()


def export_pairs(user: User) -> Held:
    """Return the pairs that the user was told of, without what the other side said."""
    return [
        {
            "side": own.side.value,
            "state": own.pair.get_state_display(),
            # The other's answer is theirs, and their name too: who it was stands on the page.
            "my_answer": own.answer.label,
            "started_on": _iso(own.pair.started_on),
            "ended_on": _iso(own.pair.ended_on),
            "meetings": [
                {
                    "date": _iso(meeting.held_on),
                    "minutes": meeting.minutes,
                    "kind": meeting.get_kind_display(),
                    "state": meeting.get_state_display(),
                }
                for meeting in Meeting.objects.filter(pair=own.pair)
            ],
        }
        for own in own_pairs(user, states=TOLD_TO_BOTH)
    ]


def erase_pairs(user: User, by: Actor) -> None:
    """Nothing is left to do: pairs and meetings go with the offer or the request."""


def export_conversations(user: User) -> Held:
    """Return what the user asked of hubs in confidence, with how to reach them."""
    asked = ConversationRequest.objects.filter(person__user=user).select_related("hub")
    return [
        {
            "hub": request.hub.name,
            "state": request.get_state_display(),
            "asked_at": _iso(request.asked_at),
            "contacted_at": _iso(request.contacted_at),
            "closed_at": _iso(request.closed_at),
            "how": request.get_way_display(),
            **vars(contact_of(request)),
        }
        for request in asked
    ]


def erase_conversations(user: User, by: Actor) -> None:
    """Delete them."""
    ConversationRequest.objects.filter(person__user=user).delete()


def export_digests(user: User) -> object:
    """Return the switch, and which months were sent when; their text is not kept."""
    # When, and not what: the text is made anew each time, of published figures.
    issues = DigestIssue.objects.filter(user=user)
    return {
        "wanted": wants_digest(user),
        "issues": [
            {
                "month": _iso(issue.month),
                "state": issue.get_state_display(),
                "sent_at": _iso(issue.sent_at),
            }
            for issue in issues
        ],
    }


def erase_digests(user: User, by: Actor) -> None:
    """Delete both."""
    DigestIssue.objects.filter(user=user).delete()
    DigestChoice.objects.filter(user=user).delete()


# In the order in which "my data" lists them.
KINDS = (
    PersonalDataKind(
        "Monthly summary: whether you want it, and when it was sent",
        f"The switch until you erase your data; a sending for {DIGEST_DAYS} days.",
        export_digests,
        erase_digests,
    ),
    PersonalDataKind(
        "Confidential conversations that you asked a training hub for",
        f"Until you take it back; {CONVERSATION_CLOSED_DAYS} days after it was closed; at the"
        f" longest {CONVERSATION_OPEN_DAYS} days after you asked. How to reach you goes when it is"
        " closed.",
        export_conversations,
        erase_conversations,
    ),
    PersonalDataKind(
        "Mentoring that you offer",
        f"Until you erase it, or {settings.RECORDS_KEPT_YEARS} years after you withdrew it.",
        export_offers,
        erase_offers,
    ),
    PersonalDataKind(
        "Mentoring that you ask for",
        f"Until you erase it, or {settings.RECORDS_KEPT_YEARS} years after you withdrew it.",
        export_requests,
        erase_requests,
    ),
    PersonalDataKind(
        "Who you must not be paired with, sealed so that only you can read it",
        "Until you change or erase it.",
        export_never_list,
        erase_never_list,
    ),
    PersonalDataKind(
        "Digests of past addresses (to keep never lists working)",
        "Until you erase your data.",
        export_past_addresses,
        erase_past_addresses,
    ),
    PersonalDataKind(
        "Pairs, and that you met: date, minutes and kind, never what was said",
        f"Until either of the two erases their data, or {settings.RECORDS_KEPT_YEARS} years after"
        " the offer or the request was withdrawn.",
        export_pairs,
        erase_pairs,
    ),
)


def register_all() -> None:
    """Register every kind of the hubs' records."""
    for kind in KINDS:
        register(kind)
