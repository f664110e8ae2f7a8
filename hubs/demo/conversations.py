"""The demo's invitation to a network, and one person who said yes. Plainly fictional."""

import datetime as dt
from dataclasses import dataclass

from hubs.actions.conversations import STANDS
from hubs.demo.mentoring import Mentoring
from hubs.demo.places import Places
from hubs.demo.seed import stable_id
from hubs.models import ConversationRequest, ConversationRound
from hubs.models.conversation import Way
from hubs.queries.conversations import Contact, sealed_contact

INVITED_BEFORE = dt.timedelta(days=20)
# A number that is kept for drama and never given to anyone.
REACH = Contact(contact="07700 900461", times="Wednesdays after surgery, or any evening")


@dataclass
class Conversations:
    """Unsaved: the flagged network was invited, and somebody asked."""

    invited: ConversationRound
    asked: ConversationRequest


def make_conversations(places: Places, mentoring: Mentoring, today: dt.date) -> Conversations:
    """Invite the first network twenty days ago; a mentor, who is no demo account, asks."""
    hub, since = places.hub, today - INVITED_BEFORE
    invited = ConversationRound(
        public_id=stable_id("conversation round"),
        hub=hub,
        network=places.networks[0],
        starts_on=since,
        ends_on=since + STANDS,
    )
    asked = ConversationRequest(
        public_id=stable_id("conversation"),
        person=mentoring.offers[0].person,
        hub=hub,
        way=Way.PHONE,
        version=1,
    )
    return Conversations(invited, asked)


def store_conversations(made: Conversations) -> None:
    """Save both, in the load's transaction; sealing gives other bytes each time."""
    made.asked.sealed = sealed_contact(REACH)
    made.invited.save()
    made.asked.save()
