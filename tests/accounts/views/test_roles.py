"""One's own roles, and the end of other people's."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.actor import Actor
from accounts.models import RoleGrant
from accounts.models.audit_event import Act
from accounts.queries.audit import about
from organisations.clock import today
from organisations.models import Organisation
from tests.accounts.conftest import SignIn
from tests.factories.accounts import InvitationFactory, RoleGrantFactory, UserFactory, actor
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db


def test_page_tells_what_each_role_may_do(manager: Actor, sign_in: SignIn) -> None:
    page = sign_in(manager).get(reverse("roles")).content.decode()
    assert "Keeps the posts of one practice" in page
    assert "Active now" in page


def test_chosen_role_acts_from_now_on(
    manager: Actor, places: dict[str, Organisation], sign_in: SignIn
) -> None:
    lead = RoleGrantFactory(user=manager.user, role="network_lead", organisation=places["network"])
    browser = sign_in(manager)
    browser.post(reverse("roles"), {"role": str(lead.public_id)})
    assert browser.get("/")["Location"] == f"/networks/{places['network'].code}/"
    # And what the other role may, this one may not.
    access = reverse("practice-access", args=[places["practice"].code])
    assert browser.get(access).status_code == 404


def test_role_that_ends_is_gone_with_the_next_page(
    manager: Actor, places: dict[str, Organisation], sign_in: SignIn
) -> None:
    browser = sign_in(manager)
    access = reverse("practice-access", args=[places["practice"].code])
    assert browser.get(access).status_code == 200
    RoleGrant.objects.update(ends_on=today())
    assert browser.get(access).status_code == 404


@pytest.mark.parametrize("chosen", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_role_that_is_not_there(manager: Actor, sign_in: SignIn, chosen: str) -> None:
    assert sign_in(manager).post(reverse("roles"), {"role": chosen}).status_code == 404


def test_role_of_somebody_else_cannot_be_taken(sign_in: SignIn, administrator: Actor) -> None:
    assert administrator.role is not None
    browser = sign_in(actor())
    response = browser.post(reverse("roles"), {"role": str(administrator.role.public_id)})
    assert response.status_code == 404
    assert "active_role" not in browser.session


def test_without_a_role_the_page_says_what_to_do(sign_in: SignIn) -> None:
    HubFactory(name="Moorside Training Hub")
    page = sign_in(actor()).get(reverse("roles")).content.decode()
    assert "You have no role in an organisation" in page
    assert "Moorside Training Hub" in page


def test_invitation_to_a_confirmed_address_is_offered(sign_in: SignIn) -> None:
    user = UserFactory(email="me@example.org")
    EmailAddress.objects.create(user=user, email="me@example.org", verified=True)
    InvitationFactory(email="me@example.org", role="network_lead")
    assert "Network lead" in sign_in(actor(user=user)).get(reverse("roles")).content.decode()


def test_ending_asks_first(
    administrator: Actor, places: dict[str, Organisation], sign_in: SignIn
) -> None:
    grant = RoleGrantFactory(organisation=places["practice"])
    url = reverse("role-end", args=[grant.public_id])
    browser = sign_in(administrator)
    assert grant.user.name in browser.get(url).content.decode()
    grant.refresh_from_db()
    assert grant.ends_on is None
    assert browser.post(url)["Location"] == reverse("hub-people", args=[places["hub"].slug])
    grant.refresh_from_db()
    assert grant.ends_on == today()


def test_whose_role_may_end_can_see_that_their_name_was_read(
    manager: Actor, places: dict[str, Organisation], sign_in: SignIn
) -> None:
    grant = RoleGrantFactory(organisation=places["practice"])
    sign_in(manager).get(reverse("role-end", args=[grant.public_id]))
    [row] = about(grant.user)
    assert (row.act, row.actor) == (Act.READ_PEOPLE, manager.subject_id)
    assert row.thing == f"role:{grant.public_id}"


def test_manager_is_led_back_to_the_practice(
    manager: Actor, places: dict[str, Organisation], sign_in: SignIn
) -> None:
    grant = RoleGrantFactory(organisation=places["practice"])
    response = sign_in(manager).post(reverse("role-end", args=[grant.public_id]))
    assert response["Location"] == reverse("practice-access", args=[places["practice"].code])


def test_role_that_ended_meanwhile_is_told(
    administrator: Actor, places: dict[str, Organisation], sign_in: SignIn
) -> None:
    grant = RoleGrantFactory(organisation=places["practice"], ends_on=today())
    page = sign_in(administrator).post(reverse("role-end", args=[grant.public_id]))
    assert "This role has ended already." in page.content.decode()


def test_what_was_said_of_somebody_goes_with_the_session_that_it_was_said_in(
    administrator: Actor, places: dict[str, Organisation], sign_in: SignIn
) -> None:
    """A cookie would keep the name, and tell it to whoever signs in next at the same browser."""
    ending = actor("network_lead", places["network"], user=UserFactory(name="Robin Lead")).role
    assert ending is not None
    browser = sign_in(administrator)
    browser.post(reverse("role-end", args=[ending.public_id]))
    assert "Robin" not in str(browser.cookies)
    assert "signed out" in browser.post(reverse("account_logout"), follow=True).content.decode()
    next_user = actor()
    assert next_user.user is not None
    browser.force_login(next_user.user)
    assert "Robin" not in browser.get(reverse("me")).content.decode()


def test_only_hubs_that_are_open_can_be_joined(sign_in: SignIn) -> None:
    HubFactory(name="Open Training Hub")
    HubFactory(name="Closed Training Hub", ends_on=today())
    page = sign_in(actor()).get(reverse("roles")).content.decode()
    assert "Open Training Hub" in page
    assert "Closed Training Hub" not in page
