"""The agreements checklist in words."""

import datetime as dt

import pytest

from accounts.presenters.agreements import checklist_rows
from organisations.queries.agreements import PURPOSES, checklist
from tests.factories.organisations import AgreementFactory, HubFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 1)


def states(**held: object) -> dict[str, str]:
    hub = HubFactory()
    if held:
        AgreementFactory(hub=hub, purpose=PURPOSES[0], **held)
    return {row.purpose: row.state for row in checklist_rows(checklist(hub, DAY))}


def test_without_agreements_everything_is_missing() -> None:
    assert states() == dict.fromkeys(PURPOSES, "Missing")


@pytest.mark.parametrize(
    ("held", "state"),
    [
        ({"notice_given_on": DAY}, "In order"),
        ({"notice_given_on": None}, "Not complete"),
        ({"notice_given_on": dt.date(2026, 4, 2)}, "Not complete"),
        ({"notice_given_on": DAY, "ends_on": DAY}, "Missing"),
        ({"notice_given_on": DAY, "starts_on": dt.date(2026, 4, 2)}, "Missing"),
    ],
)
def test_state_of_one_purpose(held: dict[str, object], state: str) -> None:
    assert states(**held)[PURPOSES[0]] == state


def test_purpose_of_the_hubs_own_comes_last() -> None:
    hub = HubFactory()
    AgreementFactory(hub=hub, purpose="Another thing", notice_given_on=DAY)
    row = checklist_rows(checklist(hub, DAY))[-1]
    assert (row.purpose, row.state) == ("Another thing", "In order")
    assert "Public task" in row.detail
    assert "1 April 2026" in row.detail
