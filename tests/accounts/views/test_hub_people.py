"""A hub's users and roles."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actor import Actor
from accounts.models import AuditEvent, Invitation, RoleGrant
from accounts.models.audit_event import Act
from accounts.models.recognition import RecognitionState
from accounts.queries.audit import about
from organisations.clock import today
from organisations.models import Organisation
from tests.accounts.conftest import SignIn
from tests.factories.accounts import RecognitionFactory, RoleGrantFactory, UserFactory
from tests.factories.organisations import PracticeFactory

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


def address(name: str, places: Places, *more: object) -> str:
    return reverse(name, args=[places["hub"].slug, *more])


def test_everyone_whose_name_is_read_can_see_that_it_was(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    listed = RoleGrantFactory(organisation=places["practice"]).user
    waiting = RecognitionFactory(hub=places["hub"]).user
    page = sign_in(administrator).get(address("hub-people", places)).content.decode()
    for user in (listed, waiting):
        assert user.name in page
        assert [row.act for row in about(user)] == [Act.READ_PEOPLE]
    assert not AuditEvent.objects.filter(subject=administrator.subject_id).exists()


def test_search_reads_only_what_it_finds(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    for name in ("Anna Example", "Bruno Sample"):
        RoleGrantFactory(user__name=name, organisation=places["practice"])
    page = sign_in(administrator).get(address("hub-people", places), {"q": "anna"})
    assert "Bruno" not in page.content.decode()
    assert AuditEvent.objects.filter(act=Act.READ_PEOPLE).count() == 1
    everybody = sign_in(administrator).get(address("hub-people", places), {"q": "\x00"})
    assert "Bruno" in everybody.content.decode()
    nobody = sign_in(administrator).get(address("hub-people", places), {"q": "zzz"})
    assert "Nobody fits" in nobody.content.decode()


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "99999999999999999999"])
def test_page_that_is_not_there_is_the_nearest(
    administrator: Actor, places: Places, sign_in: SignIn, page: str
) -> None:
    response = sign_in(administrator).get(address("hub-people", places), {"page": page})
    assert response.status_code == 200


def test_inviting_through_the_form(administrator: Actor, places: Places, sign_in: SignIn) -> None:
    response = sign_in(administrator).post(
        address("hub-invite", places),
        {
            "email": "new@example.org",
            "role": "practice_manager",
            "organisation": places["practice"].pk,
        },
    )
    assert response["Location"] == address("hub-people", places)
    page = sign_in(administrator).get(response["Location"]).content.decode()
    assert "new@example.org" in page


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"email": "nobody"}, "Enter a valid email address"),
        ({"role": "network_lead"}, "cannot be held there"),
        ({"role": "superuser"}, "Select a valid choice"),
        ({"holds_contract": "on", "role": "practice_manager"}, "Only a clinician"),
    ],
)
def test_bad_answer_is_told_and_nothing_lost(
    administrator: Actor, places: Places, sign_in: SignIn, change: dict[str, str], says: str
) -> None:
    answers = {
        "email": "new@example.org",
        "name": "Robin New",
        "role": "clinician",
        "organisation": str(places["practice"].pk),
    }
    page = sign_in(administrator).post(address("hub-invite", places), answers | change)
    text = page.content.decode()
    assert "There is a problem" in text
    assert says in text
    assert 'value="Robin New"' in text
    assert "<title>Error: " in text
    assert not Invitation.objects.exists()


def test_place_of_another_hub_cannot_be_posted(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    elsewhere = PracticeFactory().pk
    answers = {"email": "new@example.org", "role": "clinician", "organisation": elsewhere}
    page = sign_in(administrator).post(address("hub-invite", places), answers)
    assert "Select a valid choice" in page.content.decode()
    assert not Invitation.objects.exists()


def test_granting_to_somebody_in_the_list(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    user = RoleGrantFactory(organisation=places["practice"]).user
    sign_in(administrator).post(
        address("hub-grant", places, user.public_id),
        {
            "role": "network_lead",
            "organisation": places["network"].pk,
            "starts_on": str(today()),
            "ends_on": str(today() + dt.timedelta(days=90)),
        },
    )
    grant = RoleGrant.objects.get(user=user, role="network_lead")
    assert (grant.starts_on, grant.ends_on) == (today(), today() + dt.timedelta(days=90))


def test_backdating_is_told_beside_the_date(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    user = RoleGrantFactory(organisation=places["practice"]).user
    page = sign_in(administrator).post(
        address("hub-grant", places, user.public_id),
        {
            "role": "network_lead",
            "organisation": places["network"].pk,
            "starts_on": str(today() - dt.timedelta(days=1)),
        },
    )
    assert page.context["form"].errors["starts_on"] == [
        "A role starts today or later, never in the past."
    ]
    assert not RoleGrant.objects.filter(role="network_lead").exists()


def test_who_may_be_granted_a_role_can_see_that_their_name_was_read(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    user = RoleGrantFactory(organisation=places["practice"]).user
    bystander = RoleGrantFactory(organisation=places["practice"]).user
    page = sign_in(administrator).get(address("hub-grant", places, user.public_id))
    assert user.name in page.content.decode()
    assert [(row.act, row.actor) for row in about(user)] == [
        (Act.READ_PEOPLE, administrator.subject_id)
    ]
    assert not about(bystander).exists()


def test_granting_to_oneself_is_refused(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    assert administrator.user is not None
    page = sign_in(administrator).post(
        address("hub-grant", places, administrator.user.public_id),
        {
            "role": "hub_retention_lead",
            "organisation": places["hub"].pk,
            "starts_on": str(today()),
        },
    )
    assert "Nobody grants" in page.content.decode()
    assert administrator.user.role_grants.count() == 1


def test_somebody_outside_the_area_cannot_be_found(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    url = address("hub-grant", places, UserFactory().public_id)
    assert sign_in(administrator).get(url).status_code == 404


@pytest.mark.parametrize(
    ("answer", "state"), [("recognise", "recognised"), ("decline", "declined")]
)
def test_answering_a_request(
    administrator: Actor, places: Places, sign_in: SignIn, answer: str, state: str
) -> None:
    asked = RecognitionFactory(hub=places["hub"])
    url = reverse("recognition-decide", args=[asked.public_id])
    sign_in(administrator).post(url, {"answer": answer})
    asked.refresh_from_db()
    assert asked.state == state


def test_request_that_was_answered_meanwhile_is_told(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    asked = RecognitionFactory(hub=places["hub"], state=RecognitionState.LEFT)
    url = reverse("recognition-decide", args=[asked.public_id])
    page = sign_in(administrator).post(url, {"answer": "recognise"}, follow=True)
    assert "or it was taken back" in page.content.decode()


def test_another_site_cannot_post_for_the_administrator(
    administrator: Actor, places: Places
) -> None:
    assert administrator.user is not None
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(administrator.user)
    response = browser.post(address("hub-invite", places), {"email": "thief@example.org"})
    assert response.status_code == 403
    assert not Invitation.objects.exists()


def test_a_recognition_is_ended_after_a_question(
    administrator: Actor, places: dict[str, Organisation], sign_in: SignIn
) -> None:
    known = RecognitionFactory(hub=places["hub"], state=RecognitionState.RECOGNISED)
    browser, people = sign_in(administrator), reverse("hub-people", args=[places["hub"].slug])
    url = reverse("recognition-end", args=[known.public_id])
    assert url in browser.get(people).content.decode()
    assert f"End the recognition of {known.user.name}?" in browser.get(url).content.decode()
    assert f"{known.user.name} is no longer recognised" in browser.post(url, follow=True).text
    known.refresh_from_db()
    assert known.state == RecognitionState.LEFT
    assert url not in browser.get(people).content.decode()
    assert "does not recognise this person any more" in browser.post(url).content.decode()


def test_ones_own_recognition_is_shown_without_a_link(
    administrator: Actor, places: dict[str, Organisation], sign_in: SignIn
) -> None:
    own = RecognitionFactory(hub=places["hub"], user=administrator.user, state="recognised")
    page = sign_in(administrator).get(reverse("hub-people", args=[places["hub"].slug]))
    assert "Recognised by the hub" in page.content.decode()
    assert reverse("recognition-end", args=[own.public_id]) not in page.content.decode()


@pytest.mark.parametrize("sent", [{}, {"answer": "maybe"}])
def test_a_request_is_not_declined_by_a_form_that_says_neither(
    administrator: Actor, places: Places, sign_in: SignIn, sent: dict[str, str]
) -> None:
    asked = RecognitionFactory(hub=places["hub"])
    url = reverse("recognition-decide", args=[asked.public_id])
    assert sign_in(administrator).post(url, sent).status_code == 404
    asked.refresh_from_db()
    assert asked.state == "asked"
