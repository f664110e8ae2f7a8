"""Takes the README's pictures from a demo of its own: python -m scripts.screenshots"""

import os
import re
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from scripts.chromium import ARGUMENTS, NOT_FOUND, find_chromium
from scripts.serve_demo import HOST, ROOT, commands, prepare, start, stop, wait_until_answering

FOLDER = ROOT / "docs" / "screenshots"
DESK, PHONE = (1120, 800), (360, 720)
# Chromium, a worker and a web server may share one slow machine.
MILLISECONDS = 60_000


class Person:
    """One signed-in person's page, with the few things that a picture needs done."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    @property
    def main(self) -> Locator:
        """The main part of the page."""
        return self.page.get_by_role("main")

    def opens(self, path: str) -> None:
        """Go to a page by its path."""
        self.page.goto(self.address + path)

    def follows(self, name: str) -> None:
        """Follow the first link that begins with `name`."""
        self.page.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first.click()

    def presses(self, name: str) -> None:
        """Press a button of the main part, or a link that looks like one."""
        self.main.get_by_role("button", name=name, exact=True).click()

    def looks_at(self, heading: str) -> None:
        """Scroll until the heading stands at the top."""
        part = self.page.get_by_role("heading", name=heading).first
        part.evaluate("part => window.scrollTo(0, part.offsetTop - 16)")


@dataclass(frozen=True)
class Shot:
    """A picture: its file's name, whose it is, the way to it from their first page, its size."""

    name: str
    account: str
    way: Callable[[Person], None]
    size: tuple[int, int] = DESK


def first_page(person: Person) -> None:
    """Stay where signing in leads to."""


def charts(lead: Person) -> None:
    """Read the outlook further down the network's page."""
    lead.looks_at("Sessions at risk in 1, 3, 5 and 10 years")


def week(gp: Person) -> None:
    """Fill the half-day grid with a week of clinics and one half-day of mentoring."""
    gp.follows("Change my week")
    gp.presses("Usual week: clinical, Monday to Friday")
    wednesday = gp.main.get_by_role("button", name=re.compile("^Wednesday afternoon"))
    wednesday.press("m")
    gp.main.get_by_role("button", name=re.compile("^Friday afternoon")).press("Delete")
    gp.page.locator("#totals").get_by_text("9 sessions").wait_for()
    gp.page.mouse.click(5, 5)  # Without the ring of the focus.
    gp.looks_at("Fill my week")


def own_outlook(gp: Person) -> None:
    """Ask for one's own outlook."""
    gp.presses("Work out my outlook")
    gp.looks_at("My own outlook")


def staff(manager: Person) -> None:
    """Read who is in, half-day by half-day."""
    manager.follows("Staff")
    # Below the date, which a browser without British English lays out the American way.
    manager.looks_at("Who is in")


def who_looked(gp: Person) -> None:
    """Read who read one's record: the practice manager did, for another picture."""
    gp.opens("/me/who-looked/")


def offer(gp: Person) -> None:
    """Offer mentoring, and read which schemes it fits."""
    gp.follows("Mentoring")
    gp.follows("Offer mentoring")
    for label in ("Thursday evening", "Career choices"):
        gp.main.get_by_label(label, exact=True).check()
    gp.main.get_by_label(re.compile("^Hours a month")).fill("3")
    gp.main.get_by_label(re.compile("^Postcode district")).fill("ZZ1")
    gp.presses("Save my offer")
    gp.looks_at("Scheme: ")
    gp.main.get_by_text("Licence to practise: not met").wait_for()


def pairing(lead: Person) -> None:
    """Run the pairing of the open scheme, and wait for the worker."""
    lead.follows("Supporting mentors")
    lead.presses("Pair mentors and mentees")
    lead.presses("Run the pairing")
    lead.page.get_by_text("Show the result").or_(lead.page.get_by_text("Proved best")).wait_for()
    lead.page.reload()
    lead.looks_at("Pairs")


# In this order: each picture may rest on what was done for those before it.
SHOTS = (
    Shot("network", "network.lead", first_page, (1120, 900)),
    Shot("outlook", "network.lead", charts),
    Shot("network-phone", "network.lead", first_page, PHONE),
    Shot("week", "senior.gp", week),
    Shot("own-outlook", "senior.gp", own_outlook),
    Shot("staff", "practice.manager", staff),
    Shot("who-looked", "senior.gp", who_looked),
    Shot("offer", "senior.gp", offer),
    Shot("pairing", "retention.lead", pairing),
    Shot("hub", "board.viewer", first_page),
)


def take(shot: Shot, browser: Browser, address: str, password: str, folder: Path) -> Path:
    """Sign in, walk to the page, wait for its pictures, and store what stands on the screen."""
    width, height = shot.size
    # One for each picture: a sign-in, a message or a scroll of the last is gone.
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce"
    )
    context.set_default_timeout(MILLISECONDS)
    person = Person(context.new_page(), address)
    person.opens("/accounts/login/")
    person.main.get_by_label("Email").fill(f"{shot.account}@demo.example")
    person.main.get_by_label("Password", exact=True).fill(password)
    person.presses("Sign in")
    person.page.get_by_role("button", name="Sign out").wait_for()
    for image in person.page.locator("img").all():
        image.scroll_into_view_if_needed()
        image.evaluate("image => image.decode()")
    person.page.evaluate("window.scrollTo(0, 0)")
    shot.way(person)
    person.page.wait_for_load_state("networkidle")
    path = folder / f"{shot.name}.png"
    person.page.screenshot(path=path, scale="css", animations="disabled", caret="hide")
    context.close()
    return path


def take_all(address: str, password: str, folder: Path) -> list[Path]:
    """Take every picture of a served demo; `address` without a last slash."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        return [take(shot, browser, address, password, folder) for shot in SHOTS]


@contextmanager
def served_demo() -> Iterator[str]:
    """Serve a new demo from a folder that goes away again; yields its address."""
    # Any free port: the developer's own demo may be running on the usual one.
    with socket.create_server((HOST, 0)) as probe:
        port: int = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="retention-hub-pictures-") as data:
        os.environ |= {"RETENTION_HUB_DATA_DIR": data, "PORT": str(port), "LOG_LEVEL": "ERROR"}
        prepare()
        address = f"http://{HOST}:{port}"
        children = start(commands(port))
        try:
            wait_until_answering(f"{address}/readyz", children)
            yield address
        finally:
            stop(children)


def main() -> int:
    """Take the pictures; return the exit code."""
    if find_chromium() is None:
        print(f"screenshots: {NOT_FOUND}", file=sys.stderr)
        return 1
    os.environ |= {"RETENTION_HUB_ENV": "demo", "DJANGO_SETTINGS_MODULE": "config.settings"}
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served_demo() as address:
        # What it reads of Django is there only now.
        from hubs.demo.accounts import PASSWORD

        for path in take_all(address, PASSWORD, FOLDER):
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
