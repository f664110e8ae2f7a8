"""What would end if a practice closed, counted."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from organisations.clock import today
from organisations.models import Organisation
from retention.queries.practice_change import PracticeChange, practice_change
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
    RoleGrantFactory(organisation=practice)
    RoleGrantFactory(role="practice_manager", organisation=practice)
    InvitationFactory(organisation=practice)
    SharingFactory(practice=practice, recipient=places["network"])
    with django_assert_num_queries(4):
        found = practice_change(practice, ON)
    assert (found.clinicians, found.other_roles, found.invitations, found.switches) == (1, 1, 1, 1)
    # Of posts not even a band.
    assert set(vars(found)) == {"clinicians", "other_roles", "invitations", "switches"}
    assert practice_change(places["into"], ON) == PracticeChange(0, 0, 0, 0)
