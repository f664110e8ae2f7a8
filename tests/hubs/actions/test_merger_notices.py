"""What the merger of a hub ends for whom, before it does."""

import datetime as dt

import pytest

from accounts.models import Notice
from accounts.models.notice import NoticeLine
from hubs.actions.merger_notices import affected_by_merger
from organisations.clock import today
from retention.models import Plan, PlanShare
from retention.queries.plans import PlanContent, sealed
from tests.factories.accounts import RoleGrantFactory
from tests.factories.organisations import (
    AgreementFactory,
    SharingFactory,
    area_of_one_practice,
)
from tests.factories.retention import PostFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db


def test_roles_shares_switches_and_agreements_of_the_hub_reach_their_people() -> None:
    places = area_of_one_practice()
    hub, practice = places["hub"], places["practice"]
    lead = RoleGrantFactory(role="hub_retention_lead", organisation=hub).user
    manager = RoleGrantFactory(role="practice_manager", organisation=practice).user
    SharingFactory(practice=practice, recipient=hub, thing="patterns")
    PostFactory(organisation=practice, agreement=AgreementFactory(hub=hub))
    person = RegisteredPersonFactory()
    plan = Plan.objects.create(person=person, sealed=sealed(PlanContent(None, ())))
    until = today() + dt.timedelta(days=9)
    PlanShare.objects.create(plan=plan, recipient=hub, starts_on=today(), ends_on=until)
    told = affected_by_merger(hub)
    assert told == {
        lead: {NoticeLine.ROLE_ENDED},
        manager: {NoticeLine.SWITCHES_ENDED, NoticeLine.AGREEMENTS_ENDED},
        person.user: {NoticeLine.SHARE_ENDED},
    }
    assert not Notice.objects.exists()


def test_of_another_hub_nobody_hears() -> None:
    area_of_one_practice()
    assert affected_by_merger(area_of_one_practice()["hub"]) == {}
