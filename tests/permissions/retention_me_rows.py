"""Who may use one's own pages and a practice's people."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.utils import timezone

from organisations.clock import today
from retention.models import Person, Plan, PlanShare, Post
from retention.queries.plans import PlanContent, sealed
from retention.queries.posts import posts_of_user
from tests.factories.retention import (
    AbsenceFactory,
    DraftPatternFactory,
    PostChangeFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionPatternFactory,
)
from tests.permissions.rows import Area, Expected, Row, everyone, nobody, only

MANAGER = "practice_manager"
NOBODY = nobody()
Build = Callable[[Area], Mapping[str, object]]


def person_of(area: Area) -> Person:
    user = area.users["clinician"]
    found: Person | None = Person.objects.filter(user=user).first()
    return found or RegisteredPersonFactory(user=user)


def own_post(area: Area, *, confirmed: bool = True) -> Post:
    """The clinician's post in the practice; the same one whenever it is asked for."""
    person = person_of(area)
    found = posts_of_user(area.users["clinician"], today())
    confirmed_on = today() if confirmed else None
    return (
        found[0]
        if found
        else PostFactory(person=person, organisation=area.practice, confirmed_on=confirmed_on)
    )


def post(area: Area) -> Mapping[str, object]:
    return {"post_id": own_post(area).public_id}


def unconfirmed(area: Area) -> Mapping[str, object]:
    return {"post_id": own_post(area, confirmed=False).public_id}


def drafted(area: Area) -> Mapping[str, object]:
    DraftPatternFactory(post=own_post(area), starts_on=None)
    return post(area)


def stated(area: Area) -> Mapping[str, object]:
    PostChangeFactory(post=own_post(area))
    return post(area)


def told_change(area: Area) -> Mapping[str, object]:
    held = own_post(area)
    held.ends_on, held.end_reason = today() + dt.timedelta(days=180), "retired"
    held.save()
    before: dict[str, object] = {"ends_on": None, "patterns": {}, "absences": [], "shares": {}}
    told = PostChangeFactory(post=held, told_at=timezone.now(), before=before)
    return {"change_id": told.public_id}


def practice(area: Area) -> Mapping[str, object]:
    return {"code": area.practice.code}


def staff_post(area: Area) -> Mapping[str, object]:
    return {"code": area.practice.code, "post_id": own_post(area).public_id}


def away(area: Area) -> Mapping[str, object]:
    post = own_post(area)
    held = AbsenceFactory(post=post)
    return {**staff_post(area), "absence_id": held.public_id}


def added_by_name(area: Area) -> Mapping[str, object]:
    """A post whose person has no account; the same one whenever it is asked for."""
    found = Post.objects.filter(organisation=area.practice, person__user=None).first()
    added = found or PostFactory(organisation=area.practice)
    return {"code": area.practice.code, "post_id": added.public_id}


def told_unconfirmed(area: Area) -> Mapping[str, object]:
    declared = own_post(area, confirmed=False)
    SessionPatternFactory(post=declared)
    return {"code": area.practice.code, "post_id": declared.public_id}


def hub(area: Area) -> Mapping[str, object]:
    return {"slug": area.hub.slug}


def share(area: Area) -> Mapping[str, object]:
    content = PlanContent(retire_year=None, wishes=())
    plan = Plan.objects.create(person=person_of(area), sealed=sealed(content))
    ends_on = today() + dt.timedelta(days=30)
    made = PlanShare.objects.create(
        plan=plan, recipient=area.hub, starts_on=today(), ends_on=ends_on
    )
    return {"share_id": made.public_id}


def details(area: Area) -> Mapping[str, object]:
    return {"version": 0, "name": "Dr Ivo Marsh", "profession": "gp"}


def new_post(area: Area) -> Mapping[str, object]:
    return {
        "who": "new",
        "name": "Dr Ada Birch",
        "profession": "gp",
        "role": "salaried",
        "starts_on": "2026-04-01",
        "session_minutes": 250,
    }


def of_one(name: str, who: str, kwargs: Build, neighbour: Expected | None = NOBODY) -> Row:
    """A page or form about one practice, person or hub that only `who` may open."""
    return Row(name, kwargs=kwargs, own=only(who), neighbour=neighbour, other=nobody())


def sent_by_one(
    name: str, who: str, kwargs: Build, data: Build = lambda area: {}, status: int = 302
) -> Row:
    """The same, sent; a clinician's own things and a practice's are not the neighbour's."""
    return Row(
        name,
        "post",
        kwargs=kwargs,
        data=data,
        own=only(who, status=status),
        neighbour=nobody(),
        other=nobody(),
    )


ME = [
    Row("me", own=everyone()),
    # One's own alone: the address names nobody.
    Row("own-outlook", own=everyone()),
    Row("own-outlook", "post", own=everyone()),
    Row("me-details", own=everyone()),
    Row("me-details", "post", data=details, own=everyone(302)),
    Row("me-post-add", own=everyone()),
    # Without a place in the query the search is shown again.
    Row("me-post-add", "post", own=everyone()),
    of_one("me-post-end", "clinician", unconfirmed),
    sent_by_one("me-post-end", "clinician", unconfirmed),
    of_one("me-change", "clinician", post),
    sent_by_one(
        "me-change",
        "clinician",
        post,
        lambda area: {"change": "parental", "starts_on": today(), "version": 0},
    ),
    of_one("me-change-tell", "clinician", stated),
    sent_by_one("me-change-tell", "clinician", stated, lambda area: {"version": 1}),
    sent_by_one("me-change-undo", "clinician", told_change),
    of_one("session-pattern", "clinician", post),
    sent_by_one("session-pattern", "clinician", post, lambda a: {"do": "save", "version": 0}),
    sent_by_one("session-totals", "clinician", post, status=200),
    of_one("session-print", "clinician", post),
    of_one("session-tell", "clinician", drafted),
    sent_by_one(
        "session-tell", "clinician", drafted, lambda a: {"version": 1, "starts_on": today()}
    ),
    Row("my-weeks", own=everyone()),
    Row("plan", own=everyone()),
    Row("plan", "post", data=lambda a: {"knows": "dont_know", "version": 0}, own=everyone(302)),
    Row("plan-delete", "post", own=everyone(302)),
    # Any hub exists for everyone; one that does not recognise the person is refused in words.
    Row("plan-share", "post", kwargs=hub, own=everyone(302), other=everyone(302)),
    sent_by_one("plan-withdraw", "clinician", share),
]

STAFF = [
    of_one("practice-people", MANAGER, practice),
    of_one("post-add", MANAGER, practice),
    sent_by_one("post-add", MANAGER, practice, new_post),
    sent_by_one("post-confirm", MANAGER, told_unconfirmed),
    of_one("post-link", MANAGER, added_by_name),
    sent_by_one(
        "post-link",
        MANAGER,
        added_by_name,
        lambda area: {"user": area.users["clinician"].public_id},
    ),
    of_one("post-weeks", MANAGER, staff_post),
    of_one("post-absence", MANAGER, staff_post),
    sent_by_one(
        "post-absence", MANAGER, staff_post, lambda a: {"starts_on": today(), "reason": "parental"}
    ),
    sent_by_one("absence-end", MANAGER, away),
    of_one("post-end", MANAGER, staff_post),
    sent_by_one(
        "post-end", MANAGER, staff_post, lambda a: {"last_day": today(), "reason": "moved"}
    ),
]

HUB = [of_one("plans-shared", "hub_retention_lead", hub, neighbour=None)]

ROWS = [*ME, *STAFF, *HUB]
