"""One answer to who may do what, as roles begin, end and reach."""

import datetime as dt

import pytest
import time_machine
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from accounts.access import authorise, fetch, may
from accounts.actor import Actor, Door
from accounts.models import RoleGrant, User
from accounts.permissions import Permission
from accounts.queries.people import all_grants
from accounts.queries.roles import active_role
from organisations.clock import today
from organisations.models import Organisation
from organisations.models.sharing import SharedThing
from organisations.queries.places import practices
from tests.factories.accounts import RoleGrantFactory, UserFactory, actor
from tests.factories.organisations import (
    PracticeFactory,
    SharingFactory,
    add_practice,
    area_of_one_practice,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def acting(user: User) -> Actor:
    """Return the actor that a request of this user would carry now."""
    return Actor(user=user, role=active_role(user, None), door=Door.PAGE)


def managers_role(**dates: dt.date | None) -> RoleGrant:
    grant: RoleGrant = RoleGrantFactory(role="practice_manager", **dates)
    return grant


def test_role_gives_what_it_says_in_its_place_alone() -> None:
    by = actor("practice_manager", PracticeFactory())
    assert by.role is not None
    assert may(by, Permission.EDIT_POSTS, by.role.organisation)
    assert not may(by, Permission.EDIT_POSTS, PracticeFactory())
    assert not may(by, Permission.EDIT_SCHEME, by.role.organisation)


def test_role_that_ended_gives_nothing() -> None:
    grant = managers_role(ends_on=today())
    assert acting(grant.user).role is None
    assert not may(acting(grant.user), Permission.EDIT_POSTS, grant.organisation)


def test_role_that_starts_later_gives_nothing_yet() -> None:
    grant = managers_role(starts_on=today() + DAY)
    assert not may(acting(grant.user), Permission.EDIT_POSTS, grant.organisation)
    with time_machine.travel(today() + DAY, tick=False):
        assert may(acting(grant.user), Permission.EDIT_POSTS, grant.organisation)


def test_role_gives_until_the_day_before_its_end() -> None:
    grant = managers_role(ends_on=dt.date(2026, 7, 1))
    for day, expected in ((dt.date(2026, 6, 30), True), (dt.date(2026, 7, 1), False)):
        with time_machine.travel(dt.datetime.combine(day, dt.time(12)), tick=False):
            assert may(acting(grant.user), Permission.EDIT_POSTS, grant.organisation) is expected


@pytest.mark.parametrize("permission", list(Permission))
def test_inactive_user_may_nothing(permission: Permission) -> None:
    by = actor("hub_administrator", area_of_one_practice()["hub"])
    assert by.user is not None
    by.user.is_active = False
    assert not may(by, permission)
    assert not may(by, permission, by.role)


@pytest.mark.parametrize("permission", list(Permission))
def test_system_job_comes_through_no_door(permission: Permission) -> None:
    assert not may(Actor.command("import_data"), permission)


def test_own_things_are_for_their_owner_alone() -> None:
    grant = managers_role()
    assert may(acting(grant.user), Permission.OWN_RECORD, grant)
    assert not may(actor(), Permission.OWN_RECORD, grant)
    administrator = actor("hub_administrator", area_of_one_practice()["hub"])
    assert not may(administrator, Permission.OWN_RECORD, grant)


def test_open_data_is_for_everyone_signed_in() -> None:
    assert may(actor(), Permission.SEE_PUBLISHED, PracticeFactory())
    assert not may(Actor(None, None, Door.PAGE), Permission.SEE_PUBLISHED, PracticeFactory())


def test_only_who_holds_the_contract_sets_sharing() -> None:
    practice = PracticeFactory()
    holder = actor("clinician", practice, holds_contract=True)
    assert may(holder, Permission.SET_SHARING)
    assert may(holder, Permission.SET_SHARING, practice)
    assert not may(holder, Permission.SET_SHARING, PracticeFactory())
    for other in (actor("clinician", practice), actor("practice_manager", practice)):
        assert not may(other, Permission.SET_SHARING, practice)
        assert not may(other, Permission.SET_SHARING)


def test_hubs_area_reaches_its_practices_networks_and_icbs() -> None:
    places, elsewhere = area_of_one_practice(), area_of_one_practice()
    lead = actor("hub_retention_lead", places["hub"])
    for kind in ("practice", "network", "sub_icb", "icb", "hub"):
        assert may(lead, Permission.SEE_PLACE_OUTLOOK, places[kind]), kind
        assert not may(lead, Permission.SEE_PLACE_OUTLOOK, elsewhere[kind]), kind
    # The region is wider than the area, though it holds all of it.
    assert not may(lead, Permission.SEE_PLACE_OUTLOOK, places["region"])


def test_a_request_asks_once_what_lies_within_reach(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    places = area_of_one_practice()
    grant = RoleGrantFactory(role="hub_retention_lead", organisation=places["hub"])
    by = Actor(user=grant.user, role=grant, door=Door.PAGE, reached={})
    elsewhere = area_of_one_practice()["network"]
    assert may(by, Permission.SEE_PLACE_OUTLOOK, places["network"])
    assert not may(by, Permission.SEE_PLACE_OUTLOOK, elsewhere)
    with django_assert_num_queries(0):
        assert may(by, Permission.SEE_PRIVATE_OUTLOOK, places["network"])
        assert not may(by, Permission.SEE_PRIVATE_OUTLOOK, elsewhere)


def test_what_is_shared_is_asked_each_time() -> None:
    places = area_of_one_practice()
    grant = RoleGrantFactory(role="network_lead", organisation=places["network"])
    by = Actor(user=grant.user, role=grant, door=Door.PAGE, reached={})
    assert not may(by, Permission.SEE_PRACTICE_OUTLOOK, places["practice"])
    SharingFactory(
        practice=places["practice"], recipient=places["network"], thing=SharedThing.OUTLOOK
    )
    assert may(by, Permission.SEE_PRACTICE_OUTLOOK, places["practice"])


def test_manager_reaches_the_practices_own_network() -> None:
    places = area_of_one_practice()
    manager = actor("practice_manager", places["practice"])
    assert may(manager, Permission.SEE_PLACE_OUTLOOK, places["network"])
    assert not may(manager, Permission.SEE_PLACE_OUTLOOK, area_of_one_practice()["network"])


class TestNetworkLead:
    """Sees the outlook of a practice while the practice shares it, and lies in the network."""

    @pytest.fixture
    def places(self) -> dict[str, Organisation]:
        return area_of_one_practice()

    def sees(self, places: dict[str, Organisation], practice: Organisation) -> bool:
        lead = actor("network_lead", places["network"])
        return may(lead, Permission.SEE_PRACTICE_OUTLOOK, practice)

    def test_not_before_it_is_shared(self, places: dict[str, Organisation]) -> None:
        assert not self.sees(places, places["practice"])

    def test_while_it_is_shared(self, places: dict[str, Organisation]) -> None:
        SharingFactory(practice=places["practice"], recipient=places["network"])
        assert self.sees(places, places["practice"])
        assert not self.sees(places, add_practice(places))

    def test_not_once_it_ended(self, places: dict[str, Organisation]) -> None:
        SharingFactory(practice=places["practice"], recipient=places["network"], ends_on=today())
        assert not self.sees(places, places["practice"])

    def test_not_where_patterns_alone_are_shared(self, places: dict[str, Organisation]) -> None:
        SharingFactory(
            practice=places["practice"], recipient=places["network"], thing=SharedThing.PATTERNS
        )
        assert not self.sees(places, places["practice"])

    def test_not_of_a_practice_that_left_the_network(self, places: dict[str, Organisation]) -> None:
        SharingFactory(practice=places["practice"], recipient=places["network"])
        places["practice"].parent_links.filter(parent=places["network"]).update(ends_on=today())
        assert not self.sees(places, places["practice"])

    def test_not_a_network_as_if_it_were_a_practice(self, places: dict[str, Organisation]) -> None:
        assert not self.sees(places, places["network"])


def test_what_is_not_yours_and_what_is_not_there_look_the_same() -> None:
    by = actor("practice_manager", PracticeFactory())
    other = PracticeFactory()
    for code in (other.code, "NONE", "\x00"):
        with pytest.raises(Http404):
            fetch(by, Permission.EDIT_POSTS, practices(), code=code)
    with pytest.raises(Http404):
        fetch(by, Permission.OWN_RECORD, all_grants(), public_id="not-a-uuid")
    with pytest.raises(Http404):
        authorise(by, Permission.EDIT_POSTS, other)


def test_fetch_gives_what_is_yours() -> None:
    by = actor("practice_manager", PracticeFactory())
    assert by.role is not None
    home = by.role.organisation
    assert fetch(by, Permission.EDIT_POSTS, practices(), code=home.code) == home


def test_chosen_role_is_active_only_while_it_is_held() -> None:
    user = UserFactory()
    first, second = RoleGrantFactory(user=user), RoleGrantFactory(user=user)
    assert active_role(user, str(second.public_id)) == second
    assert active_role(user, None) == first
    second.ends_on = today()
    second.save()
    assert active_role(user, str(second.public_id)) == first


def test_somebody_elses_role_cannot_be_chosen() -> None:
    theirs = managers_role()
    user = UserFactory()
    assert active_role(user, str(theirs.public_id)) is None
