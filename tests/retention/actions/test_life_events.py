"""Practices close and merge, people die: what happens to all that hangs on them."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.http import Http404
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actor import Actor
from accounts.models import AuditEvent, Invitation, Notice, RoleGrant, User
from accounts.models.audit_event import Act
from accounts.models.notice import NoticeKind
from accounts.models.recognition import RecognitionState
from hubs.models import ConversationRequest, MentorOffer, Pair
from organisations.clock import today
from organisations.models import Link, Organisation, Sharing
from retention.actions.life_events import close_practice, merge_practices, record_death
from retention.models import (
    Absence,
    OutlookEdition,
    Plan,
    PlanShare,
    Post,
    PublishedProfile,
    SessionPattern,
)
from retention.queries.patterns import shape_of
from retention.queries.plans import PlanContent, sealed
from tests.factories.accounts import InvitationFactory, RoleGrantFactory, actor
from tests.factories.hubs import ActivePairFactory, ConversationRequestFactory
from tests.factories.organisations import (
    SharingFactory,
    add_practice,
    area_of_one_practice,
)
from tests.factories.published import SEVEN, add_up, profile_of
from tests.factories.retention import (
    AbsenceFactory,
    DraftPatternFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
OPERATOR = Actor.command("life_event")
LAST_MONTH = (today().replace(day=1) - dt.timedelta(days=1)).replace(day=1)
MONDAY = {(0, "am"): ("clinical", 250)}


@pytest.fixture
def places() -> dict[str, Organisation]:
    made = area_of_one_practice()
    return {**made, "into": add_practice(made)}


@pytest.fixture
def post(places: dict[str, Organisation]) -> Post:
    """A registered clinician's post with a told week that names mentoring."""
    person = RegisteredPersonFactory()
    RoleGrantFactory(user=person.user, organisation=places["practice"])
    held: Post = PostFactory(person=person, organisation=places["practice"])
    pattern = SessionPatternFactory(post=held, shows_mentoring=True)
    SessionCellFactory(pattern=pattern)
    return held


