"""That posts read once for many days are, on each of them, those of the rule for one day."""

import datetime as dt
from typing import Any

import pytest

from organisations.models import Link, Organisation, Sharing
from organisations.models.link import LinkKind
from organisations.queries.agreements import KEEPING_POSTS
from organisations.queries.places import practices_of
from retention.models import Objection, Post
from retention.queries.posts_over_time import PostsOverTime
from tests.factories.organisations import (
    LONG_AGO,
    AgreementFactory,
    HubFactory,
    LinkFactory,
    area_of_one_practice,
)
from tests.factories.own_leavers import sharing_practices, stayed
from tests.factories.private_outlooks import Places, hub_area
from tests.factories.retention import PersonFactory

pytestmark = pytest.mark.django_db
SINCE, CHANGE, UNTIL = dt.date(2026, 1, 1), dt.date(2026, 3, 1), dt.date(2026, 5, 1)
MADE_ON = dt.date(2026, 5, 20)
DAYS = (SINCE, dt.date(2026, 2, 28), CHANGE, dt.date(2026, 3, 2), UNTIL)


@pytest.fixture
def area() -> Places:
    return hub_area()


def as_asked_day_by_day(hub: Organisation) -> dict[dt.date, list[Post]]:
    found = {}
    for day in DAYS:
        usable = Post.objects.in_figures(day, shared_with=hub).usable(MADE_ON, shared_with=hub)
        found[day] = list(usable.filter(organisation__in=practices_of(hub, day)).order_by("pk"))
    return found


def read_once(hub: Organisation) -> dict[dt.date, list[Post]]:
    posts = PostsOverTime(hub, SINCE, UNTIL, made_on=MADE_ON)
    return {day: posts.on(day) for day in DAYS}


def same_on_all_days(hub: Organisation) -> list[int]:
    """Return how many posts count on each day, when both ways agree."""
    found = read_once(hub)
    assert found == as_asked_day_by_day(hub)
    return [len(posts) for posts in found.values()]


@pytest.mark.parametrize(
    ("values", "counted"),
    [
        ({}, [1, 1, 1, 1, 1]),
        ({"starts_on": CHANGE}, [0, 0, 1, 1, 1]),
        ({"ends_on": CHANGE}, [1, 1, 0, 0, 0]),
        ({"ends_on": SINCE}, [0, 0, 0, 0, 0]),
        ({"confirmed_on": CHANGE}, [0, 0, 1, 1, 1]),
        ({"confirmed_on": None}, [0, 0, 0, 0, 0]),
        ({"waits": True}, [0, 0, 0, 0, 0]),
        ({"told_on": LONG_AGO, "agreement": {}}, [1, 1, 1, 1, 1]),
        ({"told_on": CHANGE, "agreement": {}}, [0, 0, 1, 1, 1]),
        ({"told_on": None, "agreement": {}}, [0, 0, 0, 0, 0]),
        ({"told_on": LONG_AGO, "agreement": {"starts_on": CHANGE}}, [0, 0, 1, 1, 1]),
        # It may not be used any more on the day that the figure is made.
        ({"told_on": LONG_AGO, "agreement": {"ends_on": CHANGE}}, [0, 0, 0, 0, 0]),
    ],
)
def test_a_post_counts_on_the_days_of_the_rule(
    area: Places, values: dict[str, Any], counted: list[int]
) -> None:
    if "agreement" in values:
        terms = {"hub": area["hub"], "purpose": "A roster", **values["agreement"]}
        values = {**values, "agreement": AgreementFactory(**terms)}
    [practice] = sharing_practices(area, 1)
    post = stayed(practice)
    Post.objects.filter(pk=post.pk).update(**values)
    assert same_on_all_days(area["hub"]) == counted


@pytest.mark.parametrize(
    ("terms", "counted"),
    [
        ({"notice_given_on": CHANGE}, [0, 0, 1, 1, 1]),
        ({"notice_given_on": None}, [0, 0, 0, 0, 0]),
        ({"starts_on": CHANGE}, [0, 0, 1, 1, 1]),
        ({"purpose": "Pairing mentors with mentees"}, [0, 0, 0, 0, 0]),
    ],
)
def test_a_hubs_agreement_counts_from_its_start_and_the_notice(
    terms: dict[str, Any], counted: list[int]
) -> None:
    area = area_of_one_practice()
    keeping = {"purpose": KEEPING_POSTS, "notice_given_on": LONG_AGO, **terms}
    AgreementFactory(hub=area["hub"], **keeping)
    AgreementFactory(hub=HubFactory(), purpose=KEEPING_POSTS, notice_given_on=LONG_AGO)
    stayed(*sharing_practices(area, 1))
    assert same_on_all_days(area["hub"]) == counted


def test_another_hub_of_the_area_may_hold_the_agreement() -> None:
    area = area_of_one_practice()
    other = HubFactory()
    LinkFactory(kind=LinkKind.ICB_HUB, child=area["icb"], parent=other, starts_on=CHANGE)
    AgreementFactory(hub=other, purpose=KEEPING_POSTS, notice_given_on=LONG_AGO)
    stayed(*sharing_practices(area, 1))
    assert same_on_all_days(area["hub"]) == [0, 0, 1, 1, 1]


def test_an_objection_counts_while_it_lasts_wherever_they_are_listed(area: Places) -> None:
    first, second = sharing_practices(area, 2)
    for practice, number in ((first, "GMC 1234567"), (second, "GMC 1234567"), (second, "")):
        post = stayed(practice)
        post.person.registration = number
        post.person.save()
    for number in ("GMC 1234567", ""):
        Objection.objects.create(
            person=PersonFactory(registration=number), starts_on=SINCE, ends_on=CHANGE
        )
    assert same_on_all_days(area["hub"]) == [1, 1, 3, 3, 3]
    Objection.objects.create(person=post.person, starts_on=MADE_ON)
    assert same_on_all_days(area["hub"]) == [0, 0, 2, 2, 2]


def test_a_practice_counts_while_it_shares_with_the_hub(area: Places) -> None:
    first, second = sharing_practices(area, 2)
    for practice in (first, second):
        stayed(practice)
    shares = Sharing.objects.filter(recipient=area["hub"])
    shares.filter(practice=first).update(starts_on=CHANGE)
    assert same_on_all_days(area["hub"]) == [1, 1, 2, 2, 2]
    shares.filter(practice=second).update(ends_on=MADE_ON)
    assert same_on_all_days(area["hub"]) == [0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    "kind", [LinkKind.PRACTICE_SUB_ICB, LinkKind.SUB_ICB_ICB, LinkKind.ICB_HUB]
)
def test_a_practice_counts_while_it_lies_in_the_area(area: Places, kind: LinkKind) -> None:
    # An agreement of its own holds wherever the practice lies.
    own = AgreementFactory(hub=area["hub"], purpose="A roster", starts_on=LONG_AGO)
    stayed(*sharing_practices(area, 1), agreement=own, told_on=LONG_AGO)
    Link.objects.filter(kind=kind).update(ends_on=CHANGE)
    assert same_on_all_days(area["hub"]) == [1, 1, 0, 0, 0]


def test_the_number_of_queries_grows_with_nothing(
    area: Places, django_assert_num_queries: Any
) -> None:
    for practice in sharing_practices(area, 3):
        stayed(practice)
    # Hubs with an agreement, posts, shares, links, agreements and objections.
    with django_assert_num_queries(6):
        for post in PostsOverTime(area["hub"], LONG_AGO, UNTIL, made_on=MADE_ON).on(CHANGE):
            assert post.person.pk
            assert post.organisation.code
