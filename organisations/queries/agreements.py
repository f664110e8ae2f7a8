"""Which agreements a hub holds, and which it still needs."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from organisations.models.agreement import Agreement
from organisations.models.organisation import Kind, Organisation

KEEPING_POSTS = "Keeping posts and session patterns"
CONVERSATIONS = "Holding confidential conversations"
# What a hub keeps personal data for; each needs an agreement before it starts.
PURPOSES = (
    "Keeping the hub's users and their roles",
    KEEPING_POSTS,
    "Working out and showing the outlook",
    "Running retention schemes",
    "Pairing mentors with mentees",
    CONVERSATIONS,
)


@dataclass(frozen=True)
class ChecklistLine:
    """A purpose and what is missing for it; empty where nothing is."""

    purpose: str
    agreement: Agreement | None
    missing: str


def agreements_of(hub: Organisation) -> QuerySet[Agreement]:
    """Return every agreement of a hub, ended ones too."""
    return Agreement.objects.filter(hub=hub).select_related("hub")


def all_agreements() -> QuerySet[Agreement]:
    """Return every agreement, with its hub."""
    return Agreement.objects.select_related("hub")


def hubs_in_order(purpose: str, as_at: dt.date) -> QuerySet[Organisation]:
    """Return the hubs with an agreement in force for `purpose`, whose notice has been given."""
    # No person's row counts before its notice, whatever has been signed.
    held = Agreement.objects.as_at(as_at).filter(purpose=purpose, notice_given_on__lte=as_at)
    return Organisation.objects.filter(kind=Kind.TRAINING_HUB, agreements__in=held).distinct()


def checklist(hub: Organisation, as_at: dt.date) -> list[ChecklistLine]:
    """Return the hub's purposes, the standard ones first, with what each lacks on `as_at`."""
    held = {
        agreement.purpose: agreement for agreement in Agreement.objects.as_at(as_at).filter(hub=hub)
    }
    others = sorted(set(held) - set(PURPOSES))
    return [_line(purpose, held.get(purpose), as_at) for purpose in (*PURPOSES, *others)]


def _line(purpose: str, agreement: Agreement | None, as_at: dt.date) -> ChecklistLine:
    if agreement is None:
        return ChecklistLine(purpose, None, "No agreement is in force.")
    given = agreement.notice_given_on
    if given is None or given > as_at:
        return ChecklistLine(purpose, agreement, "The notice has not been given yet.")
    return ChecklistLine(purpose, agreement, "")
