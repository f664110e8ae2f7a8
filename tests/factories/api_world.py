"""A small world in which every operation of the API has something to answer with."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models.organisation import Organisation
from retention.actions.plans import save_plan, share_plan
from retention.actions.post_changes import Statement, state_change, tell_change
from retention.models import Post, PostChange
from retention.queries.plans import PlanContent
from tests.factories.accounts import actor
from tests.factories.hubs import (
    ActivePairFactory,
    ConversationRequestFactory,
    MeetingFactory,
    MenteeRequestFactory,
    MentorOfferFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
    recognised_person,
)
from tests.factories.organisations import SharingFactory, area_of_one_practice
from tests.factories.published import SEVEN, add_up, profile_of
from tests.factories.retention import (
    DraftPatternFactory,
    PostChangeFactory,
    PostFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

# Where each role of the world is held.
HOMES = {
    "clinician": "practice",
    "practice_manager": "practice",
    "network_lead": "network",
    "hub_retention_lead": "hub",
    "hub_administrator": "hub",
    "board_viewer": "hub",
}


@dataclass(frozen=True)
class ApiWorld:
    """The places, one person who acts in each role (`by`), and what stands in addresses (`ids`)."""

    places: dict[str, Organisation]
    by: dict[str, Actor]
    ids: dict[str, str]


def build_api_world() -> ApiWorld:
    """Make an area with people, plans, schemes, offers and pairs; the caller has some of each."""
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    add_up()
    SharingFactory(practice=places["practice"], recipient=places["network"])
    hub = places["hub"]
    person = recognised_person(hub, name="Dr Fictional Caller")
    by = {role: actor(role, places[home], user=person.user) for role, home in HOMES.items()}
    post = PostFactory(person=person, organisation=places["practice"])
    SessionCellFactory(pattern=SessionPatternFactory(post=post))
    SessionCellFactory(pattern=DraftPatternFactory(post=post, starts_on=None), kind="mentoring")
    save_plan(by=by["clinician"], content=PlanContent(2040, ("talk",)), version=0)
    share = share_plan(by=by["clinician"], recipient=hub)
    ids = {
        "slug": hub.slug,
        "code": places["practice"].code,
        "post_id": post.public_id,
        "conversation_id": ConversationRequestFactory(hub=hub, person=person).public_id,
        "change_id": _told_change(by["clinician"], post).public_id,
        "share_id": share.public_id,
        **_mentoring(hub, person),
    }
    lead = actor("hub_retention_lead", hub)
    audit.record_reads(by=lead, act=Act.READ_PLAN, subjects=[person.subject_id])
    return ApiWorld(places, by, {name: str(value) for name, value in ids.items()})


def _told_change(by: Actor, post: Post) -> PostChange:
    """Tell that another post of the caller ends, and write down what changes in `post`."""
    PostChangeFactory(post=post)
    other = PostFactory(person=post.person, organisation=post.organisation, role="salaried")
    soon = today() + dt.timedelta(days=30)
    state_change(by=by, post=other, statement=Statement("moved", soon), version=0)
    return tell_change(by=by, post=other, version=1)


def _mentoring(hub: Organisation, person: Any) -> dict[str, Any]:
    """Make the caller a mentor in a pair that meets, and another pair a proposal."""
    scheme = SchemeFactory(hub=hub, min_years_qualified=3, years_justification="It is a test.")
    SchemeFactory(hub=hub, state="draft")
    run = PairingRunFactory(scheme=scheme)
    offer = MentorOfferFactory(hub=hub, person=person)
    MenteeRequestFactory(hub=hub, person=person)
    active = ActivePairFactory(run=run, offer=offer)
    meeting = MeetingFactory(pair=active)
    PairFactory(run=run)
    return {
        "scheme_id": scheme.public_id,
        "run_id": run.public_id,
        "pair_id": active.public_id,
        "meeting_id": meeting.public_id,
    }
