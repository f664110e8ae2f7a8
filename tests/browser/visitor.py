"""A person at a browser: what they do, what they read, and what every page must keep to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, expect

WIDTHS = (1280, 768, 320)
HEIGHT = 900
AXE = Axe().axe_script
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """options => axe.run(document, options).then(found => found.violations.map(
    rule => ({rule: rule.id, help: rule.help, where: rule.nodes.map(node => node.html)})
))"""
# target-size belongs to 2.2 AA, but runs only where it is named. The others are nobody's level.
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": STANDARDS},
    "rules": {
        name: {"enabled": True} for name in ("target-size", "landmark-unique", "empty-table-header")
    },
    "resultTypes": ["violations"],
}
LINKS = """() => Array.from(document.querySelectorAll("main a[href]"), link => [
    (link.getAttribute("aria-label") || link.textContent).trim().replace(/\\s+/g, " "), link.href,
])"""
REPEATED_IDS = """() => Array.from(document.querySelectorAll("[id]"), part => part.id)
    .filter((id, index, all) => all.indexOf(id) !== index)"""
PAGE_OVERFLOW = """() => document.documentElement.scrollWidth - window.innerWidth"""
WIDEST_TABLE = """() => Math.max(...Array.from(
    document.querySelectorAll("main table"), table => table.getBoundingClientRect().right
))"""


class Visitor:
    """Drives one page of one person; every fault that the browser notices is kept in `troubles`."""

    def __init__(self, page: Page, address: str, *, runs_scripts: bool = True) -> None:
        self.page = page
        self.address = address
        self.runs_scripts = runs_scripts
        self.troubles: list[str] = []
        self._refusals_expected = False
        page.set_default_timeout(15_000)
        page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("requestfailed", self._on_request_failed)
        page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        # The design system names a font on a host of the NHS; the policy keeps to our own.
        if message.type != "error" or "font-src" in message.text:
            return
        # A newer question about totals aborts the one before; htmx reports both ends of it.
        if message.text.startswith(("htmx:sendAbort", "htmx:afterRequest")):
            return
        if self._refusals_expected and "Failed to load resource" in message.text:
            return
        self.troubles.append(f"console: {message.text}")

    def _on_request_failed(self, request: Request) -> None:
        # A page left while it loads, or a download, is aborted by the browser itself.
        if request.resource_type != "font" and request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"request failed: {request.url} {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and not self._refusals_expected:
            self.troubles.append(f"{response.status}: {response.url}")

    @contextmanager
    def is_refused(self) -> Iterator[None]:
        """Expect that what is done inside answers with an error page."""
        self._refusals_expected = True
        try:
            yield
        finally:
            self._refusals_expected = False

    # What a person does.

    def opens(self, name: str, *args: object) -> None:
        """Go to a page by the name of its address."""
        self.page.goto(self.address + reverse(name, args=args))

    def signs_in(self, email: str, password: str) -> None:
        """Sign in by the form, as everyone does."""
        self.opens("account_login")
        self.types("Email", email)
        self.types("Password", password)
        self.presses("Sign in")
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def follows(self, words: str, *, within: Locator | None = None) -> None:
        """Follow the link with exactly these words."""
        (within or self.main).get_by_role("link", name=words, exact=True).click()

    def presses(self, words: str, *, within: Locator | None = None) -> None:
        """Press the button with exactly these words."""
        (within or self.main).get_by_role("button", name=words, exact=True).click()

    def types(self, label: str, text: str) -> None:
        """Type into the field with this label, optional or not."""
        self.field(label).fill(text)

    def ticks(self, *labels: str) -> None:
        """Tick or choose what has these labels."""
        for label in labels:
            self.main.get_by_label(label, exact=True).check()

    def unticks(self, label: str) -> None:
        """Take the tick away from what has this label."""
        self.main.get_by_label(label, exact=True).uncheck()

    def field(self, label: str) -> Locator:
        """Return the field with this label."""
        words = re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$")
        return self.main.get_by_label(words)

    @property
    def main(self) -> Locator:
        """The main part of the page."""
        return self.page.get_by_role("main")

    # What a person finds.

    def reads(self, *texts: str | re.Pattern[str]) -> None:
        """Expect these texts in the main part of the page; a space stands for any white space."""
        for text in texts:
            if isinstance(text, re.Pattern):
                text = re.compile(text.pattern.replace(" ", r"\s+"))
            expect(self.main).to_contain_text(text)

    def does_not_read(self, *texts: str | re.Pattern[str]) -> None:
        """Expect none of these texts in the main part of the page."""
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def is_on(self, heading: str | re.Pattern[str]) -> None:
        """Expect a page with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    def is_told(self, words: str) -> None:
        """Expect a banner that says what has happened, with the focus on it."""
        banner = self.page.locator(".nhsuk-notification-banner").filter(has_text=words)
        expect(banner).to_be_visible()

    def then_the_pictures_load(self, count: int) -> None:
        """Expect `count` charts, each described, tabled and drawn."""
        pictures = self.main.locator("figure img")
        expect(pictures).to_have_count(count)
        for picture in pictures.all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", True)
            assert picture.evaluate("image => image.naturalWidth") > 0
            assert (picture.get_attribute("alt") or "").strip()
        assert self.main.locator("figure table").count() == count

    def then_the_page_prints(self) -> None:
        """Expect on paper what there is to read, and nothing to press."""
        self.page.emulate_media(media="print")
        expect(self.page.get_by_role("navigation", name="Menu")).to_be_hidden()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        for table in self.main.locator("figure table").all():
            expect(table).to_be_visible()
        self.page.emulate_media(media="screen")

    def then_the_problems_are_told(self, *problems: str) -> None:
        """Expect what a page with bad input keeps to: title, summary with focus, and links."""
        summary = self.page.locator(".nhsuk-error-summary")
        expect(summary).to_be_visible()
        expect(self.page).to_have_title(re.compile("^Error: "))
        expect(summary).to_be_focused()
        for problem in problems:
            expect(summary).to_contain_text(problem)
        for link in summary.get_by_role("link").all():
            target = link.get_attribute("href") or ""
            expect(self.page.locator(target)).to_have_count(1)
        self.then_the_page_is_accessible()

    def then_the_page_is_accessible(self) -> None:
        """Expect the accessibility baseline of the page as it stands, at each width."""
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_have_count(1)
        expect(self.page).to_have_title(re.compile(r"^(Error: )?\S.* - Retention Hub$"))
        with self._engine():
            faults = [*self._repeated_names(), *self.troubles, *self._faults_at_each_width()]
        assert not faults, "\n".join([f"{self.page.url} ({self.page.title()})", *faults])

    @contextmanager
    def _engine(self) -> Iterator[None]:
        """Let axe run, its timers too, on a page whose own scripts were never loaded."""
        if self.runs_scripts:
            yield
            return
        browser = self.page.context.new_cdp_session(self.page)
        # Of a session that has not said "on", Chromium does not take "off".
        for is_off in (True, False):
            browser.send("Emulation.setScriptExecutionDisabled", {"value": is_off})
        yield
        browser.send("Emulation.setScriptExecutionDisabled", {"value": True})

    def _faults_at_each_width(self) -> list[str]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        faults = []
        for width in WIDTHS:
            self._resize(width)
            faults += [f"{width} px: {fault}" for fault in self._axe_faults()]
            if (beyond := self.page.evaluate(PAGE_OVERFLOW)) > 0:
                faults.append(f"{width} px: the page is {beyond} px too wide")
        self._resize(WIDTHS[0])
        return faults

    def then_no_table_is_wider_than_a_phone(self) -> None:
        """Expect that the tables of this page need no scrolling on the narrowest screen."""
        self._resize(WIDTHS[-1])
        assert self.page.evaluate(WIDEST_TABLE) <= WIDTHS[-1]
        self._resize(WIDTHS[0])

    def _resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        # The header moves links into its menu a tenth of a second after the last change.
        self.page.wait_for_timeout(250)

    def _axe_faults(self) -> list[str]:
        found: list[dict[str, Any]] = self.page.evaluate(RUN_AXE, AXE_OPTIONS)
        return [f"{each['rule']} ({each['help']}): {each['where']}" for each in found]

    def _repeated_names(self) -> list[str]:
        """Return ids that stand twice, and links that say the same but lead elsewhere."""
        faults = [f"id {each} stands twice" for each in self.page.evaluate(REPEATED_IDS)]
        targets: dict[str, set[str]] = {}
        for words, target in self.page.evaluate(LINKS):
            targets.setdefault(words, set()).add(target)
        vague = {words: found for words, found in targets.items() if len(found) > 1}
        return [*faults, *(f"“{words}” leads to {found}" for words, found in vague.items())]
