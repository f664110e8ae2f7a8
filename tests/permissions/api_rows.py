"""Who may use each operation of the API: as the pages of the same reads and writes."""

from collections.abc import Mapping
from typing import Any

from accounts.actor import Actor, Door
from accounts.models.recognition import RecognitionState
from hubs.models.pair import PairState
from organisations.clock import today
from retention.actions.plans import save_plan, share_plan
from retention.models import Person, Post
from retention.models.import_run import ImportRun, ImportState
from retention.queries.plans import PlanContent
from tests.factories.accounts import NoticeFactory, RecognitionFactory
from tests.factories.hubs import (
    ActivePairFactory,
    MeetingFactory,
    MenteeRequestFactory,
    MentorOfferFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
)
from tests.factories.retention import (
    AbsenceFactory,
    DraftPatternFactory,
    PersonFactory,
    PostFactory,
)
from tests.permissions.rows import Area, Expected, Row, everyone, nobody, only

CLINICIAN, MANAGER, LEAD = "clinician", "practice_manager", "hub_retention_lead"
ADMINISTRATOR = "hub_administrator"
START = "2026-04-01"


def hub(area: Area) -> Mapping[str, object]:
    return {"slug": area.hub.slug}


def practice(area: Area) -> Mapping[str, object]:
    return {"code": area.practice.code}


def clinician(area: Area) -> Person:
    """The record of the area's clinician, whom the hub recognises."""
    user = area.users[CLINICIAN]
    RecognitionFactory(user=user, hub=area.hub, state=RecognitionState.RECOGNISED)
    found = Person.objects.filter(user=user).first()
    return found or PersonFactory(user=user, subject=user.subject, name=user.name)


def checked_file(area: Area) -> Mapping[str, object]:
    run = ImportRun.objects.create(
        hub=area.hub, file_name="map.csv", content=b"x", state=ImportState.READY
    )
    return {"file_id": run.public_id}


def own_post(area: Area) -> Mapping[str, object]:
    post = PostFactory(person=clinician(area), organisation=area.practice)
    DraftPatternFactory(post=post, starts_on=None)
    return {"post_id": post.public_id}


def staff_post(area: Area) -> Mapping[str, object]:
    post: Post = PostFactory(organisation=area.practice)
    return {"code": area.practice.code, "post_id": post.public_id}


def absence(area: Area) -> Mapping[str, object]:
    away = AbsenceFactory(post__organisation=area.practice)
    return {
        "code": area.practice.code,
        "post_id": away.post.public_id,
        "absence_id": away.public_id,
    }


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


def open_scheme(area: Area) -> Mapping[str, object]:
    return {"scheme_id": SchemeFactory(hub=area.hub).public_id}


def draft_scheme(area: Area) -> Mapping[str, object]:
    return {"scheme_id": SchemeFactory(hub=area.hub, state="draft").public_id}


def run(area: Area) -> Mapping[str, object]:
    return {"run_id": PairingRunFactory(scheme=SchemeFactory(hub=area.hub)).public_id}


def proposal(area: Area) -> Mapping[str, object]:
    made = PairFactory(run=PairingRunFactory(scheme=SchemeFactory(hub=area.hub)))
    return {"pair_id": made.public_id}


def share(area: Area) -> Mapping[str, object]:
    clinician(area)
    by = Actor(user=area.users[CLINICIAN], role=None, door=Door.PAGE)
    save_plan(by=by, content=PlanContent(None, ()), version=0)
    return {"share_id": share_plan(by=by, recipient=area.hub).public_id}


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


def meeting(area: Area) -> Mapping[str, object]:
    return {"held_on": "2026-06-02", "minutes": 45, "kind": "video", "version": 0}


def post(area: Area) -> Mapping[str, object]:
    return {
        "organisation": area.practice.code,
        "new_name": "Dr New Person",
        "new_profession": "gp",
        "role": "salaried",
        "starts_on": START,
    }


def availability(area: Area) -> Mapping[str, object]:
    return {
        "version": 0,
        "stage": "new",
        "half_days": ["0am"],
        "hours_a_month": 6,
        "clinical_sessions": 3,
    }


def api(name: str, method: str = "get", **kwargs: Any) -> Row:
    """Return a row of an operation."""
    return Row(f"api-v1:{name}", method, **kwargs)


def place(name: str, own: Expected, **kwargs: Any) -> Row:
    """Return a row of a read of the practice, which has no figures here."""
    return api(name, kwargs=practice, own=own, **kwargs)


def of_hub(name: str, *who: str, method: str = "get", status: int = 200, **kwargs: Any) -> Row:
    """Return a row of an operation on what is the hub's own."""
    allowed = only(*who, status=status)
    return api(name, method, own=allowed, other=nobody(), **{"kwargs": hub, **kwargs})


def mine(name: str, method: str, build: Any, status: int = 200, **kwargs: Any) -> Row:
    """Return a row of an operation on what is the clinician's alone."""
    allowed = only(CLINICIAN, status=status)
    rest = {"neighbour": nobody(), "other": nobody(), **kwargs}
    return api(name, method, kwargs=build, own=allowed, **rest)


