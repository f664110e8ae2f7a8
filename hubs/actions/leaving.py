"""Ends someone's mentoring in a hub that they leave."""

from typing import Any

from accounts.actor import Actor
from accounts.models import User
from hubs.actions.offers import withdraw_offer
from hubs.actions.requests import withdraw_request
from hubs.queries.mentoring import own_offer, own_request
from organisations.models.organisation import Organisation


def end_mentoring(sender: object, *, user: User, hub: Organisation, by: Actor, **_: Any) -> None:
    """Withdraw the user's offer to the hub and request of it; listens to `left_hub`."""
    offer, request = own_offer(user, hub), own_request(user, hub)
    # Each closes its pairs kindly, and waits for no answer of the other side.
    if offer is not None:
        withdraw_offer(offer=offer, by=by)
    if request is not None:
        withdraw_request(request=request, by=by)
