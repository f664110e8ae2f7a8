"""The main job with JavaScript switched off: nothing but links, forms and buttons."""

import re

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from hubs.models import Pair, PairingRun, Scheme
from hubs.models.pair import PairState
from hubs.models.pairing_run import RunState
from hubs.models.scheme import SchemeState
from retention.models import Person
from tests.browser.conftest import NewVisitor
from tests.browser.people import given_signed_in, given_signed_in_by_form, name_of, user
from tests.browser.visitor import Visitor
from tests.factories.hubs import MenteeRequestFactory, MentorOfferFactory, PairFactory

pytestmark = pytest.mark.slow


@pytest.fixture
def visitor(demo: LiveServer, new_visitor: NewVisitor) -> Visitor:
    """Return a browser that runs no scripts of pages."""
    return new_visitor(java_script_enabled=False)


def test_a_week_is_filled_added_up_saved_and_told(visitor: Visitor) -> None:
    given_signed_in_by_form(visitor, "senior_gp")
    visitor.main.get_by_role("link", name=re.compile("^Change my week")).click()
    expect(visitor.main.locator("[data-quick]")).to_be_hidden()
    visitor.presses("Clear the week")
    visitor.field("Monday morning: what for").select_option("Clinical")
    visitor.types("Monday morning: minutes", "two hours")
    visitor.presses("Save draft")
    visitor.reads("There is a problem", "Monday morning: enter whole minutes from 1 to 480")
    expect(visitor.field("Monday morning: minutes")).to_have_value("two hours")
    visitor.types("Monday morning: minutes", "125")
    visitor.field("Tuesday evening: what for").select_option("Mentoring")
    visitor.presses("Work out totals")
    visitor.reads("1.5 sessions, 6 hours 15 minutes")
    visitor.then_the_page_is_accessible()
    visitor.presses("Save draft")
    visitor.is_told("Your draft is saved.")
    visitor.presses("Tell my practice")
    visitor.reads("Who will read it", "1.5 sessions")
    visitor.presses("Tell my practice")
    visitor.is_told("is told. It holds from")


def test_mentoring_is_offered(visitor: Visitor) -> None:
    given_signed_in(visitor, "senior_gp").opens("mentoring")
    visitor.follows("Offer mentoring")
    visitor.ticks("Monday morning", "Research")
    visitor.types("Who you must not be paired with", "Y99999999")
    visitor.presses("Save my offer")
    visitor.reads("There is a problem", "Hours a month")
    expect(visitor.main.get_by_label("Monday morning")).to_be_checked()
    expect(visitor.field("Who you must not be paired with")).to_have_value("Y99999999")
    visitor.types("Hours a month", "1.5")
    visitor.ticks("I can meet by phone or video")
    visitor.types("Who you must not be paired with", "")
    visitor.presses("Save my offer")
    visitor.is_told("Your offer is saved.")
    visitor.reads("enough for 1 mentee")
    visitor.then_the_page_is_accessible()


def test_a_pairing_is_run_and_looked_at_again(visitor: Visitor) -> None:
    scheme = Scheme.objects.get(state=SchemeState.OPEN)
    given_signed_in(visitor, "retention_lead").opens("pairing", scheme.public_id)
    visitor.presses("Run the pairing")
    visitor.reads("Proved best")
    # As it stands while the worker, which this suite does without, has not come to it yet.
    run = PairingRun.objects.filter(scheme=scheme).latest("asked_at")
    PairingRun.objects.filter(pk=run.pk).update(state=RunState.WAITING)
    visitor.page.reload()
    visitor.reads("A worker will take this run in a moment.")
    visitor.then_the_page_is_accessible()
    PairingRun.objects.filter(pk=run.pk).update(state=RunState.DONE)
    visitor.follows("Look again")
    visitor.reads("Proved best")
    visitor.main.get_by_role("button", name=re.compile("^Dismiss")).first.click()
    visitor.is_told("The proposal is dismissed. Nobody is told.")


def person(key: str) -> Person:
    return Person.objects.get(user=user(key))


def test_a_pair_is_declined(visitor: Visitor) -> None:
    scheme = Scheme.objects.get(state=SchemeState.OPEN)
    pair: Pair = PairFactory(
        run=PairingRun.objects.filter(scheme__hub=scheme.hub).latest("asked_at"),
        offer=MentorOfferFactory(hub=scheme.hub, person=person("senior_gp")),
        request=MenteeRequestFactory(hub=scheme.hub, person=person("mentee")),
        state=PairState.APPROVED,
    )
    given_signed_in(visitor, "mentee").opens("mentoring")
    visitor.main.get_by_role("link", name=re.compile(name_of("senior_gp"))).click()
    visitor.then_the_page_is_accessible()
    visitor.presses("Decline")
    visitor.reads("This pair did not go ahead.")
    visitor.does_not_read(name_of("senior_gp"))
    pair.refresh_from_db()
    assert pair.state == PairState.DECLINED
