"""What a summary is made from: what the role may see, of published figures and nothing else."""

import datetime as dt

import pytest

from accounts.models import User
from hubs.models import DigestChoice
from hubs.queries.digest import DIGEST_ROLES, digest_facts, digest_users, newest_month
from organisations.clock import today
from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.hubs import ConversationRoundFactory, agree_on_conversations
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
MAY = dt.date(2025, 5, 1)


@pytest.fixture
def places() -> Places:
    made = area_of_one_practice()
    agree_on_conversations(made["hub"])
    small = add_practice(made)
    for month in (MAY, JUNE):
        profile_of(made["practice"], OLD if month == JUNE else SEVEN, month)
        profile_of(small, {"40to44": 2}, month)
        add_up(month)
    return made | {"small": small}


def holder(role: str, place: Organisation) -> User:
    user: User = UserFactory()
    RoleGrantFactory(user=user, role=role, organisation=place)
    return user


def test_roles_that_lead_get_one_and_clinicians_none(places: Places) -> None:
    leads = [
        holder(role, places[place])
        for role, place in (
            ("network_lead", "network"),
            ("hub_retention_lead", "hub"),
            ("hub_administrator", "hub"),
            ("board_viewer", "hub"),
            ("practice_manager", "practice"),
        )
    ]
    holder("clinician", places["practice"])
    assert set(digest_users()) == set(leads)
    assert len(DIGEST_ROLES) == 5


def test_who_switched_it_off_who_left_and_whose_role_ended_get_none(places: Places) -> None:
    off, gone, ended = (holder("board_viewer", places["hub"]) for _ in range(3))
    DigestChoice.objects.create(user=off, wanted=False)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    ended.role_grants.update(ends_on=today())
    assert not digest_users().exists()
    DigestChoice.objects.update(wanted=True)
    assert list(digest_users()) == [off]


def test_a_leads_own_network_in_two_months(places: Places) -> None:
    (facts,) = digest_facts(holder("network_lead", places["network"]))
    assert (facts.now and facts.now.month, facts.before and facts.before.month) == (JUNE, MAY)
    assert facts.now is not None
    assert facts.now.outlook is not None
    assert facts.now.flag is not None
    assert facts.now.flag.raised
    assert facts.flags == []
    assert newest_month() == JUNE


def test_a_practice_that_is_too_small_gets_its_networks_outlook(places: Places) -> None:
    (facts,) = digest_facts(holder("practice_manager", places["small"]))
    assert facts.outlook_place == places["network"]
    assert facts.now is not None
    assert facts.now.profile is not None
    assert facts.now.profile.people == 2
    assert facts.now.outlook is not None
    assert facts.now.outlook.place == places["network"].code
    (own,) = digest_facts(holder("practice_manager", places["practice"]))
    assert own.now is not None
    assert own.now.outlook is not None
    assert own.now.outlook.place == places["practice"].code


def test_only_the_lead_hears_whom_to_invite_and_only_when_it_may_be(places: Places) -> None:
    lead = holder("hub_retention_lead", places["hub"])
    board = holder("board_viewer", places["hub"])
    assert digest_facts(lead)[0].to_invite == [places["network"]]
    assert digest_facts(board)[0].to_invite == []
    assert [each.raised for each in digest_facts(board)[0].flags] == [True]
    assert [each.raised for each in digest_facts(board)[0].flags_before] == [False]
    ConversationRoundFactory(hub=places["hub"], network=places["network"])
    assert digest_facts(lead)[0].to_invite == []


def test_only_the_administrator_hears_of_agreements(places: Places) -> None:
    assert digest_facts(holder("hub_administrator", places["hub"]))[0].agreements_missing > 0
    assert digest_facts(holder("hub_retention_lead", places["hub"]))[0].agreements_missing == 0


def test_before_the_first_file_there_is_nothing_to_tell() -> None:
    places = area_of_one_practice()
    (facts,) = digest_facts(holder("network_lead", places["network"]))
    assert facts.now is None
    assert newest_month() is None


def test_each_role_held_has_its_own_facts(places: Places) -> None:
    user = holder("network_lead", places["network"])
    RoleGrantFactory(user=user, role="board_viewer", organisation=places["hub"])
    RoleGrantFactory(user=user, role="clinician", organisation=places["practice"])
    assert [facts.place for facts in digest_facts(user)] == [places["network"], places["hub"]]
