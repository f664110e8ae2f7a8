"""Who takes part in the next pairing of a scheme."""

import datetime as dt

from django.db.models import QuerySet

from hubs.models import MenteeRequest, MentorOffer, Scheme
from hubs.models.mentee_request import RequestState
from hubs.models.mentor_offer import OfferState
from hubs.queries.mentoring import people_working_in
from hubs.queries.pairs import LIVE, with_live_pairs
from hubs.queries.recognition import recognised_users


def open_requests(scheme: Scheme, *, as_at: dt.date | None = None) -> QuerySet[MenteeRequest]:
    """Return the requests that a run of the scheme looks at.

    Where the scheme is for one ICB of the hub, its mentees are those who have a post there on a
    day (today).
    """
    requests = MenteeRequest.objects.filter(
        hub=scheme.hub, state=RequestState.OPEN, person__user__in=recognised_users(scheme.hub)
    ).exclude(pairs__state__in=LIVE)
    # Only mentees: a mentor from the next ICB is welcome, and the area's money is for its mentees.
    if scheme.area_id != scheme.hub_id:
        requests = requests.filter(
            person__in=people_working_in(scheme.area, as_at=as_at).values("pk")
        )
    return requests


def open_offers(scheme: Scheme) -> QuerySet[MentorOffer]:
    """Return the offers that a run of the scheme looks at, with `live_pairs`."""
    offers = MentorOffer.objects.filter(
        hub=scheme.hub, state=OfferState.OPEN, person__user__in=recognised_users(scheme.hub)
    )
    return with_live_pairs(offers)
