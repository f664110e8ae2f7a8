"""A week is filled in as quickly as on paper: counted in what the hands do, not timed.

The times are those of the keystroke-level model (Card, Moran and Newell 1980), for an average
typist: a key 0.28 s, pointing and clicking 1.1 s, and 1.35 s of thought before each decision.
"""

import re
import sys
from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import Locator, expect
from pytest_django.live_server_helper import LiveServer

from retention.models import SessionPattern
from retention.queries.patterns import shape_of
from tests.browser.conftest import NewVisitor
from tests.browser.people import given_signed_in, user
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.slow
KEY, CLICK, THOUGHT = 0.28, 1.1, 1.35
PAPER = 30
MOST_TABS = 60


@dataclass
class Hands:
    """Does what a person does, and adds up how long it takes them."""

    visitor: Visitor
    seconds: float = 0
    clicked: int = 0
    pressed: int = 0

    def clicks(self, target: Locator) -> None:
        """Think, point and click."""
        self.seconds += THOUGHT + CLICK
        self.clicked += 1
        target.click()

    def types(self, *keys: str, thoughts: int = 1) -> None:
        """Think so many times, and press keys."""
        self.seconds += thoughts * THOUGHT + len(keys) * KEY
        self.pressed += len(keys)
        for key in keys:
            self.visitor.page.keyboard.press(key)

    def tabs_to(self, target: Locator) -> None:
        """Decide where to go, and press Tab until it has the focus."""
        self.seconds += THOUGHT
        for _ in range(MOST_TABS):
            if target.evaluate("part => part === document.activeElement"):
                return
            self.types("Tab", thoughts=0)
        raise AssertionError(f"Tab does not lead to {target}")

    def say(self, way: str) -> None:
        """Print the figure, past pytest's capture: `pytest -s` is not needed to read it."""
        figure = f"{way}: {self.clicked} clicks, {self.pressed} keys, about {self.seconds:.0f} s"
        (sys.__stdout__ or sys.stdout).write(f"\n{figure}\n")

    def button(self, name: str) -> Locator:
        """Return a button by its name."""
        return self.visitor.main.get_by_role("button", name=name, exact=True)

    def half_day(self, name: str) -> Locator:
        """Return a half-day of the quick grid."""
        return self.visitor.main.get_by_role("button", name=re.compile(f"^{name}: "))

    def brush(self, name: str) -> Locator:
        """Return what is chosen to set half-days with."""
        return self.visitor.main.locator(".hub-brush").filter(has_text=name)


@pytest.fixture
def hands(demo: LiveServer, new_visitor: NewVisitor) -> Hands:
    visitor = given_signed_in(new_visitor(), "senior_gp")
    visitor.opens("session-pattern", own_post())
    expect(visitor.page.locator("[data-quick]")).to_be_visible()
    return Hands(visitor)


def own_post() -> UUID:
    """Return the public id of the senior GP's post."""
    pattern = SessionPattern.objects.filter(post__person__user=user("senior_gp")).first()
    assert pattern is not None
    return pattern.post.public_id


def then_it_is_told(week: dict[tuple[int, str], tuple[str, int]]) -> None:
    told = SessionPattern.objects.filter(post__public_id=own_post(), told_at__isnull=False)
    latest = told.order_by("-told_at").first()
    assert latest is not None
    assert shape_of(latest).week == week


# Monday to Thursday, but for Wednesday afternoon; admin on Thursday afternoon: seven sessions.
USUAL = {
    (day, part): ("clinical", 250)
    for day in range(4)
    for part in ("am", "pm")
    if (day, part) != (2, "pm")
} | {(3, "pm"): ("admin", 250)}


def test_by_mouse_a_usual_week_is_told_in_less_than_half_a_minute(hands: Hands) -> None:
    hands.clicks(hands.button("Usual week: clinical, Monday to Friday"))
    for day in ("Wednesday afternoon", "Friday morning", "Friday afternoon"):
        hands.clicks(hands.half_day(day))
    hands.clicks(hands.brush("Admin"))
    hands.clicks(hands.half_day("Thursday afternoon"))
    hands.clicks(hands.button("Tell my practice"))
    hands.visitor.is_on("Tell my practice")
    hands.clicks(hands.button("Tell my practice"))
    hands.visitor.is_on("My page")
    then_it_is_told(USUAL)
    hands.say("By mouse")
    assert (hands.clicked, hands.pressed) == (8, 0)
    assert hands.seconds < PAPER, hands.seconds


