"""Confidential conversations, the monthly summary and the years ahead, as people use them."""

import re

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from hubs.demo.conversations import REACH
from hubs.models import ConversationRequest, ConversationRound
from tests.browser.conftest import NewVisitor
from tests.browser.people import HUB, given_signed_in, name_of
from tests.browser.test_keyboard import when_i_fill, when_i_press, when_i_tab_to

pytestmark = pytest.mark.slow
# A network without a flag that nobody has invited.
NEXT = "U00002"


def test_a_clinician_asks_and_the_lead_reads_and_invites_a_network(
    demo: LiveServer, new_visitor: NewVisitor
) -> None:
    gp = given_signed_in(new_visitor(), "senior_gp")
    gp.opens("me")
    gp.follows("Read the invitation to everyone in your network")
    gp.reads("whatever their age", "Say yes, and the retention lead")
    gp.then_the_page_is_accessible()
    gp.presses("Yes, please contact me")
    gp.types("Good times", "After six")
    gp.presses("Please contact me")
    gp.then_the_problems_are_told("Select how the hub", "Enter where the hub can reach you")
    expect(gp.field("Good times")).to_have_value("After six")
    gp.ticks("By video call")
    gp.types("Where to reach you", "gp@demo.example")
    gp.presses("Please contact me")
    gp.is_told("Nobody else is told.")
    gp.reads("gp@demo.example", "Take it back")

    lead = given_signed_in(new_visitor(), "retention_lead")
    lead.opens("hub", HUB)
    lead.follows("Contact people who asked for a confidential conversation")
    lead.reads(name_of("senior_gp"), "gp@demo.example", REACH.contact)
    lead.then_the_page_is_accessible()
    lead.presses(f"I have been in touch with {name_of('senior_gp')}")
    lead.is_told("The person sees it too.")
    lead.opens("conversation-invite", HUB, NEXT)
    lead.reads("This network is not flagged.", "whatever their age")
    lead.then_the_page_is_accessible()
    lead.presses("Invite everyone")
    lead.is_told("is invited")
    assert ConversationRound.objects.filter(network__code=NEXT).count() == 1
    gp.page.reload()
    gp.reads("The hub has been in touch")


def test_asking_and_taking_back_with_a_keyboard_alone(
    demo: LiveServer, new_visitor: NewVisitor
) -> None:
    mentee = given_signed_in(new_visitor(), "mentee")
    mentee.opens("conversation-ask", HUB)
    when_i_tab_to(mentee, mentee.main.get_by_label("By phone", exact=True))
    mentee.page.keyboard.press("Space")
    when_i_fill(mentee, "Where to reach you", REACH.contact)
    mentee.page.keyboard.press("Enter")
    mentee.is_told("will get in touch with you")
    when_i_press(mentee, "Take it back")
    mentee.is_told("Taken back and deleted.")
    # The demo's own one stays.
    assert ConversationRequest.objects.count() == 1


def test_the_years_ahead_change_under_the_keyboard(
    demo: LiveServer, new_visitor: NewVisitor
) -> None:
    lead = given_signed_in(new_visitor(), "network_lead")
    lead.opens("home")
    says = lead.page.locator("#ahead-says")
    before = says.inner_text()
    when_i_tab_to(lead, lead.page.locator("#what-if > summary"))
    lead.page.keyboard.press("Enter")
    when = lead.field("Everyone retires")
    when_i_tab_to(lead, when)
    lead.page.keyboard.press("ArrowDown")
    expect(says).not_to_have_text(before)
    # The part that changed is not the part with the focus.
    expect(when).to_be_focused()
    expect(lead.page).to_have_url(re.compile("retire"))


def test_the_summary_is_switched_and_the_years_ahead_change_without_scripts(
    demo: LiveServer, new_visitor: NewVisitor
) -> None:
    lead = given_signed_in(new_visitor(java_script_enabled=False), "network_lead")
    lead.opens("my-data")
    lead.follows("Monthly summary by e-mail")
    lead.reads("What it would say today", "qualified permanent GPs", "To do:")
    lead.then_the_page_is_accessible()
    lead.presses("Switch it off")
    lead.is_told("switched off")
    lead.presses("Switch it on")
    lead.is_told("switched on")
    lead.opens("home")
    says = lead.page.locator("#ahead-says")
    before = says.inner_text()
    lead.page.locator("#what-if > summary").click()
    lead.field("Everyone retires").select_option(index=1)
    lead.presses("Show with these assumptions", within=lead.page.locator("#assumptions"))
    expect(says).not_to_have_text(before)
