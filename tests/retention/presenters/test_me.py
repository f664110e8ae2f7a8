"""My page in words."""

import datetime as dt

import pytest

from accounts.actor import Actor
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.plans import save_plan, share_plan
from retention.models import Person
from retention.presenters.me import (
    detail_rows,
    history_words,
    post_words,
    reader_sentences,
    seen_by,
)
from retention.queries.my_record import MyPost, my_record
from retention.queries.plans import PlanContent
from retention.queries.posts import Readers
from tests.factories.accounts import RecognitionFactory, actor
from tests.factories.organisations import (
    HubFactory,
    NetworkFactory,
    PracticeFactory,
    SharingFactory,
)
from tests.factories.retention import (
    DraftPatternFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
NOT_SEEN = "Nobody else sees your drafts, your plan or your own outlook."


@pytest.fixture
def person() -> Person:
    return RegisteredPersonFactory(name="Dr Ivo Marsh", year_of_birth=None)


@pytest.fixture
def me(person: Person) -> Actor:
    return actor(user=person.user)


@pytest.fixture
def practice() -> Organisation:
    return PracticeFactory(name="Willow Bank Surgery")


def only_post(me: Actor) -> MyPost:
    [mine] = my_record(me).posts
    return mine


def test_my_details_say_what_i_have_not_said(person: Person) -> None:
    assert detail_rows(person) == [
        ("Name", "Dr Ivo Marsh"),
        ("Profession", "GP"),
        ("Year of birth", "Not said"),
        ("Year of qualification", "1996"),
    ]
    assert detail_rows(None) == []


def test_a_post_with_a_told_week(me: Actor, person: Person, practice: Organisation) -> None:
    pattern = SessionPatternFactory(post__person=person, post__organisation=practice)
    SessionCellFactory(pattern=pattern)
    words = post_words(only_post(me))
    assert (words.title, words.place) == ("GP partner", "Willow Bank Surgery")
    assert words.period == "Since 1 April 2020"
    assert words.week == "1 session, 4 hours 10 minutes, 0.11 FTE"
    assert (words.state, words.end_url) == ("", "")
    assert words.week_action == "Change my week"


def test_a_post_that_waits_can_be_taken_back(me: Actor, person: Person) -> None:
    post = PostFactory(person=person, confirmed_on=None)
    words = post_words(only_post(me))
    assert words.state == "Waiting for the practice to confirm"
    assert str(post.public_id) in words.end_url
    assert words.week_action == "Fill in my week"


def test_a_draft_and_a_week_to_come(me: Actor, person: Person) -> None:
    post = PostFactory(person=person, ends_on=today() + dt.timedelta(days=90))
    start = today() + dt.timedelta(days=9)
    SessionPatternFactory(post=post, starts_on=start)
    DraftPatternFactory(post=post, starts_on=None)
    words = post_words(only_post(me))
    assert words.week_action == "Go on with my draft"
    last = today() + dt.timedelta(days=89)
    assert words.period.endswith(f"; last day {last.day} {last:%B %Y}")
    [coming] = words.coming
    assert coming.endswith("0 sessions, 0 hours, 0.00 FTE")


def test_history_runs_from_what_comes_to_what_was(me: Actor, person: Person) -> None:
    post = PostFactory(person=person)
    SessionPatternFactory(post=post, ends_on=dt.date(2022, 4, 1))
    ends_on = today() + dt.timedelta(days=9)
    SessionPatternFactory(post=post, starts_on=dt.date(2022, 4, 1), ends_on=ends_on)
    SessionPatternFactory(post=post, starts_on=ends_on)
    periods = [pattern.period for pattern in history_words(only_post(me)).patterns]
    assert periods[0].startswith("From ")
    assert periods[1].startswith("1 April 2022 to ")
    assert periods[2] == "1 April 2020 to 31 March 2022"


def test_who_is_nowhere_is_seen_by_nobody(me: Actor) -> None:
    assert seen_by(my_record(me)) == [NOT_SEEN]


def test_an_unconfirmed_post_is_seen_only_once_it_tells(
    me: Actor, person: Person, practice: Organisation
) -> None:
    post = PostFactory(person=person, organisation=practice, confirmed_on=None)
    DraftPatternFactory(post=post)
    unseen = "Willow Bank Surgery sees nothing of you until you tell it your week."
    assert seen_by(my_record(me)) == [unseen, NOT_SEEN]
    SessionPatternFactory(post=post)
    seen = "Practice managers of Willow Bank Surgery see your name, your role and the week you"
    assert seen_by(my_record(me))[0] == f"{seen} told it."


def test_mentoring_is_other_work_unless_i_agreed(me: Actor, person: Person) -> None:
    pattern = SessionPatternFactory(post__person=person)
    assert any("read “Other work”" in line for line in seen_by(my_record(me)))
    pattern.shows_mentoring = True
    pattern.save()
    assert not any("Other work" in line for line in seen_by(my_record(me)))


def test_totals_hubs_and_shared_plans_are_named(
    me: Actor, person: Person, practice: Organisation
) -> None:
    PostFactory(person=person, organisation=practice)
    SharingFactory(
        practice=practice, recipient=NetworkFactory(name="Vale Network"), thing="patterns"
    )
    hub = HubFactory(name="Shire Hub")
    RecognitionFactory(user=person.user, hub=hub, state="recognised")
    save_plan(by=me, content=PlanContent(None, ()), version=0)
    share_plan(by=me, recipient=hub)
    lines = "\n".join(seen_by(my_record(me)))
    assert "Practice managers of Willow Bank Surgery see your name and your role." in lines
    assert "Vale Network, in the network's totals alone: never your name or your week." in lines
    assert "Shire Hub recognises you" in lines
    assert "Shire Hub can read your plan until" in lines


@pytest.mark.parametrize(
    ("managers", "count", "sentence"),
    [
        (("Mx Kim Rowan",), 1, "Mx Kim Rowan, practice manager of Willow Bank Surgery."),
        (None, 1, "1 practice manager of Willow Bank Surgery."),
        (None, 2, "2 practice managers of Willow Bank Surgery."),
        ((), 0, "Nobody at Willow Bank Surgery uses this service yet"),
    ],
)
def test_who_will_read_it(
    practice: Organisation, managers: tuple[str, ...] | None, count: int, sentence: str
) -> None:
    [line] = reader_sentences(Readers(practice, managers, count, ()))
    assert line.startswith(sentence)
