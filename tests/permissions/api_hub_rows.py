"""Who may use the API of a hub: its own; its open schemes everyone."""

from collections.abc import Mapping

from tests.factories.hubs import (
    ConversationRequestFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
    agree_on_conversations,
)
from tests.permissions.api_row import ADMINISTRATOR, LEAD, START, api, clinician, hub, mine, of_hub
from tests.permissions.rows import Area, everyone


def open_scheme(area: Area) -> Mapping[str, object]:
    return {"scheme_id": SchemeFactory(hub=area.hub).public_id}


def draft_scheme(area: Area) -> Mapping[str, object]:
    return {"scheme_id": SchemeFactory(hub=area.hub, state="draft").public_id}


def run(area: Area) -> Mapping[str, object]:
    return {"run_id": PairingRunFactory(scheme=SchemeFactory(hub=area.hub)).public_id}


def proposal(area: Area) -> Mapping[str, object]:
    made = PairFactory(run=PairingRunFactory(scheme=SchemeFactory(hub=area.hub)))
    return {"pair_id": made.public_id}


def terms(area: Area) -> Mapping[str, object]:
    return {
        "name": "Mentoring",
        "purpose": "Pays mentors.",
        "area": area.hub.code,
        "starts_on": START,
        "ends_on": "2031-03-31",
        "rate": 289,
        "budget": 28900,
        "places": 10,
        "version": 1,
    }


def network_to_invite(area: Area) -> Mapping[str, object]:
    agree_on_conversations(area.hub)
    return {"slug": area.hub.slug, "code": area.network.code}


def reach_me(area: Area) -> Mapping[str, object]:
    agree_on_conversations(area.hub)
    return {"version": 0, "way": "phone", "contact": "07700 900123"}


def conversation(area: Area) -> Mapping[str, object]:
    asked = ConversationRequestFactory(hub=area.hub, person=clinician(area))
    return {"conversation_id": asked.public_id}


ROWS = [
    # A hub: its name and open schemes for everyone, the rest for its own.
    api("list_hubs", own=everyone()),
    of_hub("list_audit", ADMINISTRATOR),
    of_hub("list_shared_plans", LEAD),
    api("list_schemes", kwargs=hub, own=everyone(), other=everyone()),
    api("get_scheme", kwargs=open_scheme, own=everyone(), other=everyone()),
    of_hub("draft_new_scheme", LEAD, method="post", data=terms, status=201),
    of_hub("put_scheme", LEAD, method="put", kwargs=draft_scheme, data=terms),
    of_hub(
        "open_drafted_scheme",
        ADMINISTRATOR,
        method="post",
        kwargs=draft_scheme,
        data=lambda area: {"version": 1},
    ),
    of_hub("close_opened_scheme", ADMINISTRATOR, method="post", kwargs=open_scheme),
    of_hub("list_mentors", LEAD),
    of_hub("list_mentees", LEAD),
    # Who asked in confidence: not for the administrator, the board or the network, not as a count.
    of_hub("list_conversations", LEAD),
    of_hub(
        "mark_asked",
        LEAD,
        method="post",
        kwargs=conversation,
        data=lambda area: {"state": "contacted"},
        status=204,
    ),
    of_hub("list_networks_to_invite", LEAD),
    of_hub(
        "invite_whole_network",
        LEAD,
        method="post",
        kwargs=network_to_invite,
        status=201,
    ),
    # Anybody may ask any hub.
    api(
        "ask_my_hub",
        "put",
        kwargs=hub,
        data=reach_me,
        own=everyone(),
        other=everyone(),
    ),
    # Their own alone; the lead who reads it cannot take it back.
    mine("withdraw_my_conversation", "delete", conversation, 204),
    api("get_my_conversations", own=everyone()),
    of_hub("get_mentoring_counts", LEAD, "network_lead", "board_viewer"),
    of_hub("list_runs", LEAD, kwargs=open_scheme),
    of_hub("run_scheme_pairing", LEAD, method="post", kwargs=open_scheme, status=202),
    of_hub("get_run", LEAD, kwargs=run),
    of_hub("list_proposals", LEAD, kwargs=run),
    of_hub("list_left_out", LEAD, kwargs=run),
    of_hub("approve_run", LEAD, method="post", kwargs=run),
    of_hub("approve_proposal", LEAD, method="post", kwargs=proposal),
    of_hub("dismiss_proposal", LEAD, method="post", kwargs=proposal),
]
