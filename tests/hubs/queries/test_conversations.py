"""Who is invited, from when again, and who asked: by where somebody works, never by an age."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from hubs.models import ConversationRequest, ConversationRound
from hubs.queries.conversations import (
    BETWEEN_ROUNDS,
    CLINICAL_ROLES,
    Contact,
    asked_of,
    contact_of,
    invited_users,
    last_rounds,
    may_invite_from,
    open_invitations,
    own_open_conversation,
    sealed_contact,
)
from organisations.clock import today
from organisations.models import Organisation
from retention.models.post import PostRole
from tests.factories.hubs import ConversationRequestFactory, ConversationRoundFactory
from tests.factories.organisations import HubFactory, area_of_one_practice
from tests.factories.retention import PostFactory, RegisteredPersonFactory

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1))
TEXTS = st.text(max_size=60)


@pytest.fixture
def places() -> dict[str, Organisation]:
    return area_of_one_practice()


@given(last=DAYS, day=DAYS)
def test_a_network_is_free_half_a_year_after_the_last_round_and_never_before_today(
    last: dt.date, day: dt.date
) -> None:
    made = ConversationRound(starts_on=last)
    free_from = may_invite_from(made, as_at=day)
    assert free_from == max(day, last + BETWEEN_ROUNDS)
    # Asked again on that day, the answer is that day.
    assert may_invite_from(made, as_at=free_from) == free_from
    assert may_invite_from(None, as_at=day) == day


@given(contact=TEXTS, times=TEXTS)
def test_how_to_reach_somebody_is_kept_sealed_and_read_whole(contact: str, times: str) -> None:
    kept = sealed_contact(Contact(contact, times))
    assert contact_of(ConversationRequest(sealed=kept)) == Contact(contact, times)
    assert b"contact" not in kept


def test_of_a_closed_one_nothing_is_left_to_reach_anybody() -> None:
    assert contact_of(ConversationRequest(sealed=None)) == Contact("", "")


@pytest.mark.django_db
@pytest.mark.parametrize("role", PostRole.values)
def test_the_letter_reaches_all_who_see_patients_and_the_same_read_it_on_their_page(
    places: dict[str, Organisation], role: str
) -> None:
    person = RegisteredPersonFactory(year_of_birth=None)
    PostFactory(person=person, organisation=places["practice"], role=role)
    made = ConversationRoundFactory(hub=places["hub"], network=places["network"])
    assert person.user is not None
    invited = person.user in invited_users(places["network"])
    assert invited == (role in CLINICAL_ROLES)
    assert open_invitations(person.user) == ([made] if invited else [])


@pytest.mark.django_db
def test_two_posts_are_one_letter_and_a_closed_account_gets_none(
    places: dict[str, Organisation],
) -> None:
    twice, gone = RegisteredPersonFactory(), RegisteredPersonFactory()
    for person in (twice, gone):
        PostFactory(person=person, organisation=places["practice"], role="partner")
        PostFactory(person=person, organisation=places["network"], role="salaried")
    User.objects.filter(pk=gone.user_id).update(is_active=False)
    assert list(invited_users(places["network"])) == [twice.user]


@pytest.mark.django_db
def test_the_newest_round_of_each_network_counts_in_one_query(
    places: dict[str, Organisation], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    network, other = places["network"], area_of_one_practice()["network"]
    ago = [today() - dt.timedelta(days=days) for days in (400, 200)]
    for day in (ago[1], ago[0]):
        ConversationRoundFactory(hub=places["hub"], network=network, starts_on=day)
    with django_assert_num_queries(1):
        found = last_rounds([network, other])
    assert {pk: each.starts_on for pk, each in found.items()} == {network.pk: ago[1]}


@pytest.mark.django_db
def test_a_hub_lists_who_waits_and_forgets_who_is_done() -> None:
    hub = HubFactory()
    waiting = ConversationRequestFactory(hub=hub)
    closed = ConversationRequestFactory(hub=hub, state="closed", sealed=None)
    ConversationRequestFactory()
    assert list(asked_of(hub)) == [waiting]
    assert own_open_conversation(closed.person.user, hub) is None
    assert own_open_conversation(waiting.person.user, hub) == waiting
