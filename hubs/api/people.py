"""A hub's people in mentoring: by name for its lead, as counts for boards and networks."""

from collections.abc import Iterable

from django.http import Http404
from ninja import Query, Router

from accounts import audit
from accounts.access import fetch
from accounts.actor import Actor
from accounts.api_errors import answers
from accounts.api_types import Page, Paging, Slug
from accounts.http import Request
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from hubs.api.mentoring_schemas import CountsOut, MenteeOut, MentorOut
from hubs.queries.mentoring import hub_offers, hub_requests
from hubs.queries.readable_counts import readable_counts
from models.disclosure import as_json
from organisations.queries.places import hubs
from retention.models import Person

router = Router(tags=["Hub mentoring"])


@router.get("/hubs/{slug}/mentors", response=answers(Page[MentorOut]), summary="List mentors")
def list_mentors(request: Request, slug: Slug, paging: Query[Paging]) -> dict[str, object]:
    """The hub's mentors by name, for its retention lead; reading is audited."""
    hub = fetch(request.actor, Permission.SEE_MENTORING, hubs(), slug=slug)
    items, count = paging.of(hub_offers(hub))
    record_names((offer.person for offer in items), f"hub:{hub.slug}", by=request.actor)
    return {"items": items, "count": count}


@router.get("/hubs/{slug}/mentees", response=answers(Page[MenteeOut]), summary="List mentees")
def list_mentees(request: Request, slug: Slug, paging: Query[Paging]) -> dict[str, object]:
    """The hub's mentees by name, for its retention lead; reading is audited."""
    hub = fetch(request.actor, Permission.SEE_MENTORING, hubs(), slug=slug)
    items, count = paging.of(hub_requests(hub))
    record_names((asked.person for asked in items), f"hub:{hub.slug}", by=request.actor)
    return {"items": items, "count": count}


@router.get(
    "/hubs/{slug}/mentoring-counts",
    response=answers(CountsOut),
    summary="Count people in mentoring",
)
def get_mentoring_counts(request: Request, slug: Slug) -> dict[str, object]:
    """Mentors, mentees and pairs of the hub, or of a network lead's own network.

    Exact for the lead, who reads the names; for others counted once a quarter, in steps of eight,
    and withheld below.
    """
    hub = fetch(request.actor, Permission.SEE_PUBLISHED, hubs(), slug=slug)
    counts = readable_counts(hub, by=request.actor)
    # The hub is everyone's to see, its counts are not.
    if counts is None:
        raise Http404
    figures = {name: as_json(value) for name, value in counts.figures.items()}
    return {"place": counts.place, "counted_on": counts.counted_on, **figures}


def record_names(people: Iterable[Person], thing: str, *, by: Actor) -> None:
    """Add an audit row for each person whose name is about to be read."""
    subjects = [person.subject_id for person in people]
    audit.record_reads(by=by, act=Act.READ_MENTORING, subjects=subjects, thing=thing)