def days_on(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def close(places: dict[str, Organisation], on: dt.date) -> int:
    return close_practice(by=OPERATOR, practice=places["practice"], on=on)


def merge(places: dict[str, Organisation], on: dt.date) -> int:
    return merge_practices(by=OPERATOR, from_=places["practice"], into=places["into"], on=on)


def share_plan_of(post: Post, hub: Organisation) -> PlanShare:
    content = PlanContent(retire_year=None, wishes=())
    plan = Plan.objects.create(person=post.person, sealed=sealed(content))
    share: PlanShare = PlanShare.objects.create(
        plan=plan, recipient=hub, starts_on=today(), ends_on=days_on(90)
    )
    return share


def test_a_practice_that_closes_leaves_nothing_open(
    places: dict[str, Organisation], post: Post
) -> None:
    practice, on = places["practice"], days_on(10)
    SharingFactory(practice=practice, recipient=places["network"])
    RoleGrantFactory(role="practice_manager", organisation=practice)
    InvitationFactory(organisation=practice)
    DraftPatternFactory(post=post, starts_on=None)
    share = share_plan_of(post, places["hub"])
    assert close(places, on) == 1
    post.refresh_from_db()
    practice.refresh_from_db()
    share.refresh_from_db()
    assert (post.ends_on, post.end_reason, practice.ends_on) == (on, "practice_closed", on)
    assert [pattern.ends_on for pattern in SessionPattern.objects.all()] == [on]
    assert share.ends_on == on
    for model in (Link.objects.filter(child=practice), Sharing.objects, RoleGrant.objects):
        assert set(model.values_list("ends_on", flat=True)) == {on}
    assert Invitation.objects.get().withdrawn_at is not None


def test_a_post_that_has_not_begun_never_does(places: dict[str, Organisation]) -> None:
    coming = PostFactory(organisation=places["practice"], starts_on=days_on(60))
    close(places, days_on(10))
    coming.refresh_from_db()
    assert coming.ends_on == coming.starts_on


def test_roles_of_a_practice_that_closed_last_month_end_today(
    places: dict[str, Organisation], post: Post
) -> None:
    """What somebody could see on days gone by does not change."""
    close(places, days_on(-30))
    assert RoleGrant.objects.get().ends_on == today()
    post.refresh_from_db()
    assert post.ends_on == days_on(-30)


def test_months_since_a_practice_closed_are_added_up_without_it(
    places: dict[str, Organisation],
) -> None:
    """A closing is often recorded some weeks late, when its month's figures are there already."""
    for place in ("practice", "into"):
        profile_of(places[place], SEVEN, LAST_MONTH)
    add_up(LAST_MONTH)
    OutlookEdition.objects.create(
        month=LAST_MONTH, staff_group="gp", rates=[], made_at=timezone.now()
    )
    close_practice(by=OPERATOR, practice=places["practice"], on=LAST_MONTH)
    of_network = PublishedProfile.objects.get(organisation=places["network"], month=LAST_MONTH)
    assert of_network.people == 7
    assert not OutlookEdition.objects.get().holds


def test_a_merger_carries_people_with_their_weeks_and_no_switch(
    places: dict[str, Organisation], post: Post
) -> None:
    on = days_on(10)
    SharingFactory(practice=places["practice"], recipient=places["network"])
    RoleGrantFactory(role="practice_manager", organisation=places["practice"])
    draft = DraftPatternFactory(post=post, starts_on=None)
    AbsenceFactory(post=post)
    share = share_plan_of(post, places["hub"])
    assert merge(places, on) == 1
    moved = Post.objects.get(organisation=places["into"])
    assert (moved.person, moved.role, moved.starts_on) == (post.person, post.role, on)
    told = SessionPattern.objects.get(post=moved, told_at__isnull=False)
    assert (shape_of(told).week, told.starts_on, told.ends_on) == (MONDAY, on, None)
    draft.refresh_from_db()
    share.refresh_from_db()
    assert draft.post == moved
    # Still in the hub's area: the share goes on.
    assert share.ends_on == days_on(90)
    away = Absence.objects.order_by("starts_on").values_list("post", "ends_on")
    assert list(away) == [(post.pk, on), (moved.pk, None)]
    held = RoleGrant.objects.filter(organisation=places["into"])
    assert [(grant.role, grant.starts_on) for grant in held] == [("clinician", on)]
    assert not Sharing.objects.filter(practice=places["into"]).exists()


def test_the_old_page_says_when_it_closed_and_leads_to_the_new_one(
    client: Client, places: dict[str, Organisation], post: Post
) -> None:
    merge(places, today())
    assert post.person.user is not None
    client.force_login(post.person.user)
    page = client.get(places["practice"].get_absolute_url())
    assert places["into"].get_absolute_url() in page.text
    assert places["into"].name in page.text


def test_history_goes_along_for_the_person_and_mentoring_is_not_named_anew(
    places: dict[str, Organisation], post: Post
) -> None:
    merge(places, days_on(10))
    told = SessionPattern.objects.get(post__organisation=places["into"])
    assert not told.shows_mentoring
    assert SessionPattern.objects.filter(post=post).count() == 1
    post.refresh_from_db()
    assert post.end_reason == "practice_merged"


@pytest.mark.parametrize(("weeks", "swapped"), [(1, True), (2, False)])
def test_weeks_in_turn_keep_their_turn(
    places: dict[str, Organisation], post: Post, weeks: int, swapped: bool
) -> None:
    other = {(4, "pm"): ("admin", 100)}
    pattern = SessionPattern.objects.get(post=post)
    SessionPattern.objects.update(rhythm="alternate", starts_on=days_on(0))
    SessionCellFactory(pattern=pattern, week="b", weekday=4, part="pm", kind="admin", minutes=100)
    merge(places, days_on(7 * weeks))
    shape = shape_of(SessionPattern.objects.get(post__organisation=places["into"]))
    assert (shape.week, shape.week_b) == ((other, MONDAY) if swapped else (MONDAY, other))


def test_who_has_an_equal_post_there_already_keeps_that_one(
    places: dict[str, Organisation], post: Post
) -> None:
    there = PostFactory(person=post.person, organisation=places["into"], role=post.role)
    RoleGrantFactory(user=post.person.user, organisation=places["into"])
    DraftPatternFactory(post=post, starts_on=None)
    merge(places, days_on(10))
    assert list(Post.objects.filter(organisation=places["into"])) == [there]
    assert RoleGrant.objects.filter(organisation=places["into"]).count() == 1
    # The week and the draft did not go over, and nobody says that they did.
    notice = Notice.objects.get(user=post.person.user, kind=NoticeKind.MERGED)
    assert {"post_ended", "week_ended", "draft_ended"} <= set(notice.lines)
    assert not {"post_moved", "week_moved", "draft_moved"} & set(notice.lines)


def test_what_makes_no_sense_is_refused_and_nothing_changes(
    places: dict[str, Organisation], post: Post
) -> None:
    with pytest.raises(ValidationError, match="into itself"):
        merge_practices(by=OPERATOR, from_=places["into"], into=places["into"], on=today())
    with pytest.raises(ValidationError, match="within a year"):
        close(places, days_on(400))
    with pytest.raises(ValidationError, match="no practice"):
        close_practice(by=OPERATOR, practice=places["network"], on=today())
    post.refresh_from_db()
    assert post.ends_on is None


def test_a_hubs_administrator_may_in_the_hubs_area_and_nobody_else(
    places: dict[str, Organisation], post: Post
) -> None:
    elsewhere = area_of_one_practice()["hub"]
    for stranger in (
        actor("practice_manager", places["practice"]),
        actor("hub_retention_lead", places["hub"]),
        actor("hub_administrator", elsewhere),
    ):
        with pytest.raises(Http404):
            close_practice(by=stranger, practice=places["practice"], on=today())
    administrator = actor("hub_administrator", places["hub"])
    assert close_practice(by=administrator, practice=places["practice"], on=days_on(1)) == 1


def test_somebody_who_died_is_written_to_no_more_and_their_pair_closes_kindly(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    pair: Pair = ActivePairFactory()
    mentor, mentee = pair.offer.person, pair.request.person
    post = PostFactory(person=mentor)
    DraftPatternFactory(post=post, starts_on=None)
    share_plan_of(post, pair.offer.hub)
    assert mentor.user is not None
    assert mentee.user is not None
    with django_capture_on_commit_callbacks(execute=True):
        record_death(by=OPERATOR, user=mentor.user, on=today())
    pair.refresh_from_db()
    post.refresh_from_db()
    assert (pair.state, post.end_reason) == ("ended", "died")
    assert MentorOffer.objects.get().state == "withdrawn"
    # The mentee waits for another mentor, and is told that there is news, not what.
    pair.request.refresh_from_db()
    assert pair.request.state == "open"
    assert [message.to for message in mail.outbox] == [[mentee.user.email]]
    assert not User.objects.get(pk=mentor.user.pk).is_active
    assert not Plan.objects.exists()
    assert not SessionPattern.objects.exists()
    states = mentor.user.recognitions.values_list("state", flat=True)
    assert set(states) == {RecognitionState.LEFT}


def test_no_hub_phones_somebody_who_died() -> None:
    mine, other = ConversationRequestFactory(), ConversationRequestFactory()
    record_death(by=OPERATOR, user=mine.person.user, on=today())
    assert list(ConversationRequest.objects.all()) == [other]
    row = AuditEvent.objects.get(act=Act.WITHDREW_CONVERSATION)
    assert row.subject == mine.person.subject_id


def test_a_death_is_recorded_by_an_operator_alone_and_not_ahead(post: Post) -> None:
    assert post.person.user is not None
    with pytest.raises(Http404):
        record_death(
            by=actor("practice_manager", post.organisation), user=post.person.user, on=today()
        )
    with pytest.raises(ValidationError):
        record_death(by=OPERATOR, user=post.person.user, on=days_on(1))
    assert User.objects.get(pk=post.person.user.pk).is_active
