"""Who may use the addresses of hubs."""

from collections.abc import Callable, Mapping

from accounts.models.recognition import RecognitionState
from hubs.models import MenteeRequest, MentorOffer, Pair, Scheme
from organisations.clock import today
from retention.models import Person
from tests.factories.accounts import RecognitionFactory
from tests.factories.hubs import (
    ActivePairFactory,
    ConversationRequestFactory,
    MeetingFactory,
    MenteeRequestFactory,
    MentorOfferFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
    agree_on_conversations,
)
from tests.factories.retention import RegisteredPersonFactory
from tests.permissions.rows import Area, Row, everyone, nobody, only

LEAD = "hub_retention_lead"
ADMINISTRATOR = "hub_administrator"
CLINICIAN = "clinician"
Kwargs = Mapping[str, object]


def hub(area: Area) -> Kwargs:
    return {"slug": area.hub.slug}


def person_of(area: Area, who: str = CLINICIAN) -> Person:
    user = area.users[who]
    found = Person.objects.filter(user=user).first()
    return found or RegisteredPersonFactory(user=user)


def recognised(area: Area) -> Kwargs:
    for user in area.users.values():
        RecognitionFactory(user=user, hub=area.hub, state=RecognitionState.RECOGNISED)
    return hub(area)


def scheme(state: str) -> Callable[[Area], Kwargs]:
    def make(area: Area) -> Kwargs:
        return {"scheme": _scheme(area, state).public_id}

    return make


def _scheme(area: Area, state: str = "open") -> Scheme:
    made: Scheme = SchemeFactory(hub=area.hub, state=state)
    return made


def run(area: Area) -> Kwargs:
    return {"run": PairingRunFactory(scheme=_scheme(area)).public_id}


def _pair(area: Area, **fields: object) -> Pair:
    """A pair whose mentor is the area's clinician."""
    offer: MentorOffer = MentorOfferFactory(hub=area.hub, person=person_of(area))
    run = PairingRunFactory(scheme=_scheme(area))
    made: Pair = PairFactory(run=run, offer=offer, **fields)
    return made


def proposal(area: Area) -> Kwargs:
    return {"pair": _pair(area).public_id}


def approved(area: Area) -> Kwargs:
    return {"pair": _pair(area, state="approved").public_id}


def _active(area: Area) -> Pair:
    offer: MentorOffer = MentorOfferFactory(hub=area.hub, person=person_of(area))
    run = PairingRunFactory(scheme=_scheme(area))
    made: Pair = ActivePairFactory(run=run, offer=offer)
    return made


def active(area: Area) -> Kwargs:
    return {"pair": _active(area).public_id}


def meeting(area: Area) -> Kwargs:
    return {"meeting": MeetingFactory(pair=_active(area)).public_id}


def offered(area: Area) -> Kwargs:
    MentorOfferFactory(hub=area.hub, person=person_of(area))
    return hub(area)


def asked(area: Area) -> Kwargs:
    request: MenteeRequest = MenteeRequestFactory(hub=area.hub, person=person_of(area))
    return {"slug": request.hub.slug}


def scheme_terms(area: Area) -> Kwargs:
    return {
        "name": "A new scheme",
        "purpose": "Mentoring",
        "area": area.hub.pk,
        "starts_on": "2026-04-01",
        "ends_on": "2027-03-31",
        "session_minutes": 250,
        "rate": "289",
        "budget": "28900",
        "places": 10,
        "version": 1,
    }


def offer_terms(area: Area) -> Kwargs:
    return {"remote": "on", "hours_a_month": "6", "clinical_sessions": "3", "version": 0}


def request_terms(area: Area) -> Kwargs:
    return {"remote": "on", "stage": "new", "version": 0}


def reach_me(area: Area) -> Kwargs:
    agree_on_conversations(area.hub)
    return {"way": "phone", "contact": "07700 900123", "version": 0}


def conversation(area: Area) -> Kwargs:
    asked = ConversationRequestFactory(hub=area.hub, person=person_of(area))
    return {"conversation": asked.public_id}


def network_of_hub(area: Area) -> Kwargs:
    agree_on_conversations(area.hub)
    return {"slug": area.hub.slug, "code": area.network.code}


def met(area: Area) -> Kwargs:
    return {
        "held_on": today().isoformat(),
        "minutes": 45,
        "kind": "phone",
        "state": "done",
        "version": 0,
    }


def everyone_in_both(name: str, method: str = "get", *, status: int = 200, **more: object) -> Row:
    return Row(name, method, own=everyone(status), other=everyone(status), **more)  # type: ignore[arg-type]  # as Row takes them


def only_for(
    who: str, name: str, method: str, kwargs: Callable[[Area], Kwargs], **more: object
) -> Row:
    """A row for one role in its own hub; a form that was sent redirects."""
    status = 302 if method == "post" else 200
    return Row(
        name,
        method,
        kwargs=kwargs,
        own=only(who, status=status),
        other=nobody(),
        **more,  # type: ignore[arg-type]  # as Row takes them
    )


