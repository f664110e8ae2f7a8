"""Which agreements a hub holds, and needs."""

import datetime as dt

import pytest

from organisations.queries.agreements import (
    PURPOSES,
    agreements_of,
    all_agreements,
    checklist,
    hubs_in_order,
)
from tests.factories.organisations import AgreementFactory, HubFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 1)


def test_checklist_begins_with_the_standard_purposes() -> None:
    hub = HubFactory()
    AgreementFactory(hub=hub, purpose="A hub's own")
    lines = checklist(hub, DAY)
    assert [line.purpose for line in lines] == [*PURPOSES, "A hub's own"]
    assert all(line.missing for line in lines)


def test_agreement_of_another_hub_counts_for_nothing() -> None:
    AgreementFactory(purpose=PURPOSES[0], notice_given_on=DAY)
    assert checklist(HubFactory(), DAY)[0].agreement is None


def test_hubs_in_order_hold_it_on_the_day_after_the_notice() -> None:
    purpose = PURPOSES[0]
    held = AgreementFactory(purpose=purpose, notice_given_on=DAY)
    AgreementFactory(purpose=purpose)  # no notice
    AgreementFactory(purpose=purpose, notice_given_on=DAY + dt.timedelta(days=1))
    AgreementFactory(purpose=purpose, notice_given_on=DAY, ends_on=DAY - dt.timedelta(days=1))
    AgreementFactory(purpose=PURPOSES[1], notice_given_on=DAY)
    assert list(hubs_in_order(purpose, DAY)) == [held.hub]


def test_list_keeps_what_has_ended() -> None:
    ended = AgreementFactory(ends_on=DAY)
    other = AgreementFactory()
    assert list(agreements_of(ended.hub)) == [ended]
    assert set(all_agreements()) == {ended, other}
