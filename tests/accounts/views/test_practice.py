"""Who has access to a practice's record, and what it shares."""

import pytest
from django.urls import reverse

from accounts.actor import Actor
from accounts.models import AuditEvent, Invitation
from accounts.models.audit_event import Act
from accounts.queries.audit import about
from organisations.models import Organisation, Sharing
from tests.accounts.conftest import SignIn
from tests.factories.accounts import InvitationFactory, RoleGrantFactory, actor

Places = dict[str, Organisation]


def address(name: str, places: Places) -> str:
    return reverse(name, args=[places["practice"].code])


def test_manager_sees_names_and_never_addresses(
    manager: Actor, places: Places, sign_in: SignIn
) -> None:
    user = RoleGrantFactory(organisation=places["practice"]).user
    page = sign_in(manager).get(address("practice-access", places)).content.decode()
    assert user.name in page
    assert user.email not in page
    assert [row.act for row in about(user)] == [Act.READ_PEOPLE]


def test_manager_reads_no_address_that_the_hub_typed(
    manager: Actor, places: Places, sign_in: SignIn
) -> None:
    invitation = InvitationFactory(organisation=places["practice"], name="Amina Khan")
    contract = InvitationFactory(organisation=places["practice"], holds_contract=True)
    page = sign_in(manager).get(address("practice-access", places)).content.decode()
    assert "Amina Khan" in page
    assert invitation.email not in page
    assert contract.email not in page


def test_manager_cannot_take_back_who_is_to_hold_the_contract(
    manager: Actor, places: Places, sign_in: SignIn
) -> None:
    contract = InvitationFactory(organisation=places["practice"], holds_contract=True)
    browser = sign_in(manager)
    answer = browser.post(reverse("invitation-withdraw", args=[contract.public_id]))
    assert answer.status_code == 404
    browser.post(address("practice-invite", places), {"email": contract.email, "role": "clinician"})
    contract.refresh_from_db()
    assert contract.is_open


def test_strange_answers_turn_no_switch(places: Places, sign_in: SignIn) -> None:
    holder = actor("clinician", places["practice"], holds_contract=True)
    answers = {"recipient": "\x00", "thing": "outlook", "turn": "on"}
    page = sign_in(holder).post(address("practice-sharing", places), answers, follow=True)
    assert "Nothing was changed" in page.text
    assert not Sharing.objects.exists()


def test_manager_invites_own_staff(manager: Actor, places: Places, sign_in: SignIn) -> None:
    browser = sign_in(manager)
    answers = {"email": "nurse@example.org", "role": "clinician"}
    browser.post(address("practice-invite", places), answers)
    invitation = Invitation.objects.get()
    assert invitation.organisation == places["practice"]
    page = browser.get(address("practice-access", places)).content.decode()
    assert "nurse@example.org" in page


@pytest.mark.parametrize(
    "change",
    [
        {"role": "hub_administrator"},
        {"organisation": "1", "role": "network_lead"},
        {"email": ""},
    ],
)
def test_manager_cannot_reach_further(
    manager: Actor, places: Places, sign_in: SignIn, change: dict[str, str]
) -> None:
    answers = {"email": "nurse@example.org", "role": "clinician"} | change
    page = sign_in(manager).post(address("practice-invite", places), answers)
    assert "There is a problem" in page.content.decode()
    assert not Invitation.objects.exists()


def test_contract_slipped_into_the_form_is_not_taken(
    manager: Actor, places: Places, sign_in: SignIn
) -> None:
    answers = {"email": "nurse@example.org", "role": "clinician", "holds_contract": "on"}
    sign_in(manager).post(address("practice-invite", places), answers)
    assert not Invitation.objects.get().holds_contract


def test_contract_holder_turns_a_switch_and_sees_it_in_the_history(
    places: Places, sign_in: SignIn
) -> None:
    browser = sign_in(actor("clinician", places["practice"], holds_contract=True))
    url = address("practice-sharing", places)
    assert "History" not in browser.get(url).content.decode()
    answers = {"recipient": places["network"].code, "thing": "outlook"}
    page = browser.post(url, answers | {"turn": "on"}, follow=True).content.decode()
    assert "still on" in page
    browser.post(url, answers | {"turn": "off"})
    assert Sharing.objects.get().ends_on is not None
    assert AuditEvent.objects.filter(act=Act.CHANGED_SHARING).count() == 2


def test_button_that_does_not_exist_is_told(places: Places, sign_in: SignIn) -> None:
    browser = sign_in(actor("clinician", places["practice"], holds_contract=True))
    page = browser.post(address("practice-sharing", places), {"thing": "plans"}, follow=True)
    assert "Nothing was changed" in page.content.decode()
    assert not Sharing.objects.exists()