def of_the_pair(name: str, method: str, kwargs: Callable[[Area], Kwargs], **more: object) -> Row:
    """A row for the two of a pair: the lead who made it is not let in."""
    status = 302 if method == "post" else 200
    return Row(
        name,
        method,
        kwargs=kwargs,
        own=only(CLINICIAN, status=status),
        neighbour=nobody(),
        other=nobody(),
        **more,  # type: ignore[arg-type]  # as Row takes them
    )


HUB = [
    everyone_in_both("hub", kwargs=hub),
    only_for(LEAD, "hub-mentors", "get", hub),
    only_for(LEAD, "hub-mentees", "get", hub),
    everyone_in_both("schemes", kwargs=hub),
]

SCHEMES = [
    only_for(LEAD, "scheme-new", "get", hub),
    only_for(LEAD, "scheme-new", "post", hub, data=scheme_terms),
    everyone_in_both("scheme", kwargs=scheme("open")),
    Row(
        "scheme",
        case="a draft",
        kwargs=scheme("draft"),
        own=only(LEAD, ADMINISTRATOR),
        other=nobody(),
    ),
    Row(
        "scheme",
        case="a closed one",
        kwargs=scheme("closed"),
        own=only(LEAD, ADMINISTRATOR),
        other=nobody(),
    ),
    only_for(LEAD, "scheme-edit", "get", scheme("draft")),
    only_for(LEAD, "scheme-edit", "post", scheme("draft"), data=scheme_terms),
    only_for(
        ADMINISTRATOR, "scheme-open", "post", scheme("draft"), data=lambda area: {"version": 1}
    ),
    only_for(ADMINISTRATOR, "scheme-close", "post", scheme("open")),
]

PAIRING = [
    only_for(LEAD, "pairing", "get", scheme("open")),
    only_for(LEAD, "pairing", "post", scheme("open")),
    only_for(LEAD, "pairing-run", "get", run),
    only_for(LEAD, "pairing-run-state", "get", run),
    only_for(LEAD, "pairing-run-approve", "post", run),
    only_for(LEAD, "pair-approve", "post", proposal),
    only_for(LEAD, "pair-dismiss", "post", proposal),
]

MENTORING = [
    Row("mentoring", own=everyone()),
    # Whom the hub does not recognise is told how to be, and nothing is saved.
    everyone_in_both("offer", kwargs=hub),
    Row(
        "offer",
        "post",
        kwargs=recognised,
        data=offer_terms,
        own=everyone(302),
        other=everyone(),
    ),
    Row(
        "offer-state",
        "post",
        kwargs=offered,
        data=lambda area: {"act": "pause"},
        own=only(CLINICIAN, status=302),
        other=nobody(),
    ),
    everyone_in_both("ask", kwargs=hub),
    Row(
        "ask",
        "post",
        kwargs=recognised,
        data=request_terms,
        own=everyone(302),
        other=everyone(),
    ),
    Row(
        "ask-withdraw",
        "post",
        kwargs=asked,
        own=only(CLINICIAN, status=302),
        other=nobody(),
    ),
]

PAIRS = [
    of_the_pair("pair", "get", approved),
    Row("pair", case="not approved yet", kwargs=proposal, own=nobody(), other=nobody()),
    of_the_pair("pair-answer", "post", approved, data=lambda area: {"answer": "accept"}),
    of_the_pair("pair-end", "post", active),
    of_the_pair("meeting-new", "get", active),
    of_the_pair("meeting-new", "post", active, data=met),
    of_the_pair("meeting-edit", "get", meeting),
    of_the_pair("meeting-edit", "post", meeting, data=met),
]

CONVERSATIONS = [
    # One's own: whoever holds no role that gets a summary is told so.
    Row("digest", own=everyone()),
    Row("digest", "post", data=lambda area: {"wanted": "no"}, own=everyone(302)),
    Row("conversations", own=everyone()),
    everyone_in_both("conversation-ask", kwargs=hub),
    everyone_in_both("conversation-ask", "post", status=302, kwargs=hub, data=reach_me),
    everyone_in_both("conversation-leaflet", kwargs=hub),
    # An invitation is put away in one's own session: there is nothing that could be another's.
    Row(
        "invitation-hide",
        "post",
        kwargs=lambda area: {"invitation": "6f1c1d0e-5f0e-4d5c-9a53-2d3b6a1f0d42"},
        own=everyone(302),
    ),
    # Their own alone; the lead who reads it cannot take it back.
    Row(
        "conversation-withdraw",
        "post",
        kwargs=conversation,
        own=only(CLINICIAN, status=302),
        neighbour=nobody(),
        other=nobody(),
    ),
    only_for(LEAD, "hub-conversations", "get", hub),
    only_for(
        LEAD, "conversation-mark", "post", conversation, data=lambda area: {"state": "contacted"}
    ),
    only_for(LEAD, "conversation-invite", "get", network_of_hub),
    only_for(LEAD, "conversation-invite", "post", network_of_hub),
]

ROWS = [*HUB, *SCHEMES, *PAIRING, *MENTORING, *PAIRS, *CONVERSATIONS]
