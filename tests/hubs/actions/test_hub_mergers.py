"""A hub merges into another: what goes on, what ends, and what each reader sees then."""

import datetime as dt

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.http import Http404
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.access import may
from accounts.actor import Actor
from accounts.models import Invitation, Recognition, RoleGrant, User
from accounts.models.recognition import RecognitionState
from accounts.permissions import Permission
from hubs.actions.count_releases import released_counts
from hubs.actions.hub_mergers import HubMerger, merge_hubs
from hubs.models import CountRelease, MenteeRequest, MentorOffer, Pair, PairingRun, Scheme
from organisations.clock import today
from organisations.models import Agreement, Organisation, Sharing
from organisations.queries.places import icbs_of_hub
from retention.models import ImportRun, Plan, PlanShare
from retention.queries.plans import PlanContent, sealed
from tests.factories.accounts import InvitationFactory, RecognitionFactory, actor
from tests.factories.hubs import (
    ActivePairFactory,
    ConversationRequestFactory,
    MenteeRequestFactory,
    MentorOfferFactory,
    PairingRunFactory,
    SchemeFactory,
)
from tests.factories.organisations import (
    AgreementFactory,
    IcbFactory,
    LinkFactory,
    SharingFactory,
    area_of_one_practice,
)

pytestmark = pytest.mark.django_db
OPERATOR = Actor.command("life_event")
Area = dict[str, Organisation]


@pytest.fixture
def old() -> Area:
    return area_of_one_practice()


@pytest.fixture
def new() -> Area:
    return area_of_one_practice()


def merge(old: Area, new: Area) -> HubMerger:
    return merge_hubs(by=OPERATOR, from_=old["hub"], into=new["hub"])


def pair_in(hub: Organisation) -> Pair:
    pair: Pair = ActivePairFactory(run__scheme__hub=hub)
    return pair


def user_of(record: MentorOffer | MenteeRequest) -> User:
    assert record.person.user is not None
    return record.person.user


