"""Who holds which role where."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models.recognition import RecognitionState
from accounts.queries.people import (
    open_grants,
    people_of,
    places_with_roles,
    requests_waiting,
    staff_of,
)
from organisations.clock import today
from organisations.models import Organisation
from tests.factories.accounts import RecognitionFactory, RoleGrantFactory, UserFactory
from tests.factories.organisations import add_practice, area_of_one_practice

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    return area_of_one_practice()


def test_roles_are_held_in_the_hub_its_networks_and_practices(places: Places) -> None:
    area_of_one_practice()
    assert set(places_with_roles(places["hub"])) == {
        places["hub"],
        places["network"],
        places["practice"],
    }


def test_open_are_the_roles_of_today_and_later(places: Places) -> None:
    day = dt.timedelta(days=1)
    held = RoleGrantFactory(organisation=places["practice"])
    later = RoleGrantFactory(organisation=places["practice"], starts_on=today() + day)
    RoleGrantFactory(organisation=places["practice"], ends_on=today())
    RoleGrantFactory(organisation=places["practice"], user__is_active=False)
    assert set(open_grants(places_with_roles(places["hub"]))) == {held, later}
    assert set(staff_of(places["practice"])) == {held, later}


def test_people_have_a_role_here_or_are_recognised(places: Places) -> None:
    manager = RoleGrantFactory(role="practice_manager", organisation=places["practice"]).user
    recognised = RecognitionFactory(hub=places["hub"], state=RecognitionState.RECOGNISED).user
    RecognitionFactory(hub=places["hub"])
    RoleGrantFactory()
    assert set(people_of(places["hub"])) == {manager, recognised}


def test_person_shows_the_roles_of_this_area_alone(places: Places) -> None:
    user = UserFactory()
    here = RoleGrantFactory(user=user, organisation=places["practice"])
    RoleGrantFactory(user=user)
    (person,) = people_of(places["hub"])
    assert person.grants_here == [here]  # type: ignore[attr-defined]  # people_of prefetches it


def test_search_finds_part_of_a_name_in_any_case(places: Places) -> None:
    for name in ("Anna Example", "Bruno Sample"):
        RoleGrantFactory(user__name=name, organisation=places["practice"])
    assert [user.name for user in people_of(places["hub"], " ANNA ")] == ["Anna Example"]
    assert not people_of(places["hub"], "%").exists()


def test_number_of_queries_does_not_grow(
    places: Places, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        RoleGrantFactory(organisation=add_practice(places))
    with django_assert_num_queries(5):
        people = list(people_of(places["hub"]))
        assert [str(grant) for user in people for grant in user.grants_here]  # type: ignore[attr-defined]  # people_of prefetches it
    assert len(people) == 6


def test_waiting_are_those_without_an_answer(places: Places) -> None:
    asked = RecognitionFactory(hub=places["hub"])
    RecognitionFactory(hub=places["hub"], state=RecognitionState.DECLINED)
    RecognitionFactory()
    assert list(requests_waiting(places["hub"])) == [asked]