def mine_in_hub(name: str, method: str, build: Any, status: int = 200) -> Row:
    """Return the same for what the address names by the hub, which is the neighbour's too."""
    return mine(name, method, build, status, neighbour=None)


ROWS = [
    # Oneself.
    api("get_me", own=everyone()),
    api("list_who_looked", own=everyone()),
    api("list_notices", own=everyone()),
    api(
        "read_notice",
        "post",
        kwargs=lambda area: {"notice_id": NoticeFactory(user=area.users[CLINICIAN]).public_id},
        own=only(CLINICIAN, status=204),
        neighbour=nobody(),
        other=nobody(),
    ),
    api("get_person", own=everyone()),
    api(
        "put_person",
        "put",
        data=lambda area: {"version": 0, "name": "Dr Someone", "profession": "gp"},
        own=everyone(),
    ),
    api("list_my_posts", own=everyone()),
    api(
        "declare_my_post",
        "post",
        data=lambda area: {**post(area), "organisation": "Y99999"},
        own=everyone(404),
    ),
    mine("get_draft", "get", own_post),
    mine(
        "save_my_draft",
        "put",
        own_post,
        data=lambda area: {
            "version": 1,
            "week": [{"weekday": 0, "part": "am", "kind": "clinical", "minutes": 250}],
        },
    ),
    mine("delete_my_draft", "delete", own_post, 204),
    mine(
        "tell_my_practice",
        "post",
        own_post,
        data=lambda area: {"version": 1, "starts_on": today()},
    ),
    api("get_my_outlook", own=everyone()),
    api("get_my_timeline", own=everyone()),
    api("get_plan", own=everyone()),
    api("put_plan", "put", data=lambda area: {"version": 0, "wishes": ["talk"]}, own=everyone()),
    api("delete_my_plan", "delete", own=everyone(204)),
    # No hub has this slug.
    api("share_my_plan", "post", data=lambda area: {"hub": "no-hub"}, own=everyone(404)),
    mine("stop_sharing_my_plan", "delete", share, 204),
    # Places: open data for everyone; outlooks as far as they reach.
    api("list_places", own=everyone()),
    place("get_place", everyone(), other=everyone()),
    place("list_places_within", everyone(), other=everyone()),
    place("get_profile", everyone(), other=everyone()),
    place("list_quality", everyone(), other=everyone()),
    place("get_population", everyone(), other=everyone()),
    # The staff are open data; the entitlement in the answer is for who may see the outlook.
    api(
        "get_network_staff",
        kwargs=lambda area: {"code": area.network.code},
        own=everyone(),
        other=everyone(),
    ),
    place("list_posts_to_check", only(MANAGER), neighbour=nobody(), other=nobody()),
    place(
        "get_outlook",
        only(MANAGER, LEAD),
        neighbour=only(LEAD),
        other=nobody(),
    ),
    place("get_staff_outlooks", only(MANAGER, LEAD), neighbour=only(LEAD), other=nobody()),
    place("get_outlook_changes", only(MANAGER, LEAD), neighbour=only(LEAD), other=nobody()),
    place("preview_practice_change", only(ADMINISTRATOR), other=nobody()),
    api(
        "change_practice",
        "post",
        kwargs=practice,
        data=lambda a: {"on": today()},
        own=only(ADMINISTRATOR),
        other=nobody(),
    ),
    # A practice's own people.
    place("list_practice_posts", only(MANAGER), neighbour=nobody(), other=nobody()),
    place("list_people_to_choose", only(MANAGER), neighbour=nobody(), other=nobody()),
    api(
        "add_practice_post",
        "post",
        kwargs=practice,
        data=post,
        own=only(MANAGER, status=201),
        neighbour=nobody(),
        other=nobody(),
    ),
    api(
        "confirm_practice_post",
        "post",
        kwargs=staff_post,
        own=only(MANAGER),
        neighbour=nobody(),
        other=nobody(),
    ),
    api(
        "end_practice_post",
        "post",
        kwargs=staff_post,
        data=lambda area: {"ends_on": "2026-09-01", "reason": "moved"},
        own=only(MANAGER),
        neighbour=nobody(),
        other=nobody(),
    ),
    api(
        "record_practice_absence",
        "post",
        kwargs=staff_post,
        data=lambda area: {"starts_on": "2026-09-01", "reason": "parental"},
        own=only(MANAGER, status=201),
        neighbour=nobody(),
        other=nobody(),
    ),
    api(
        "end_practice_absence",
        "post",
        kwargs=absence,
        data=lambda area: {"ends_on": today().isoformat()},
        own=only(MANAGER),
        neighbour=nobody(),
        other=nobody(),
    ),
    # Without a file it is 422: but only for those who may send one.
    api("load_file", "post", own=only(LEAD, ADMINISTRATOR, status=422)),
    api("get_file", kwargs=checked_file, own=only(LEAD, ADMINISTRATOR), other=nobody()),
    api(
        "load_checked_file",
        "post",
        kwargs=checked_file,
        own=only(LEAD, ADMINISTRATOR, status=202),
        other=nobody(),
    ),
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