def test_mentoring_goes_on_in_the_new_hub_and_its_people_hear_that_there_is_news(
    old: Area,
    new: Area,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    pair = pair_in(old["hub"])
    withdrawn = MentorOfferFactory(hub=old["hub"], state="withdrawn")
    with django_capture_on_commit_callbacks(execute=True):
        assert merge(old, new) == HubMerger(people=3, schemes=1)
    pair.refresh_from_db()
    assert pair.state == "active"
    assert pair.access_place == new["hub"]
    for held in (pair.offer, pair.request, withdrawn):
        held.refresh_from_db()
        assert held.hub == new["hub"]
    standing = Recognition.objects.filter(state=RecognitionState.RECOGNISED)
    assert {r.hub for r in standing} == {new["hub"]}
    assert {r.user for r in standing} == {user_of(r) for r in (pair.offer, pair.request, withdrawn)}
    # Nothing of the hubs, the scheme or the other side is in the mail.
    assert len(mail.outbox) == 3
    for message in mail.outbox:
        text = message.subject + str(message.body)
        for secret in (old["hub"].name, new["hub"].name, pair.offer.person.name):
            assert secret not in text


def test_what_was_given_to_the_old_hub_alone_ends(old: Area, new: Area) -> None:
    hub = old["hub"]
    SharingFactory(practice=old["practice"], recipient=hub, thing="patterns")
    AgreementFactory(hub=hub)
    InvitationFactory(organisation=hub, role="board_viewer")
    asked = RecognitionFactory(hub=hub)
    lead = actor("hub_retention_lead", hub)
    offer = MentorOfferFactory(hub=hub)
    plan = Plan.objects.create(
        person=offer.person, sealed=sealed(PlanContent(retire_year=None, wishes=()))
    )
    PlanShare.objects.create(
        plan=plan, recipient=hub, starts_on=today(), ends_on=today() + dt.timedelta(days=90)
    )
    merge(old, new)
    for model in (Sharing, Agreement, PlanShare, RoleGrant):
        assert [row.ends_on for row in model._default_manager.all()] == [today()], model
    assert Invitation.objects.get().withdrawn_at is not None
    asked.refresh_from_db()
    assert asked.state == "left"
    assert not Recognition.objects.filter(user=asked.user, hub=new["hub"]).exists()
    assert lead.role is not None
    assert not lead.role.holds_on(today()) or not may(lead, Permission.SEE_MENTORING, new["hub"])


def test_the_new_hubs_lead_reads_what_the_old_ones_did(old: Area, new: Area) -> None:
    pair = pair_in(old["hub"])
    theirs = actor("hub_retention_lead", new["hub"])
    before = Scheme.objects.get()
    assert not may(theirs, Permission.SEE_SCHEME, before)
    merge(old, new)
    assert may(theirs, Permission.SEE_SCHEME, Scheme.objects.get())
    assert may(theirs, Permission.SEE_MENTORING, MentorOffer.objects.get(pk=pair.offer_id))
    assert may(theirs, Permission.SEE_PLACE_OUTLOOK, old["network"])
    assert set(icbs_of_hub(new["hub"], today())) == {old["icb"], new["icb"]}
    assert not icbs_of_hub(old["hub"], today()).exists()


def test_the_old_page_says_where_it_went_and_asks_nobody_to_join(
    client: Client, old: Area, new: Area
) -> None:
    merge(old, new)
    client.force_login(actor().user)  # type: ignore[arg-type]  # this actor is a user
    page = client.get(old["hub"].get_absolute_url())
    assert new["hub"].get_absolute_url() in page.text
    assert f"Closed since {today():%-d %B %Y}; its work goes on in" in page.text
    assert "ask to be recognised" not in page.text
    join = client.post(f"{old['hub'].get_absolute_url()}join/", {"answer": "ask"}, follow=True)
    assert "This hub has closed" in join.text


def test_who_stands_in_both_hubs_goes_on_in_the_new_one(old: Area, new: Area) -> None:
    here, asked = MentorOfferFactory(hub=old["hub"]), MenteeRequestFactory(hub=old["hub"])
    for model, record in ((MentorOfferFactory, here), (MenteeRequestFactory, asked)):
        model(hub=new["hub"], person=record.person)
    waiting = RecognitionFactory(hub=new["hub"], user=here.person.user)
    merge(old, new)
    here.refresh_from_db()
    asked.refresh_from_db()
    assert (here.state, asked.state) == ("withdrawn", "withdrawn")
    assert MentorOffer.objects.filter(hub=new["hub"], state="open").count() == 1
    assert MenteeRequest.objects.filter(hub=new["hub"], state="open").count() == 1
    # Recognised in one of the two, and asked the other: recognised, once.
    waiting.refresh_from_db()
    assert waiting.state == "recognised"
    assert Recognition.objects.filter(user=here.person.user, hub=new["hub"]).count() == 1


@pytest.mark.parametrize("icbs", [1, 2])
def test_a_scheme_of_the_whole_hub_stays_with_its_people(old: Area, new: Area, icbs: int) -> None:
    if icbs == 2:
        LinkFactory(kind="icb_hub", child=IcbFactory(), parent=old["hub"])
    whole = SchemeFactory(hub=old["hub"], name="x" * 120)
    SchemeFactory(hub=new["hub"], name="x" * 120)
    merge(old, new)
    whole.refresh_from_db()
    assert whole.area == (old["icb"] if icbs == 1 else new["hub"])
    assert whole.name.endswith(f" ({old['hub'].code})")
    assert len(whole.name) == 120


def test_counts_of_the_quarter_stay_frozen_and_reports_have_an_owner(old: Area, new: Area) -> None:
    released_counts(old["hub"], old["network"])
    released_counts(old["hub"], old["hub"])
    ImportRun.objects.create(hub=old["hub"], file_name="map.csv")
    merge(old, new)
    assert CountRelease.objects.get(place=old["network"]).hub == new["hub"]
    assert CountRelease.objects.get(place=old["hub"]).hub == old["hub"]
    assert ImportRun.objects.get().hub == new["hub"]


def test_who_asked_in_confidence_gets_one_mail_whatever_else_they_are_told(
    old: Area,
    new: Area,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    mentor = MentorOfferFactory(hub=old["hub"]).person
    both = ConversationRequestFactory(hub=old["hub"], person=mentor)
    alone = ConversationRequestFactory(hub=old["hub"])
    with django_capture_on_commit_callbacks(execute=True):
        merge(old, new)
    users = [asked.person.user.email for asked in (both, alone)]
    assert sorted(message.to[0] for message in mail.outbox) == sorted(users)


def test_a_run_whose_worker_died_is_in_no_mergers_way(old: Area, new: Area) -> None:
    """Its scheme is closed: no lead can ask for another run, which would give this one up."""
    run = PairingRunFactory(scheme__hub=old["hub"], scheme__state="closed", state="running")
    lost = timezone.now() - settings.TASK_LOST_AFTER - dt.timedelta(seconds=1)
    PairingRun.objects.update(asked_at=lost)
    merge(old, new)
    run.refresh_from_db()
    assert (run.state, run.scheme.hub) == ("failed", new["hub"])


def test_what_makes_no_sense_is_refused_and_nothing_changes(old: Area, new: Area) -> None:
    run = PairingRunFactory(scheme__hub=old["hub"], state="running")
    with pytest.raises(ValidationError, match="under way"):
        merge(old, new)
    with pytest.raises(ValidationError, match="into itself"):
        merge(old, old)
    with pytest.raises(ValidationError, match="no training hub"):
        merge_hubs(by=OPERATOR, from_=old["hub"], into=new["icb"])
    with pytest.raises(Http404):
        merge_hubs(by=actor("hub_administrator", old["hub"]), from_=old["hub"], into=new["hub"])
    run.scheme.refresh_from_db()
    assert run.scheme.hub == old["hub"]
