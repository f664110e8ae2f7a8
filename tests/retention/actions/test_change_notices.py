"""Who reads on their first page that a practice closes or merges, and what it means for them."""

import datetime as dt

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actor import Actor, Door
from accounts.models import Notice, User
from accounts.models.notice import NoticeLine
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.life_events import close_practice, merge_practices
from retention.actions.post_changes import Statement, state_change, tell_change, undo_change
from retention.models import Plan, PlanShare, Post
from retention.queries.plans import PlanContent, sealed
from tests.factories.accounts import InvitationFactory, RoleGrantFactory
from tests.factories.organisations import SharingFactory, add_practice, area_of_one_practice
from tests.factories.retention import (
    DraftPatternFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
OPERATOR = Actor.command("life_event")
Places = dict[str, Organisation]
Line = NoticeLine


@pytest.fixture
def places() -> Places:
    made = area_of_one_practice()
    return {**made, "into": add_practice(made)}


@pytest.fixture
def post(places: Places) -> Post:
    """A clinician with a told week, a draft and a plan that the hub may read."""
    person = RegisteredPersonFactory()
    RoleGrantFactory(user=person.user, organisation=places["practice"])
    held: Post = PostFactory(person=person, organisation=places["practice"])
    SessionPatternFactory(post=held)
    DraftPatternFactory(post=held, starts_on=None)
    plan = Plan.objects.create(person=person, sealed=sealed(PlanContent(None, ())))
    PlanShare.objects.create(
        plan=plan,
        recipient=places["hub"],
        starts_on=today(),
        ends_on=today() + dt.timedelta(days=90),
    )
    return held


def on() -> dt.date:
    return today() + dt.timedelta(days=10)


def lines_of(user: User | None) -> list[set[str]]:
    return [set(notice.lines) for notice in Notice.objects.filter(user=user)]


def test_when_a_practice_closes_each_hears_what_ends_for_them(
    places: Places,
    post: Post,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    practice = places["practice"]
    SharingFactory(practice=practice, recipient=places["network"])
    InvitationFactory(organisation=practice)
    manager = RoleGrantFactory(role="practice_manager", organisation=practice).user
    PostFactory(organisation=practice)  # nobody's who can sign in
    with django_capture_on_commit_callbacks(execute=True):
        close_practice(by=OPERATOR, practice=practice, on=on())
    assert lines_of(post.person.user) == [
        {Line.POST_ENDED, Line.WEEK_ENDED, Line.DRAFT_ENDED, Line.SHARE_ENDED, Line.ROLE_ENDED}
    ]
    assert lines_of(manager) == [{Line.ROLE_ENDED, Line.SWITCHES_ENDED, Line.INVITATIONS_ENDED}]
    assert Notice.objects.count() == len(mail.outbox) == 2
    assert {notice.on for notice in Notice.objects.all()} == {on()}


def test_when_practices_merge_people_hear_what_goes_over_and_both_keepers_too(
    places: Places,
    post: Post,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    manager = RoleGrantFactory(role="practice_manager", organisation=places["into"]).user
    both = RoleGrantFactory(role="practice_manager", organisation=places["practice"]).user
    RoleGrantFactory(user=both, role="practice_manager", organisation=places["into"])
    with django_capture_on_commit_callbacks(execute=True):
        merge_practices(by=OPERATOR, from_=places["practice"], into=places["into"], on=on())
    # The plan's share stands: the same hub, by the post that went over.
    assert lines_of(post.person.user) == [
        {Line.POST_MOVED, Line.WEEK_MOVED, Line.DRAFT_MOVED, Line.ROLE_MOVED}
    ]
    assert lines_of(manager) == [{Line.PEOPLE_JOIN}]
    assert sorted(map(sorted, lines_of(both))) == [[Line.PEOPLE_JOIN], [Line.ROLE_ENDED]]
    # One mail each, however many notices.
    assert len(mail.outbox) == 3


def test_a_change_that_is_refused_tells_nobody(places: Places, post: Post) -> None:
    with pytest.raises(Exception, match="merge into itself"):
        merge_practices(by=OPERATOR, from_=places["practice"], into=places["practice"], on=on())
    assert not Notice.objects.exists()


def test_managers_hear_that_somebody_told_a_change_and_took_it_back_but_not_who(
    places: Places, post: Post
) -> None:
    manager = RoleGrantFactory(role="practice_manager", organisation=places["practice"]).user
    me = Actor(user=post.person.user, role=None, door=Door.PAGE)
    state_change(by=me, post=post, statement=Statement("retired", on()), version=0)
    assert not Notice.objects.exists()
    told = tell_change(by=me, post=post, version=1)
    assert lines_of(manager) == [{Line.SEE_STAFF}]
    undo_change(by=me, change=told)
    assert lines_of(manager) == [{Line.TAKEN_BACK}, {Line.SEE_STAFF}]
    assert mail.outbox == []
