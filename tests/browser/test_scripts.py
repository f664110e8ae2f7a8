"""Our one script: what it does around a part that htmx puts into a page.

The parts are made here and not served, so that the test stands whatever pages there are.
"""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

BUTTON = """
    document.querySelector("main").insertAdjacentHTML(
        "beforeend",
        `<div id="target"></div>
         <button id="load" hx-get="/part/" hx-target="#target">Load</button>`,
    );
    htmx.process(document.querySelector("main"));
"""
PART = """
    <h2 id="heading" data-focus-after-swap>Three networks</h2>
    <div class="nhsuk-password-input" data-module="nhsuk-password-input">
      <input class="nhsuk-js-password-input-input" id="secret" type="password">
      <button class="nhsuk-js-password-input-toggle" aria-controls="secret" type="button" hidden>
        Show
      </button>
    </div>
    <div id="status" hx-swap-oob="innerHTML">3 networks</div>
"""


@pytest.fixture
def sign_in_page(page: Page, live_server: LiveServer) -> Page:
    """Return the sign-in page with a button that loads a part."""
    page.goto(f"{live_server.url}/accounts/login/")
    # The class says that the script has run.
    expect(page.locator("body")).to_have_class(re.compile("nhsuk-frontend-supported"))
    page.evaluate(BUTTON)
    return page


def answer(page: Page, status: int, body: str) -> None:
    """Have the part answered with `body`."""

    def fulfil(route: Route) -> None:
        route.fulfill(status=status, body=body, content_type="text/html")

    page.route("**/part/", fulfil)


def test_focus_moves_to_the_heading_of_a_part(sign_in_page: Page) -> None:
    answer(sign_in_page, 200, PART)
    sign_in_page.click("#load")
    expect(sign_in_page.locator("#heading")).to_be_focused()
    expect(sign_in_page.locator("#status")).to_have_text("3 networks")
    expect(sign_in_page.locator("#target")).not_to_have_attribute("aria-busy", "true")


def test_components_of_a_part_come_to_life(sign_in_page: Page) -> None:
    answer(sign_in_page, 200, PART)
    sign_in_page.click("#load")
    sign_in_page.locator("#target").get_by_role("button", name="Show").click()
    expect(sign_in_page.locator("#secret")).to_have_attribute("type", "text")


def test_what_a_reader_opened_stays_open_in_a_part_that_is_renewed(sign_in_page: Page) -> None:
    tables = "".join(f'<details id="{n}"><summary>{n}</summary>{n} rows</details>' for n in "ab")
    answer(sign_in_page, 200, tables)
    sign_in_page.click("#load")
    sign_in_page.get_by_text("b", exact=True).click()
    sign_in_page.evaluate("document.getElementById('b').dataset.old = 'yes'")
    sign_in_page.click("#load")
    expect(sign_in_page.locator("#b[data-old]")).to_have_count(0)
    expect(sign_in_page.locator("#b")).to_have_attribute("open", "")
    expect(sign_in_page.locator("#a")).not_to_have_attribute("open", "")


def test_part_is_busy_while_it_loads(sign_in_page: Page) -> None:
    waiting: list[Route] = []
    sign_in_page.route("**/part/", lambda route: waiting.append(route))
    sign_in_page.click("#load")
    expect(sign_in_page.locator("#target")).to_have_attribute("aria-busy", "true")
    waiting[0].abort()
    expect(sign_in_page.get_by_text("There is no connection.")).to_be_visible()
    expect(sign_in_page.locator("#target")).not_to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize(
    ("status", "words"), [(500, "Nothing you typed is lost."), (429, "Wait a minute")]
)
def test_failure_is_told(sign_in_page: Page, status: int, words: str) -> None:
    answer(sign_in_page, status, "not for the page")
    sign_in_page.click("#load")
    expect(sign_in_page.locator("#alert")).to_contain_text(words)
    expect(sign_in_page.locator("#target")).to_be_empty()


def test_form_with_errors_is_shown(sign_in_page: Page) -> None:
    answer(sign_in_page, 422, "<p>There is a problem</p>")
    sign_in_page.click("#load")
    expect(sign_in_page.locator("#target")).to_have_text("There is a problem")
    expect(sign_in_page.locator("#alert")).to_be_empty()


def test_error_summary_takes_the_focus_and_leads_to_the_field(sign_in_page: Page) -> None:
    sign_in_page.get_by_role("button", name="Sign in", exact=True).click()
    expect(sign_in_page).to_have_title("Error: Sign in - Retention Hub")
    expect(sign_in_page.locator(".nhsuk-error-summary")).to_be_focused()
    sign_in_page.get_by_role("link", name="Enter email").click()
    expect(sign_in_page.get_by_label("Email")).to_be_focused()


def test_keyboard_reaches_the_main_part_first(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#maincontent")).to_be_focused()
