"""Who may use the API of one's own mentoring."""

from collections.abc import Mapping
from typing import Any

from hubs.models.pair import PairState
from tests.factories.hubs import (
    ActivePairFactory,
    MeetingFactory,
    MenteeRequestFactory,
    MentorOfferFactory,
    PairingRunFactory,
    SchemeFactory,
)
from tests.permissions.api_row import api, clinician, hub, mine, mine_in_hub
from tests.permissions.rows import Area, everyone


def offer(area: Area) -> Mapping[str, object]:
    MentorOfferFactory(hub=area.hub, person=clinician(area))
    return hub(area)


def asked(area: Area) -> Mapping[str, object]:
    MenteeRequestFactory(hub=area.hub, person=clinician(area))
    return hub(area)


def active_pair(area: Area) -> Any:
    run = PairingRunFactory(scheme=SchemeFactory(hub=area.hub))
    mine = MentorOfferFactory(hub=area.hub, person=clinician(area))
    return ActivePairFactory(run=run, offer=mine)


def own_pair(area: Area) -> Mapping[str, object]:
    return {"pair_id": active_pair(area).public_id}


def unanswered_pair(area: Area) -> Mapping[str, object]:
    pair = active_pair(area)
    pair.state, pair.mentor_answer, pair.started_on = PairState.APPROVED, "", None
    pair.save()
    return {"pair_id": pair.public_id}


def own_meeting(area: Area) -> Mapping[str, object]:
    return {"meeting_id": MeetingFactory(pair=active_pair(area)).public_id}


def meeting(area: Area) -> Mapping[str, object]:
    return {"held_on": "2026-06-02", "minutes": 45, "kind": "video", "version": 0}


def availability(area: Area) -> Mapping[str, object]:
    return {
        "version": 0,
        "stage": "new",
        "half_days": ["0am"],
        "hours_a_month": 6,
        "clinical_sessions": 3,
    }


ROWS = [
    # One's own mentoring. An offer to a hub that does not recognise one is refused with a reason.
    mine_in_hub("get_offer", "get", offer),
    mine_in_hub("withdraw_my_offer", "delete", offer, 204),
    mine_in_hub("pause_my_offer", "post", offer),
    # It is open already.
    mine_in_hub("resume_my_offer", "post", offer, 422),
    mine_in_hub("list_my_eligibility", "get", offer),
    mine_in_hub("get_request", "get", asked),
    mine_in_hub("withdraw_my_request", "delete", asked, 204),
    api("put_offer", "put", kwargs=hub, data=availability, own=everyone(422), other=everyone(422)),
    api(
        "put_request", "put", kwargs=hub, data=availability, own=everyone(422), other=everyone(422)
    ),
    api("list_my_pairs", own=everyone()),
    mine("get_my_pair", "get", own_pair),
    mine("answer_my_pair", "post", unanswered_pair, data=lambda area: {"answer": "accept"}),
    mine("end_my_pair", "post", own_pair),
    mine("log_my_meeting", "post", own_pair, 201, data=meeting),
    mine("put_my_meeting", "put", own_meeting, data=meeting),
]
