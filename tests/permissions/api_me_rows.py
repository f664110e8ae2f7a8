"""Who may use the API of one's own record: its owner, and nobody else."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from accounts.actor import Actor, Door
from organisations.clock import today
from retention.actions.plans import save_plan, share_plan
from retention.queries.plans import PlanContent
from tests.factories.accounts import NoticeFactory
from tests.factories.retention import DraftPatternFactory, PostChangeFactory, PostFactory
from tests.permissions.api_row import CLINICIAN, START, api, clinician, mine
from tests.permissions.rows import Area, everyone, nobody, only


def own_post(area: Area) -> Mapping[str, object]:
    post = PostFactory(person=clinician(area), organisation=area.practice)
    DraftPatternFactory(post=post, starts_on=None)
    return {"post_id": post.public_id}


def stated(area: Area) -> Mapping[str, object]:
    post = PostFactory(person=clinician(area), organisation=area.practice)
    PostChangeFactory(post=post)
    return {"post_id": post.public_id}


def told_change(area: Area) -> Mapping[str, object]:
    """A return that began a post, which undoing takes away."""
    made = PostFactory(person=clinician(area), organisation=area.practice, confirmed_on=None)
    soon = today() + dt.timedelta(days=30)
    ended = PostFactory(person=made.person, organisation=area.practice, ends_on=today())
    told = PostChangeFactory(
        post=ended, change="back", starts_on=soon, told_at=timezone.now(), made=made
    )
    return {"change_id": told.public_id}


def unconfirmed(area: Area) -> Mapping[str, object]:
    said = PostFactory(person=clinician(area), organisation=area.practice, confirmed_on=None)
    return {"post_id": said.public_id}


def share(area: Area) -> Mapping[str, object]:
    clinician(area)
    by = Actor(user=area.users[CLINICIAN], role=None, door=Door.PAGE)
    save_plan(by=by, content=PlanContent(None, ()), version=0)
    return {"share_id": share_plan(by=by, recipient=area.hub).public_id}


ROWS = [
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
        data=lambda area: {"organisation": "Y99999", "role": "salaried", "starts_on": START},
        own=everyone(422),
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
    api("list_my_ended_posts", own=everyone()),
    mine("take_my_post_back", "delete", unconfirmed, 204),
    mine("get_my_change", "get", stated),
    mine(
        "state_my_change",
        "put",
        stated,
        data=lambda area: {"version": 1, "change": "moved", "starts_on": today()},
    ),
    mine("delete_my_change", "delete", stated, 204),
    mine("tell_my_change", "post", stated, data=lambda area: {"version": 1}),
    mine("undo_my_change", "post", told_change),
    api("get_my_outlook", own=everyone()),
    api("try_my_outlook", "post", own=everyone()),
    api("list_my_clashes", own=everyone()),
    api("get_my_timeline", own=everyone()),
    api("get_plan", own=everyone()),
    api("put_plan", "put", data=lambda area: {"version": 0, "wishes": ["talk"]}, own=everyone()),
    api("delete_my_plan", "delete", own=everyone(204)),
    # No hub has this slug.
    api("share_my_plan", "post", data=lambda area: {"hub": "no-hub"}, own=everyone(422)),
    mine("stop_sharing_my_plan", "delete", share, 204),
]
