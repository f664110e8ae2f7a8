"""What would end if a practice closed, counted."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from models.disclosure import Band, Withheld
from organisations.clock import today
from organisations.models import Organisation
from retention.models import Post
from retention.queries.practice_change import practice_change
from tests.factories.accounts import InvitationFactory, RoleGrantFactory
from tests.factories.organisations import SharingFactory, add_practice, area_of_one_practice
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
ON = today() + dt.timedelta(days=10)


@pytest.fixture
def places() -> Places:
    made = area_of_one_practice()
    return {**made, "into": add_practice(made)}


def test_counts_are_of_what_lasts_beyond_the_day(
    places: Places, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    practice = places["practice"]
    PostFactory.create_batch(8, organisation=practice)
    PostFactory(organisation=practice, ends_on=ON)
    RoleGrantFactory(organisation=practice)
    RoleGrantFactory(role="practice_manager", organisation=practice)
    InvitationFactory(organisation=practice)
    SharingFactory(practice=practice, recipient=places["network"])
    with django_assert_num_queries(5):
        found = practice_change(practice, ON)
    assert found.posts == Band(8, 15)
    assert (found.clinicians, found.other_roles, found.invitations, found.switches) == (1, 1, 1, 1)
    assert isinstance(practice_change(places["into"], ON).posts, Withheld)


def test_no_day_and_no_post_of_its_person_s_own_moves_the_band(places: Places) -> None:
    """A told end is asked for day by day, and somebody says that they work here."""
    practice, leaves = places["practice"], today() + dt.timedelta(days=40)
    PostFactory.create_batch(7, organisation=practice)
    PostFactory(organisation=practice, ends_on=leaves, end_reason="retired")
    days = [today() + dt.timedelta(days=days) for days in (0, 39, 40, 41, 300)]
    assert {practice_change(practice, day).posts for day in days} == {Band(8, 15)}
    Post.objects.filter(organisation=practice).first().delete()  # type: ignore[union-attr]  # there are eight
    PostFactory(organisation=practice, confirmed_on=None)
    assert isinstance(practice_change(practice, today()).posts, Withheld)
