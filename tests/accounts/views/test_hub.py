"""Joining a hub, its agreements, its audit log."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from accounts.models.recognition import RecognitionState
from accounts.queries.audit import about
from organisations.clock import today
from organisations.models import Agreement, Organisation
from tests.accounts.conftest import SignIn
from tests.factories.accounts import RecognitionFactory, UserFactory, actor
from tests.factories.organisations import AgreementFactory, HubFactory

Places = dict[str, Organisation]


def address(name: str, places: Places, *more: object) -> str:
    return reverse(name, args=[places["hub"].slug, *more])


def test_asking_taking_back_and_asking_again(places: Places, sign_in: SignIn) -> None:
    browser, url = sign_in(actor()), address("hub-join", places)
    assert "Ask to be recognised" in browser.get(url).content.decode()
    for answer, shows in (("ask", "Waiting"), ("leave", "Ask to be"), ("ask", "Waiting")):
        page = browser.post(url, {"answer": answer}, follow=True).content.decode()
        assert shows in page
    again = browser.post(url, {"answer": "ask"}, follow=True).content.decode()
    assert "You have asked this hub already." in again


@pytest.mark.parametrize(
    ("state", "shows"),
    [(RecognitionState.RECOGNISED, "Leave this hub"), (RecognitionState.DECLINED, "declined")],
)
def test_answer_is_shown(
    places: Places, sign_in: SignIn, state: RecognitionState, shows: str
) -> None:
    by = actor()
    RecognitionFactory(user=by.user, hub=places["hub"], state=state, decided_at=timezone.now())
    assert shows in sign_in(by).get(address("hub-join", places)).content.decode()


def test_hub_that_is_not_there(db: None, sign_in: SignIn) -> None:
    assert sign_in(actor()).get("/hubs/nowhere/join/").status_code == 404


def test_lead_reads_the_checklist_and_administrator_changes_it(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    AgreementFactory(hub=places["hub"])
    url = address("agreements", places)
    lead = sign_in(actor("hub_retention_lead", places["hub"])).get(url).content.decode()
    assert "Not complete" in lead
    assert address("agreement-add", places) not in lead
    assert address("agreement-add", places) in sign_in(administrator).get(url).content.decode()


def test_adding_and_changing_an_agreement(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    browser = sign_in(administrator)
    add = address("agreement-add", places)
    page = browser.get(add, {"purpose": "Running retention schemes"}).content.decode()
    assert 'value="Running retention schemes"' in page
    terms = {
        "purpose": "Running retention schemes",
        "controller": "A trust",
        "lawful_basis": "6(1)(e)",
        "starts_on": "2026-04-01",
        "version": "0",
    }
    assert browser.post(add, terms)["Location"] == address("agreements", places)
    agreement = Agreement.objects.get()
    edit = address("agreement-edit", places, agreement.pk)
    browser.post(edit, terms | {"notice_given_on": "2026-04-02"})
    assert str(Agreement.objects.get().notice_given_on) == "2026-04-02"
    stale = browser.post(edit, terms | {"controller": "Another trust"}).content.decode()
    assert "is not saved" in stale
    assert 'value="Another trust"' in stale
    assert '<input type="hidden" name="version" value="1" id="id_version">' in stale
    assert Agreement.objects.get().controller == "A trust"
    browser.post(edit, terms | {"controller": "Another trust", "version": "1"})
    assert Agreement.objects.get().controller == "Another trust"


def test_agreement_with_the_end_before_the_start_is_told(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    terms = {
        "purpose": "Running retention schemes",
        "controller": "A trust",
        "lawful_basis": "6(1)(e)",
        "starts_on": "2026-04-01",
        "version": "0",
        "ends_on": "2025-04-01",
    }
    page = sign_in(administrator).post(address("agreement-add", places), terms)
    assert "The end date must not be before the start date." in page.content.decode()
    assert 'value="A trust"' in page.content.decode()
    assert not Agreement.objects.exists()


def test_agreement_of_another_hub_is_not_there(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    other = AgreementFactory(hub=HubFactory())
    browser = sign_in(administrator)
    assert browser.get(address("agreement-edit", places, other.pk)).status_code == 404
    url = reverse("agreement-edit", args=[other.hub.slug, other.pk])
    assert browser.post(url, {"controller": "Mine"}).status_code == 404


def test_reading_the_log_is_in_the_log(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    lead, user = actor("hub_retention_lead", places["hub"]), UserFactory()
    audit.record(by=lead, act=Act.GRANTED_ROLE, subject=user.subject_id)
    page = sign_in(administrator).get(address("hub-audit", places)).content.decode()
    assert str(lead.user) in page
    assert user.name in page
    assert lead.user is not None
    for read in (lead.user, user):
        assert Act.READ_AUDIT in [row.act for row in about(read)]


def test_log_hides_plans_and_who_is_paired(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    clinician = actor("clinician", places["practice"])
    lead, mentee = actor("hub_retention_lead", places["hub"]), UserFactory(name="Hidden Mentee")
    audit.record(by=clinician, act=Act.SAVED_PLAN, subject=clinician.subject_id)
    audit.record(by=lead, act=Act.APPROVED_PAIR, subject=mentee.subject_id)
    page = sign_in(administrator).get(address("hub-audit", places)).content.decode()
    assert "Approved a proposed pair" in page
    assert "Hidden Mentee" not in page
    assert "Saved a plan" not in page
    assert str(clinician.user) not in page


def test_empty_log_says_so(administrator: Actor, places: Places, sign_in: SignIn) -> None:
    assert not AuditEvent.objects.exists()
    page = sign_in(administrator).get(address("hub-audit", places))
    assert "Nothing has happened yet" in page.content.decode()


def test_no_name_is_given_to_a_hub_by_a_form_that_does_not_say_so(
    places: Places, sign_in: SignIn
) -> None:
    by = actor()
    url = reverse("hub-join", args=[places["hub"].slug])
    assert sign_in(by).post(url, {"answer": "perhaps"}).status_code == 404
    assert by.user is not None
    assert not by.user.recognitions.exists()


def test_a_hub_that_has_closed_says_so_and_cannot_be_joined(
    places: Places, sign_in: SignIn
) -> None:
    browser, url = sign_in(actor()), address("hub-join", places)
    Organisation.objects.filter(pk=places["hub"].pk).update(ends_on=today())
    page = browser.get(url).content.decode()
    assert "This hub has closed" in page
    assert "Ask to be recognised" not in page
    assert places["hub"].get_absolute_url() in page


def test_an_agreement_asks_for_the_first_day_that_it_is_over(
    administrator: Actor, places: Places, sign_in: SignIn
) -> None:
    """As every other end of a period in the record is meant."""
    page = sign_in(administrator).get(address("agreement-add", places)).content.decode()
    assert "The first day without it" in page