def test_by_keyboard_it_is_no_slower(hands: Hands) -> None:
    # The first Tab stops of the page are the header's; from the heading on they are counted.
    hands.visitor.main.get_by_role("heading", level=1).evaluate(
        "part => { part.tabIndex = -1; part.focus(); }"
    )
    hands.tabs_to(hands.button("Usual week: clinical, Monday to Friday"))
    hands.types("Space", thoughts=0)
    hands.tabs_to(hands.half_day("Monday morning"))
    hands.types(*["ArrowDown"] * 2, "ArrowRight", "Delete")
    hands.types("ArrowDown", "a")
    hands.types("ArrowDown", "Delete", "ArrowLeft", "Delete")
    for page in ("Tell my practice", "My page"):
        hands.tabs_to(hands.button("Tell my practice"))
        hands.types("Enter", thoughts=0)
        hands.visitor.is_on(page)
    then_it_is_told(USUAL)
    hands.say("By keyboard")
    assert (hands.clicked, hands.pressed) == (0, 37)
    assert hands.seconds < PAPER, hands.seconds


def test_what_was_cleared_by_mistake_comes_back_by_key_and_by_button(hands: Hands) -> None:
    hands.clicks(hands.button("Usual week: clinical, Monday to Friday"))
    hands.clicks(hands.button("Clear the week"))
    expect(hands.half_day("Monday morning")).to_have_text("Off")
    hands.clicks(hands.button("Undo"))
    expect(hands.half_day("Friday afternoon")).to_have_text("Clinical")
    hands.half_day("Friday afternoon").press("Delete")
    hands.types("Control+z")
    expect(hands.half_day("Friday afternoon")).to_have_text("Clinical")
    expect(hands.visitor.page.locator("#totals")).to_contain_text("10 sessions")


def test_a_second_week_appears_with_a_copy_of_the_first(hands: Hands) -> None:
    hands.clicks(hands.button("Usual week: clinical, Monday to Friday"))
    expect(hands.half_day("Week B, Monday morning")).to_be_hidden()
    hands.visitor.main.get_by_text("Two weeks in turn, term time").click()
    hands.clicks(hands.button("Copy week A to week B"))
    expect(hands.half_day("Week B, Monday morning")).to_have_text("Clinical")
    expect(hands.visitor.page.locator("#status")).to_contain_text("10 sessions")
    hands.half_day("Week B, Friday afternoon").press("Delete")
    expect(hands.visitor.page.locator("#totals")).to_contain_text("9.5 sessions")
    hands.visitor.then_the_page_is_accessible()


def test_an_earlier_week_is_copied_in_and_undone(hands: Hands) -> None:
    hands.clicks(hands.button("Usual week: clinical, Monday to Friday"))
    expect(hands.visitor.page.locator("#totals")).to_contain_text("10 sessions")
    hands.visitor.main.get_by_text("Copy an earlier week, or one of another post").click()
    hands.visitor.field("Which week?").select_option(index=1)
    hands.clicks(hands.button("Copy this week"))
    expect(hands.visitor.page.locator("#totals")).not_to_contain_text("10 sessions")
    hands.visitor.then_the_page_is_accessible()
    hands.clicks(hands.button("Undo"))
    expect(hands.visitor.page.locator("#totals")).to_contain_text("10 sessions")


def test_a_week_is_copied_and_pasted_as_text(hands: Hands) -> None:
    hands.visitor.main.get_by_text("Copy and paste the week as text").click()
    hands.visitor.types("The week as text", "Monday\tClinical\nFriday\tOff\tCPD 60")
    hands.clicks(hands.button("Use this text"))
    expect(hands.half_day("Friday afternoon")).to_have_text("CPD 60")
    copied = hands.visitor.field("The week on this page, to copy")
    expect(copied).to_have_value(re.compile("Friday\tOff\tCPD 60\tOff"))
    hands.clicks(hands.button("Undo"))
    expect(hands.half_day("Friday afternoon")).not_to_have_text("CPD 60")
