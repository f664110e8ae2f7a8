"""Switching what a practice shares."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.actions.sharing import switch_from_form, switch_sharing
from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models import Organisation, Sharing
from organisations.models.sharing import SharedThing
from organisations.queries.sharing import switches
from tests.factories.accounts import actor
from tests.factories.organisations import PracticeFactory, area_of_one_practice

pytestmark = pytest.mark.django_db
OUTLOOK, PATTERNS = SharedThing.OUTLOOK, SharedThing.PATTERNS
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    return area_of_one_practice()


@pytest.fixture
def holder(places: Places) -> Actor:
    return actor("clinician", places["practice"], holds_contract=True)


def states(places: Places) -> set[tuple[str, str]]:
    """Return what is on, as (thing, recipient's kind)."""
    found = switches(places["practice"], today())
    return {(each.thing.value, each.recipient.kind) for each in found if each.since}


def test_everything_is_off_at_first(places: Places) -> None:
    kinds = {(each.thing, each.recipient.kind) for each in switches(places["practice"], today())}
    assert kinds == {
        (OUTLOOK, "network"),
        (PATTERNS, "network"),
        (PATTERNS, "training_hub"),
    }
    assert states(places) == set()


def test_each_switch_is_its_own(holder: Actor, places: Places) -> None:
    practice = places["practice"]
    switch_sharing(
        by=holder, practice=practice, recipient=places["network"], thing=OUTLOOK, on=True
    )
    switch_sharing(by=holder, practice=practice, recipient=places["hub"], thing=PATTERNS, on=True)
    assert states(places) == {("outlook", "network"), ("patterns", "training_hub")}


def test_on_off_and_on_again_in_a_day_is_kept_as_history(holder: Actor, places: Places) -> None:
    terms: dict[str, Any] = {
        "by": holder,
        "practice": places["practice"],
        "recipient": places["network"],
    }
    for on in (True, False, True):
        switch_sharing(**terms, thing=OUTLOOK, on=on)
        assert (states(places) == {("outlook", "network")}) is on
    assert Sharing.objects.count() == 2
    assert AuditEvent.objects.filter(act=Act.CHANGED_SHARING).count() == 3


@pytest.mark.parametrize("on", [True, False])
def test_switch_that_stands_so_is_left_alone(holder: Actor, places: Places, on: bool) -> None:
    terms: dict[str, Any] = {
        "by": holder,
        "practice": places["practice"],
        "recipient": places["network"],
    }
    switch_sharing(**terms, thing=OUTLOOK, on=True)
    switch_sharing(**terms, thing=OUTLOOK, on=on)
    switch_sharing(**terms, thing=OUTLOOK, on=on)
    assert Sharing.objects.count() == 1
    assert AuditEvent.objects.count() == (1 if on else 2)


def test_is_not_for_the_manager_nor_another_practice(places: Places) -> None:
    others = (
        actor("practice_manager", places["practice"]),
        actor("clinician", places["practice"]),
        actor("clinician", PracticeFactory(), holds_contract=True),
        actor("hub_administrator", places["hub"]),
    )
    for by in others:
        with pytest.raises(Http404):
            switch_sharing(
                by=by,
                practice=places["practice"],
                recipient=places["network"],
                thing=OUTLOOK,
                on=True,
            )
    assert not Sharing.objects.exists()


def test_recipient_must_be_the_practices_own(holder: Actor, places: Places) -> None:
    elsewhere = area_of_one_practice()
    for recipient in (elsewhere["network"], elsewhere["hub"], places["icb"]):
        with pytest.raises(ValidationError, match="own network and hubs"):
            switch_sharing(
                by=holder,
                practice=places["practice"],
                recipient=recipient,
                thing=OUTLOOK,
                on=True,
            )


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"recipient": "NONE", "thing": "outlook", "turn": "on"},
        {"thing": "plans", "turn": "on"},
        {"thing": "outlook", "turn": "sideways"},
    ],
)
def test_button_that_does_not_exist_changes_nothing(
    holder: Actor, places: Places, answers: dict[str, str]
) -> None:
    with pytest.raises(ValidationError, match="Use one of the buttons"):
        switch_from_form(
            by=holder,
            practice=places["practice"],
            answers={"recipient": places["network"].code, **answers},
        )
    assert not Sharing.objects.exists()


def test_outlook_is_no_switch_for_a_hub_that_sees_it_anyway(holder: Actor, places: Places) -> None:
    with pytest.raises(ValidationError, match="not shared with a hub"):
        switch_sharing(
            by=holder, practice=places["practice"], recipient=places["hub"], thing=OUTLOOK, on=True
        )
