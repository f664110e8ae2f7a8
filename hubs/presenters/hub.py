"""What a hub's page shows: everyone its open schemes, each role the sections it may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.access import may, own_network
from accounts.actor import Actor
from accounts.permissions import Permission
from hubs.capacity import places_in
from hubs.models import MenteeRequest, MentorOffer, Scheme
from hubs.models.scheme import SchemeState
from hubs.presenters.mentoring import count_cards, interest_words
from hubs.queries.mentoring import mentoring_counts
from hubs.queries.recognition import is_recognised
from hubs.queries.schemes import readable_schemes
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from organisations.queries.places import icbs_of_hub, within


@dataclass(frozen=True)
class HubPage:
    """`outlook` is a place summary of the area, where the reader may see one and one is given."""

    hub: Organisation
    area: list[Organisation]
    recognised: bool
    schemes: list[Scheme]
    scheme_counts: list[tuple[str, int]]
    counts: list[tuple[str, str]]
    counts_of: str
    sees_names: bool
    may_draft: bool
    outlook: Any = None


def hub_page(hub: Organisation, *, by: Actor) -> HubPage:
    """Collect the page of a hub for one reader."""
    schemes = list(readable_schemes(hub, by=by))
    sees_all = may(by, Permission.SEE_SCHEME, hub)
    counts_of, counts = _counts(hub, by)
    return HubPage(
        hub=hub,
        area=list(icbs_of_hub(hub, today())),
        recognised=is_recognised(by.user, hub),
        schemes=[scheme for scheme in schemes if scheme.state == SchemeState.OPEN],
        scheme_counts=_by_state(schemes) if sees_all else [],
        counts=counts,
        counts_of=counts_of,
        sees_names=may(by, Permission.SEE_MENTORING, hub),
        may_draft=may(by, Permission.EDIT_SCHEME, hub),
    )


def _by_state(schemes: list[Scheme]) -> list[tuple[str, int]]:
    return [
        (state.label, sum(scheme.state == state for scheme in schemes)) for state in SchemeState
    ]


def _counts(hub: Organisation, by: Actor) -> tuple[str, list[tuple[str, str]]]:
    """Exact for the lead, who reads the names anyway; from 8 for a board; a network's own."""
    if may(by, Permission.SEE_MENTORING, hub):
        return "In this hub", count_cards(mentoring_counts(hub), exact=True)
    if may(by, Permission.SEE_MENTORING_COUNTS, hub):
        return "In this hub", count_cards(mentoring_counts(hub), exact=False)
    network = own_network(by.role.organisation) if by.role else None
    if (
        network is not None
        and network.kind == Kind.NETWORK
        and may(by, Permission.SEE_MENTORING_COUNTS, network)
        and within(network, hub, today())
    ):
        counts = mentoring_counts(hub, network)
        return f"People who work in {network}", count_cards(counts, exact=False)
    return "", []


def mentor_lines(offers: Iterable[MentorOffer]) -> dict[str, list[Any]]:
    """Return a table of mentors, with the places that their hours are enough for."""
    return {
        "headers": ["Name", "Profession", "State", "Mentees", "Places", "About"],
        "rows": [
            [
                offer.person.name,
                offer.person.get_profession_display() or "Not said",
                offer.get_state_display(),
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
                f"{request.asked_at:%-d %B %Y}",
                interest_words(request.interests),
            ]
            for request in requests
        ],
    }
