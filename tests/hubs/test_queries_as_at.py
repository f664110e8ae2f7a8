"""Every query that dated records decide gives an earlier day's answer for an earlier day.

A query that reads the calendar otherwise is found by tests/test_house.py; each is called here.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from accounts.actor import Actor
from hubs.queries.candidates import candidates, still_possible
from hubs.queries.eligibility import MentorFacts, eligibility, is_eligible
from hubs.queries.mentoring import mentoring_counts, people_working_in, told_clinical_sessions
from hubs.queries.schemes import areas_for
from models.sessions import years_before
from organisations.clock import today
from organisations.models import Link, Organisation
from organisations.models.link import LinkKind
from retention.models import Person, Plan, PlanShare, Post
from retention.queries.clashes import clashes_with, own_clashes
from retention.queries.my_record import my_record
from retention.queries.own_outlook import own_outlook
from retention.queries.patterns import Shape
from retention.queries.place_figures import place_figures
from retention.queries.plans import PlanContent, open_shares, sealed
from retention.queries.timeline import own_timeline, post_timeline
from tests.factories.accounts import actor
from tests.factories.hubs import (
    MenteeRequestFactory,
    MentorOfferFactory,
    SchemeFactory,
    recognised_person,
)
from tests.factories.organisations import IcbFactory, LinkFactory, area_of_one_practice
from tests.factories.retention import (
    PostFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
# Three quarters of a year before and after, so that no quarter and no leap year matters.
TURN = years_before(today(), 3)
BEFORE = TURN - dt.timedelta(days=270)
MONDAY = {(0, "am"): ("clinical", 250)}


@dataclass
class World:
    """A mentor with two posts until TURN and one since; a practice that then left its network."""

    places: dict[str, Organisation]
    person: Person
    post: Post
    plan: Plan
    me: Actor


@pytest.fixture
def world() -> World:
    places = area_of_one_practice()
    person = recognised_person(places["hub"], profession="gp", year_of_birth=1970)
    post = PostFactory(person=person, organisation=places["practice"])
    second = PostFactory(person=person, ends_on=TURN, end_reason="moved")
    for held in (post, second):
        SessionCellFactory(pattern=SessionPatternFactory(post=held, ends_on=held.ends_on))
    Link.objects.filter(child=places["practice"], parent=places["network"]).update(ends_on=TURN)
    LinkFactory(kind=LinkKind.ICB_HUB, child=IcbFactory(), parent=places["hub"], ends_on=TURN)
    plan = Plan.objects.create(person=person, sealed=sealed(PlanContent(None, ())))
    PlanShare.objects.create(plan=plan, recipient=places["hub"], starts_on=BEFORE, ends_on=TURN)
    me = actor("clinician", places["practice"], user=person.user)
    return World(places, person, post, plan, me)


def posts(world: World, **day: dt.date) -> object:
    return len(my_record(world.me, **day).posts)


def shares(world: World, **day: dt.date) -> object:
    return len(open_shares(world.plan, **day)), len(my_record(world.me, **day).shares)


def age(world: World, **day: dt.date) -> object:
    found = own_outlook(world.me, my_record(world.me, **day), as_at=day.get("as_at")).age
    return found is not None and found + 1970 == day.get("as_at", today()).year


def own_sessions(world: World, **day: dt.date) -> object:
    return own_timeline(world.me, **day).sessions


def post_day(world: World, **day: dt.date) -> object:
    manager = actor("practice_manager", world.places["practice"])
    return post_timeline(manager, world.post, **day).date == day.get("as_at", today())


def clashes(world: World, **day: dt.date) -> object:
    typed = clashes_with(world.me, world.post, Shape(MONDAY), **day)
    return len(own_clashes(world.me, **day)), len(typed)


def hub_areas(world: World, **day: dt.date) -> object:
    return areas_for(world.places["hub"], **day).count()


def sessions_told(world: World, **day: dt.date) -> object:
    return told_clinical_sessions(world.person, **day)


def colleagues(world: World, **day: dt.date) -> object:
    return people_working_in(world.places["network"], **day).count()


def mentors(world: World, **day: dt.date) -> object:
    Post.objects.filter(pk=world.post.pk).update(confirmed_on=BEFORE)
    MentorOfferFactory(person=world.person, hub=world.places["hub"])
    return mentoring_counts(world.places["hub"], world.places["network"], **day).mentors


def long_qualified(world: World, **day: dt.date) -> object:
    scheme = SchemeFactory.build(min_years_qualified=5)
    facts = MentorFacts(5, True, True, today().year - 6)  # type: ignore[arg-type]  # A whole number will do.
    met = [result.met for result in eligibility(facts, scheme, **day)]
    return is_eligible(facts, scheme, **day), met[-1].value


def network_practices(world: World, **day: dt.date) -> object:
    found = place_figures(actor(), world.places["network"], **day)
    practice = place_figures(actor(), world.places["practice"], **day)
    return len(found.practices), practice.network is not None


def apart(world: World, **day: dt.date) -> object:
    """Whether mentor and mentee may be paired: they worked in one practice until TURN."""
    hub = world.places["hub"]
    mentee = recognised_person(hub)
    PostFactory(
        person=mentee, organisation=world.places["practice"], ends_on=TURN, end_reason="moved"
    )
    MentorOfferFactory(person=world.person, hub=hub, remote=True)
    MenteeRequestFactory(person=mentee, hub=hub, remote=True)
    scheme = SchemeFactory(hub=hub, area=hub)
    assert still_possible(scheme, [], **day) == set()
    return len(candidates(scheme, **day).found.mentee)


@pytest.mark.parametrize(
    ("query", "before", "now"),
    [
        (posts, 2, 1),
        (shares, (1, 1), (0, 0)),
        (age, True, True),
        (own_sessions, 2, 1),
        (post_day, True, True),
        (clashes, (1, 1), (0, 0)),
        (hub_areas, 3, 2),
        (sessions_told, 2, 1),
        (colleagues, 1, 0),
        (mentors, 1, 0),
        (long_qualified, (False, "not met"), (True, "met")),
        (network_practices, (1, True), (0, False)),
        (apart, 0, 1),
    ],
)
def test_an_earlier_day_gives_the_earlier_state(
    world: World, query: Callable[..., object], before: object, now: object
) -> None:
    assert query(world, as_at=BEFORE) == before
    if query in (mentors, apart):
        return  # These make what they ask for: today's answer has a test of its own below.
    assert query(world) == now


@pytest.mark.parametrize(("query", "now"), [(mentors, 0), (apart, 1)])
def test_without_a_day_the_answer_is_of_today(
    world: World, query: Callable[..., object], now: object
) -> None:
    assert query(world) == now
