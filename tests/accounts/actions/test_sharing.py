"""Switching what a practice shares."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from accounts.access import may
from accounts.actions.sharing import end_switches_left, switch_from_form, switch_sharing
from accounts.actor import Actor
from accounts.models import AuditEvent, Notice
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Link, Organisation, Sharing
from organisations.models.sharing import SharedThing
from organisations.queries.sharing import switches
from tests.factories.accounts import RoleGrantFactory, actor
from tests.factories.organisations import (
    LinkFactory,
    PracticeFactory,
    SharingFactory,
    area_of_one_practice,
)

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


def moved(places: Places, *, back: dt.date | None = None) -> Sharing:
    """A practice that shares with its network leaves it; it may come back."""
    share: Sharing = SharingFactory(practice=places["practice"], recipient=places["network"])
    link = Link.objects.get(child=places["practice"], kind="practice_network")
    link.ends_on = today() - dt.timedelta(days=30)
    link.save()
    if back:
        LinkFactory(child=places["practice"], parent=places["network"], starts_on=back)
    return share


@pytest.mark.parametrize("comes_back", [False, True])
def test_switch_ends_on_the_day_of_leaving_and_stays_off_on_return(
    places: Places, comes_back: bool
) -> None:
    share = moved(places, back=today() if comes_back else None)
    manager = RoleGrantFactory(role="practice_manager", organisation=places["practice"]).user
    assert end_switches_left(by=Actor.task("practice map")) == 1
    # Who keeps the practice reads of it, once, and without a mail.
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.other) == (manager, "left_area", places["network"])
    assert (notice.lines, mail.outbox) == (["switches_ended"], [])
    share.refresh_from_db()
    assert share.ends_on == today() - dt.timedelta(days=30)
    lead = actor("network_lead", places["network"])
    assert not may(lead, Permission.SEE_PRACTICE_OUTLOOK, places["practice"])
    assert end_switches_left(by=Actor.task("practice map")) == 0


def test_switch_of_a_practice_that_stays_goes_on_whatever_the_record_learns_late(
    places: Places, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    SharingFactory(practice=places["practice"], recipient=places["network"])
    SharingFactory(practice=places["practice"], recipient=places["hub"], thing=PATTERNS)
    # A first map says only that the practice is in the network since this year.
    Link.objects.filter(kind="practice_network").update(starts_on=today())
    with django_assert_num_queries(5):  # with the savepoint's two
        assert end_switches_left(by=Actor.task("practice map")) == 0


def test_switch_to_a_hub_ends_when_its_area_no_longer_holds_the_practice(places: Places) -> None:
    share = SharingFactory(practice=places["practice"], recipient=places["hub"], thing=PATTERNS)
    Link.objects.filter(kind="icb_hub").update(ends_on=today())
    end_switches_left(by=Actor.task("practice map"))
    share.refresh_from_db()
    assert share.ends_on == today()


def test_switch_that_ends_later_can_be_turned_off_today(holder: Actor, places: Places) -> None:
    practice, network = places["practice"], places["network"]
    share = SharingFactory(
        practice=practice, recipient=network, ends_on=today() + dt.timedelta(days=9)
    )
    switch_sharing(by=holder, practice=practice, recipient=network, thing=OUTLOOK, on=False)
    share.refresh_from_db()
    assert share.ends_on == today()
