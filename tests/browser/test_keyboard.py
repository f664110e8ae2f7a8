"""The parts of the main job that are most work by hand, with a keyboard alone."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from pytest_django.live_server_helper import LiveServer

from hubs.models import Scheme
from organisations.clock import today
from tests.browser.conftest import NewVisitor
from tests.browser.people import HUB, given_signed_in
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.slow
# More stops than any page has before what is looked for.
STOPS = 120


@pytest.fixture
def visitor(demo: LiveServer, new_visitor: NewVisitor) -> Visitor:
    """Return a browser whose mouse nobody touches."""
    return new_visitor()


def when_i_tab_to(visitor: Visitor, target: Locator) -> None:
    """Press Tab until `target` has the focus."""
    for _ in range(STOPS):
        visitor.page.keyboard.press("Tab")
        if target.evaluate("part => part === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")


def when_i_fill(visitor: Visitor, label: str, text: str) -> None:
    """Tab to a field and type."""
    when_i_tab_to(visitor, visitor.field(label))
    visitor.page.keyboard.type(text)


def when_i_press(visitor: Visitor, name: str, key: str = "Enter") -> None:
    """Tab to a button and press it."""
    when_i_tab_to(visitor, visitor.main.get_by_role("button", name=name, exact=True))
    visitor.page.keyboard.press(key)


def typed_date(number: int) -> str:
    """Return the keys of day 11 of month 11, or 12 of 12: in either order of day and month."""
    return f"{number}{number}{today().year + 1}"


def test_week_is_filled_and_saved(visitor: Visitor) -> None:
    given_signed_in(visitor, "senior_gp").opens("me")
    week = visitor.main.get_by_role("link", name=re.compile("^Change my week"))
    when_i_tab_to(visitor, week)
    visitor.page.keyboard.press("Enter")
    visitor.is_on("My week")
    cell = half_day_of(visitor)
    when_i_press(visitor, "Usual week: clinical, Monday to Friday", "Space")
    when_i_tab_to(visitor, cell("Monday morning"))
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "m"):
        visitor.page.keyboard.press(key)
    expect(cell("Wednesday afternoon")).to_be_focused()
    expect(cell("Wednesday afternoon")).to_have_accessible_name(re.compile("Mentoring"))
    visitor.page.keyboard.press("ArrowLeft")
    visitor.page.keyboard.press("Delete")
    totals = visitor.page.locator("#totals")
    expect(totals).to_contain_text("9 sessions")
    expect(visitor.page.locator("#status")).to_contain_text("9 sessions")
    # The totals came while the hands were in the grid: the focus stays there.
    expect(cell("Wednesday morning")).to_be_focused()
    when_i_press(visitor, "Save draft")
    visitor.is_told("Your draft is saved. Nobody else can see it.")


def half_day_of(visitor: Visitor) -> Callable[[str], Locator]:
    """Return what finds a half-day of the quick grid by its name."""
    return lambda name: visitor.main.get_by_role("button", name=re.compile(f"^{name}: "))


def test_scheme_is_drafted_mended_and_saved(visitor: Visitor) -> None:
    given_signed_in(visitor, "retention_lead").opens("scheme-new", HUB)
    when_i_fill(visitor, "Name", "Typed by hand")
    when_i_fill(visitor, "Purpose", "Without a mouse.")
    when_i_fill(visitor, "First day", typed_date(11))
    when_i_fill(visitor, "Last day", typed_date(12))
    when_i_tab_to(visitor, visitor.main.get_by_label("A licence to practise is required"))
    visitor.page.keyboard.press("Space")
    when_i_fill(visitor, "Fewest years since qualification", "5")
    when_i_fill(visitor, "Payment for a session in pounds", "100")
    when_i_fill(visitor, "Budget in pounds", "9000")
    when_i_fill(visitor, "Places for mentees", "3")
    visitor.page.keyboard.press("Enter")
    visitor.then_the_problems_are_told()
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    why = visitor.field("Why years since qualification matter here")
    expect(why).to_be_focused()
    visitor.page.keyboard.type("Mentors need to have seen more than one reform.")
    when_i_press(visitor, "Save the draft", "Space")
    visitor.is_told("The draft is saved.")
    scheme = Scheme.objects.get(name="Typed by hand")
    assert scheme.licence_required
    assert scheme.starts_on == dt.date(today().year + 1, 11, 11)
