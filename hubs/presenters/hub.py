"""What a hub's page shows: everyone its open schemes, each role the sections it may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from accounts.access import may
from accounts.actor import Actor
from accounts.permissions import Permission
from hubs.capacity import places_in
from hubs.models import MenteeRequest, MentorOffer, Scheme
from hubs.models.scheme import SchemeState
from hubs.presenters.mentoring import interest_words
from hubs.queries.readable_counts import readable_counts
from hubs.queries.recognition import is_recognised
from hubs.queries.schemes import readable_schemes
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.queries.history import successor_of
from organisations.queries.places import icbs_of_hub
from retention.presenters import page_sections as parts
from retention.presenters.page_sections import Section
from retention.presenters.session_grid import date_words

HUB = (
    parts.AHEAD,
    parts.DRIVERS,
    parts.AT_RISK,
    parts.CHANGES,
    parts.PRIVATE,
    parts.OWN_LEAVERS,
    parts.OTHER_STAFF,
    parts.PATIENTS,
    parts.TAKE_AWAY,
    Section("schemes", "Open schemes", "hubs/_open_schemes.html", "hub_page"),
    Section("mentoring", "Mentoring", "hubs/_mentoring_counts.html", "hub_page.counts"),
    parts.ANOTHER_DAY,
)


@dataclass(frozen=True)
class HubPage:
    """What one reader may see of a hub. `works_here`: the reader's role is held in the hub."""

    hub: Organisation
    closed: str
    successor: Organisation | None
    area: list[Organisation]
    recognised: bool
    schemes: list[Scheme]
    scheme_counts: list[tuple[str, int]]
    counts: list[tuple[str, str]]
    counts_of: str
    sees_names: bool
    may_draft: bool
    works_here: bool


def hub_page(hub: Organisation, *, by: Actor) -> HubPage:
    """Collect the page of a hub for one reader."""
    schemes = list(readable_schemes(hub, by=by))
    sees_all = may(by, Permission.SEE_SCHEME, hub)
    counts_of, counts = _counts(hub, by)
    return HubPage(
        hub=hub,
        closed=_closed(hub),
        successor=successor_of(hub, today()),
        area=list(icbs_of_hub(hub, today())),
        recognised=is_recognised(by.user, hub),
        schemes=[scheme for scheme in schemes if scheme.state == SchemeState.OPEN],
        # A count of drafts is for those who may read drafts.
        scheme_counts=_by_state(schemes) if sees_all else [],
        counts=counts,
        counts_of=counts_of,
        sees_names=may(by, Permission.SEE_MENTORING, hub),
        may_draft=may(by, Permission.EDIT_SCHEME, hub),
        works_here=by.role is not None and by.role.organisation == hub,
    )


def _closed(hub: Organisation) -> str:
    """Say since when a hub is closed, or ""."""
    if hub.ends_on is None or hub.ends_on > today():
        return ""
    return f"Closed since {hub.ends_on:%-d %B %Y}"


def _by_state(schemes: list[Scheme]) -> list[tuple[str, int]]:
    return [
        (state.label, sum(scheme.state == state for scheme in schemes)) for state in SchemeState
    ]


def _counts(hub: Organisation, by: Actor) -> tuple[str, list[tuple[str, str]]]:
    readable = readable_counts(hub, by=by)
    if readable is None:
        return "", []
    where = "in this hub" if readable.place == hub else f"among those who work in {readable.place}"
    said = f"Counted {where} on {date_words(readable.counted_on)}."
    return said, [(str(figure), label) for label, figure in readable.figures.items()]


def mentor_lines(offers: Iterable[MentorOffer]) -> dict[str, list[Any]]:
    """Return a table of mentors, with the places that their hours are enough for."""
    return {
        "headers": ["Name", "Profession", "State", "Mentees", "Places", "About"],
        "rows": [
            [
                offer.person.name,
                offer.person.get_profession_display() or "Not said",
                offer.get_state_display(),
                # Counted by the list's own query; an offer from elsewhere comes without it.
                getattr(offer, "live_pairs", 0),
                places_in(offer.hours_a_month),
                interest_words(offer.interests),
            ]
            for offer in offers
        ],
    }


def mentee_lines(requests: Iterable[MenteeRequest]) -> dict[str, list[Any]]:
    """Return a table of mentees, who waits longest first."""
    return {
        "headers": ["Name", "Profession", "Career", "State", "Asked on", "About"],
        "rows": [
            [
                request.person.name,
                request.person.get_profession_display() or "Not said",
                request.get_stage_display(),
                request.get_state_display(),
                date_words(localdate(request.asked_at)),
                interest_words(request.interests),
            ]
            for request in requests
        ],
    }
