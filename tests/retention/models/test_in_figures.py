"""Which posts a figure may count."""

import datetime as dt
from typing import Any

import pytest

from organisations.models import Organisation
from organisations.queries.agreements import KEEPING_POSTS
from retention.models import Objection, Post
from tests.factories.organisations import (
    LONG_AGO,
    AgreementFactory,
    HubFactory,
    SharingFactory,
    area_of_one_practice,
)
from tests.factories.retention import PersonFactory, PostFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 6, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def area() -> dict[str, Organisation]:
    return area_of_one_practice()


def agree(area: dict[str, Organisation], **values: Any) -> Any:
    terms = {"hub": area["hub"], "purpose": KEEPING_POSTS, "notice_given_on": LONG_AGO}
    return AgreementFactory(**{**terms, **values})


def counts(**where: Any) -> bool:
    return Post.objects.in_figures(ON, **where).exists()


def test_a_post_added_by_hand_counts_under_its_hubs_agreement(
    area: dict[str, Organisation],
) -> None:
    PostFactory(organisation=area["practice"])
    assert not counts()
    agree(area)
    assert counts()


@pytest.mark.parametrize(
    "terms",
    [
        {"notice_given_on": None},
        {"notice_given_on": ON + DAY},
        {"starts_on": ON + DAY},
        {"ends_on": ON},
        {"purpose": "Pairing mentors with mentees"},
    ],
)
def test_not_without_one_in_force_that_people_were_told_of(
    area: dict[str, Organisation], terms: dict[str, Any]
) -> None:
    PostFactory(organisation=area["practice"])
    agree(area, **terms)
    assert not counts()


def test_nor_under_the_agreement_of_a_hub_elsewhere(area: dict[str, Organisation]) -> None:
    PostFactory(organisation=area["practice"])
    agree(area, hub=HubFactory())
    assert not counts()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, True),
        ({"told_on": ON}, True),
        ({"told_on": ON + DAY}, False),
        ({"told_on": None}, False),
        ({"waits": True}, False),
        ({"confirmed_on": None}, False),
        ({"confirmed_on": ON + DAY}, False),
        ({"starts_on": ON + DAY}, False),
        ({"ends_on": ON}, False),
        ({"ends_on": ON + DAY}, True),
    ],
)
def test_a_post_of_a_roster_counts_under_its_own(
    area: dict[str, Organisation], values: dict[str, Any], expected: bool
) -> None:
    # The hub's own notice is no answer for a post that names another.
    terms = {"agreement": agree(area, notice_given_on=LONG_AGO), "told_on": LONG_AGO, **values}
    PostFactory(organisation=area["practice"], **terms)
    assert counts() == expected


def test_an_objection_takes_every_post_of_the_person_out_while_it_holds(
    area: dict[str, Organisation],
) -> None:
    agree(area)
    post = PostFactory(organisation=area["practice"])
    PostFactory(organisation=area["practice"], person=post.person, role="manager")
    other = PostFactory(organisation=area["practice"])
    Objection.objects.create(person=post.person, starts_on=ON, ends_on=ON + DAY)
    assert list(Post.objects.in_figures(ON)) == [other]
    # Figures of before and after are not touched.
    assert Post.objects.in_figures(ON - DAY).count() == 3
    assert Post.objects.in_figures(ON + DAY).count() == 3


def test_for_a_network_only_what_its_practice_shares_with_it(
    area: dict[str, Organisation],
) -> None:
    agree(area)
    PostFactory(organisation=area["practice"])
    network = area["network"]
    assert not counts(shared_with=network)
    SharingFactory(practice=area["practice"], recipient=network, thing="outlook")
    SharingFactory(practice=area["practice"], recipient=area["hub"], thing="patterns")
    assert not counts(shared_with=network)
    SharingFactory(practice=area["practice"], recipient=network, thing="patterns")
    assert counts(shared_with=network)
    assert counts(shared_with=area["hub"])


def test_the_number_of_queries_does_not_grow_with_posts(
    area: dict[str, Organisation], django_assert_num_queries: Any
) -> None:
    agree(area)
    PostFactory.create_batch(5, organisation=area["practice"])
    # The hubs that hold an agreement, then the posts.
    with django_assert_num_queries(2):
        assert len(Post.objects.in_figures(ON)) == 5


def test_who_objects_is_counted_nowhere_that_lists_their_number(
    area: dict[str, Organisation],
) -> None:
    """A second practice has a person of its own for them, until both are linked to the account."""
    agree(area)
    listed = PostFactory(organisation=area["practice"], person__registration="GMC 1234567")
    other = PostFactory(organisation=area["practice"], person__registration="")
    for number in ("GMC 1234567", ""):
        who = PersonFactory(registration=number)
        Objection.objects.create(person=who, starts_on=ON - DAY)
    assert list(Post.objects.in_figures(ON)) == [other]
    assert listed in Post.objects.in_figures(ON - 2 * DAY)
