"""The main job from end to end, as the people of the demo hub would do it, one after the other."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, expect
from pytest_django.live_server_helper import LiveServer

from organisations.clock import today
from tests.browser.conftest import NewVisitor
from tests.browser.people import HUB, given_signed_in, given_signed_in_by_form, name_of
from tests.browser.visitor import Visitor
from tests.retention.imports.published_files import MAP_ROW, csv_bytes

Person = Callable[[str], Visitor]
SCHEME = "Evening mentors"
OPEN_SCHEME = re.compile(r"^Supporting mentors")
# Nobody else of the demo is free then: without video, the two can only meet each other.
THEIR_HALF_DAY = "Thursday evening"
BY_VIDEO = "I can meet by phone or video"
# A practice of an area that the demo does not have.
PUBLISHED_MAP = csv_bytes(
    [
        MAP_ROW
        | {
            "SUB_ICB_LOCATION_CODE": "98Z",
            "ICB_CODE": "QYY",
            "COMM_REGION_CODE": "Y98",
            "SUB_ICB_LOCATION_NAME": "Willowshire - 98Z",
        }
    ]
)


@pytest.fixture
def person(demo: LiveServer, new_visitor: NewVisitor) -> Person:
    """Return what gives each person of the demo a browser of their own, signed in by cookie."""
    browsers: dict[str, Visitor] = {}

    def browser_of(key: str) -> Visitor:
        if key not in browsers:
            browsers[key] = given_signed_in(new_visitor(), key)
        return browsers[key]

    return browser_of


@pytest.mark.slow
def test_the_whole_story(person: Person, new_visitor: NewVisitor, demo: LiveServer) -> None:
    retention_lead, administrator = person("retention_lead"), person("administrator")
    mentee, manager = person("mentee"), person("practice_manager")
    senior_gp = given_signed_in_by_form(new_visitor(), "senior_gp")

    a_published_file_goes_in(retention_lead)
    the_network_lead_reads_the_dashboard(person("network_lead"))
    the_senior_gp_sees_their_own_outlook(senior_gp)
    the_senior_gp_tells_the_practice_a_week(senior_gp)
    the_manager_reads_the_week(manager)
    the_senior_gp_sees_who_looked(senior_gp)
    a_scheme_is_drafted_and_opened(retention_lead, administrator)
    the_senior_gp_offers_mentoring(senior_gp)
    the_mentee_asks(mentee)
    the_pair_is_proposed_with_its_reasons_and_approved(retention_lead)
    both_accept(senior_gp, mentee)
    they_meet_and_log_it(mentee)
    the_board_sees_counts_alone(person("board_viewer"))
    the_administrator_reads_the_audit_log(administrator)


def a_published_file_goes_in(lead: Visitor) -> None:
    lead.opens("imports")
    lead.then_the_page_is_accessible()
    lead.presses("Upload and check")
    lead.then_the_problems_are_told("Choose a file to upload.")
    file = FilePayload(name="map.csv", mimeType="text/csv", buffer=PUBLISHED_MAP)
    lead.main.locator("input[type=file]").set_input_files(file)
    lead.presses("Upload and check")
    lead.is_on("map.csv")
    lead.then_the_page_is_accessible()
    lead.presses("Load this file")
    lead.reads("The whole file is in the record")
    lead.then_the_page_is_accessible()


def the_network_lead_reads_the_dashboard(lead: Visitor) -> None:
    lead.opens("home")
    lead.is_on("Saltmarsh Reach PCN")
    lead.reads(
        re.compile(r"had \d+ qualified permanent GPs in 7 practices"),
        re.compile(r"could be lost within 3 years \(80% interval \d+ to \d+\)"),
        re.compile(r"\d+% of its GPs of known age are 55 and over, against \d+% in"),
        "Next step: Agree with the retention lead of Demo Larkshire Training Hub to invite",
        re.compile(r"Flagged: \d+% of its sessions are expected to be lost to retirement"),
    )
    lead.then_the_pictures_load(3)
    lead.then_the_page_prints()
    lead.then_the_page_is_accessible()
    contents = lead.main.get_by_role("navigation", name="On this page")
    lead.follows("Its practices", within=contents)
    expect(lead.main.get_by_role("heading", name="Its practices")).to_be_in_viewport()
    lead.page.keyboard.press("Tab")
    expect(lead.main.get_by_role("link", name="Who is in, by half-day")).to_be_focused()
    lead.follows("Who is in, by half-day")
    lead.is_on("Who is in, by half-day")
    lead.then_no_table_is_wider_than_a_phone()
    lead.then_the_page_is_accessible()
    lead.page.go_back()
    lead.follows("Amberlathe Surgery")
    lead.is_on("Amberlathe Surgery")
    lead.then_the_page_is_accessible()


def the_senior_gp_sees_their_own_outlook(gp: Visitor) -> None:
    gp.is_on("My page")
    gp.then_the_page_is_accessible()
    gp.presses("Work out my outlook")
    gp.is_on("My own outlook")
    gp.reads("GPs of your age", "not a judgement on you", "What the record says", "What if")
    gp.then_the_page_is_accessible()
    gp.opens("me")


def the_senior_gp_tells_the_practice_a_week(gp: Visitor) -> None:
    gp.main.get_by_role("link", name=re.compile("^Change my week")).click()
    gp.is_on("My week")
    gp.presses("Usual week: clinical, Monday to Friday")
    expect(gp.page.locator("#totals")).to_contain_text("10 sessions")
    friday = gp.main.get_by_role("button", name=re.compile("^Friday afternoon: "))
    friday.click()
    expect(gp.page.locator("#totals")).to_contain_text("9 sessions")
    friday.press("ArrowUp")
    gp.page.keyboard.press("Delete")
    expect(gp.page.locator("#totals")).to_contain_text("8 sessions, 33 hours 20 minutes")
    gp.then_the_page_is_accessible()
    gp.presses("Save draft")
    gp.is_told("Your draft is saved. Nobody else can see it.")
    gp.then_the_page_is_accessible()
    gp.presses("Tell my practice")
    gp.is_on("Tell my practice")
    gp.reads("Who will read it", "8 sessions")
    gp.then_the_page_is_accessible()
    gp.types("From which day do you work this week?", today().isoformat())
    gp.presses("Tell my practice")
    gp.is_told("is told. It holds from")
    gp.then_the_page_is_accessible()


def the_manager_reads_the_week(manager: Visitor) -> None:
    manager.opens("home")
    manager.is_on("Amberlathe Surgery")
    manager.then_the_page_is_accessible()
    manager.follows("Staff", within=manager.page.get_by_role("navigation", name="Menu"))
    card = manager.main.get_by_role("listitem").filter(
        has=manager.page.get_by_role("heading", name=name_of("senior_gp"))
    )
    expect(card).to_contain_text("8 sessions, 33 hours 20 minutes")
    manager.then_the_page_is_accessible()


def the_senior_gp_sees_who_looked(gp: Visitor) -> None:
    gp.opens("who-looked")
    gp.reads("Read posts and told patterns", name_of("practice_manager"))
    gp.then_the_page_is_accessible()


def a_scheme_is_drafted_and_opened(lead: Visitor, administrator: Visitor) -> None:
    lead.opens("schemes", HUB)
    lead.then_the_page_is_accessible()
    lead.presses("Draft from nothing")
    lead.types("Name", SCHEME)
    lead.types("Purpose", "Pays for an hour in the evening.")
    lead.types("First day", today().isoformat())
    lead.types("Last day", (today() - dt.timedelta(days=1)).isoformat())
    lead.ticks("A place on the performers list is required")
    lead.types("Payment for a session in pounds", "289")
    lead.types("Budget in pounds", "12000")
    lead.types("Places for mentees", "6")
    lead.presses("Save the draft")
    lead.then_the_problems_are_told()
    expect(lead.field("Name")).to_have_value(SCHEME)
    lead.types("Last day", (today() + dt.timedelta(days=200)).isoformat())
    lead.presses("Save the draft")
    lead.is_told("The draft is saved.")
    administrator.opens("schemes", HUB)
    administrator.follows(SCHEME)
    administrator.reads("Draft")
    administrator.then_the_page_is_accessible()
    administrator.presses("Open this scheme")
    administrator.is_told("The scheme is open.")


def the_senior_gp_offers_mentoring(gp: Visitor) -> None:
    gp.opens("mentoring")
    gp.follows("Offer mentoring")
    gp.ticks(THEIR_HALF_DAY, "Career choices", "I hold a licence to practise")
    gp.unticks(BY_VIDEO)
    gp.types("Hours a month", "2")
    gp.types("Postcode district to meet near", "1LE")
    gp.presses("Save my offer")
    gp.then_the_problems_are_told()
    expect(gp.main.get_by_label(THEIR_HALF_DAY)).to_be_checked()
    expect(gp.field("Postcode district to meet near")).to_have_value("1LE")
    gp.types("Postcode district to meet near", "ZZ1")
    gp.presses("Save my offer")
    gp.is_told("Your offer is saved.")
    gp.reads("You fit", "Not yet", "performers list")
    gp.then_the_page_is_accessible()


def the_mentee_asks(mentee: Visitor) -> None:
    mentee.opens("mentoring")
    mentee.then_the_page_is_accessible()
    mentee.follows("Ask for a mentor")
    mentee.then_the_page_is_accessible()
    mentee.ticks("First five years since qualification", THEIR_HALF_DAY, "Career choices")
    mentee.unticks(BY_VIDEO)
    mentee.types("Postcode district to meet near", "ZZ1")
    mentee.presses("Save my request")
    mentee.is_told("Your request is saved.")
    mentee.then_the_page_is_accessible()


def the_pair_is_proposed_with_its_reasons_and_approved(lead: Visitor) -> None:
    lead.opens("schemes", HUB)
    lead.main.get_by_role("link", name=OPEN_SCHEME).first.click()
    lead.then_the_page_is_accessible()
    lead.presses("Pair mentors and mentees")
    lead.then_the_page_is_accessible()
    lead.presses("Run the pairing")
    lead.reads("Proved best", "Left without a mentor")
    lead.then_the_page_is_accessible()
    both = f"{name_of('mentee')} with {name_of('senior_gp')}"
    pair = lead.main.locator(".nhsuk-card").filter(
        has=lead.page.get_by_role("heading", name=both, exact=True)
    )
    while not pair.count():
        lead.main.get_by_role("link", name=re.compile("^Next")).first.click()
    expect(pair).to_contain_text("Interests in common: Career choices")
    expect(pair).to_contain_text(f"Half-days in common: {THEIR_HALF_DAY}")
    lead.presses(f"Approve {both}", within=pair)
    lead.is_told("The pair is approved. Both get a neutral e-mail.")


def both_accept(mentor: Visitor, mentee: Visitor) -> None:
    for visitor, other in ((mentor, "mentee"), (mentee, "senior_gp")):
        visitor.opens("mentoring")
        visitor.main.get_by_role("link", name=re.compile(name_of(other))).click()
        visitor.is_on(name_of(other))
        visitor.does_not_read("Year of birth", "Score")
        visitor.then_the_page_is_accessible()
        visitor.presses("Accept")
        visitor.is_told("Your answer is saved.")


def they_meet_and_log_it(mentee: Visitor) -> None:
    mentee.reads("You are paired since")
    mentee.then_the_page_is_accessible()
    mentee.presses("Log a meeting")
    mentee.then_the_page_is_accessible()
    mentee.types("Date", today().isoformat())
    mentee.types("Minutes", "60")
    mentee.presses("Save")
    mentee.then_the_problems_are_told()
    expect(mentee.field("Minutes")).to_have_value("60")
    mentee.ticks("Video call", "Done")
    mentee.presses("Save")
    mentee.is_told("The meeting is in the log.")
    mentee.reads("60 minutes", "1 meeting done")
    mentee.then_the_page_is_accessible()


def the_board_sees_counts_alone(viewer: Visitor) -> None:
    viewer.opens("home")
    viewer.reads("24 to 31\nmentors", "40 to 47\nmentees", "*\npairs")
    viewer.does_not_read(name_of("senior_gp"), name_of("mentee"), "Mentors by name")
    viewer.then_the_page_is_accessible()


def the_administrator_reads_the_audit_log(administrator: Visitor) -> None:
    administrator.opens("hub-audit", HUB)
    administrator.reads("Opened a scheme", "Loaded a published file", "Approved a proposed pair")
    administrator.does_not_read(
        "plan", "Saved a draft pattern", "Told a practice a pattern", "Offered mentoring"
    )
    administrator.does_not_read("Looked at own outlook", name_of("senior_gp"), name_of("mentee"))
    administrator.then_the_page_is_accessible()
