"""Plans and drafts change no byte at any other reader's door: page, chart or API.

The doors are read from the permission matrix, so that a new address is here the day it is there.
"""

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.actions.tokens import make_token
from accounts.actor import Actor, Door
from accounts.models import User
from accounts.queries.roles import active_role
from organisations.clock import today
from retention.actions.plans import save_plan, share_plan, withdraw_plan
from retention.actions.post_changes import Statement, state_change, tell_change
from retention.actions.session_patterns import save_draft, tell_practice
from retention.models import PlanShare, Post
from retention.presenters import charts
from retention.queries.my_record import my_record
from retention.queries.own_outlook import own_outlook
from retention.queries.plans import PlanContent
from tests.factories.accounts import RecognitionFactory, actor
from tests.factories.organisations import SharingFactory
from tests.factories.retention import (
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)
from tests.permissions.rows import WHO, Area, Row
from tests.permissions.world import build_world

# The one door that a shared plan opens, for the one reader whom the person named.
NAMED_RECIPIENT = {
    ("get plans-shared", "hub_retention_lead"),
    ("get api-v1:list_shared_plans", "hub_retention_lead"),
}
# The doors that a told week opens, for the manager of its practice.
TOLD = {
    ("get practice-people", "practice_manager"),
    ("get api-v1:list_practice_posts", "practice_manager"),
}
HEARS = ("hub_retention_lead", "hub_administrator")
# What differs from one answer to the next whatever the record holds.
NOISE = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"')

READ: list[Row] = [
    row
    for path in sorted(Path(__file__).parent.glob("*_rows.py"))
    for row in import_module(f"tests.permissions.{path.stem}").ROWS
    if row.method == "get"
]
# Status and content by the row's name and who asks.
Answers = dict[tuple[str, str], tuple[int, bytes]]
SIGNED_OUT = "signed out"
# Takes a second for each reader, and is made from code alone: a few ask.
SLOW, FEW = "api-v1:openapi-view", (SIGNED_OUT, "clinician", "hub_retention_lead")
# Strangers beside those of WHO, who are all of the person's own area.
STRANGERS = (("neighbour", "practice_manager"), ("other", "hub_retention_lead"))


class Person:
    """Someone with a told week in a practice that shares, known to the hub."""

    def __init__(self, area: Area) -> None:
        for recipient in (area.network, area.hub):
            SharingFactory(practice=area.practice, recipient=recipient, thing="patterns")
        record = RegisteredPersonFactory(year_of_birth=today().year - 59)
        self.post: Post = PostFactory(person=record, organisation=area.practice)
        SessionCellFactory(pattern=SessionPatternFactory(post=self.post))
        RecognitionFactory(user=record.user, hub=area.hub, state="recognised")
        # In a role of the area: only such acts could reach its administrator's audit log.
        self.hub, self.me = area.hub, actor("clinician", area.practice, user=record.user)

    def draft(self) -> None:
        week = {(3, "pm"): ("mentoring", 240), (4, "am"): ("clinical", 250)}
        save_draft(by=self.me, post=self.post, week=week, version=0)

    def write_down(self) -> None:
        """Write down, and tell nobody, that one retires."""
        statement = Statement("retired", today() + dt.timedelta(days=30))
        state_change(by=self.me, post=self.post, statement=statement, version=0)

    def tell_change(self) -> None:
        tell_change(by=self.me, post=self.post, version=1)

    def plan(self) -> None:
        content = PlanContent(retire_year=today().year + 1, wishes=("no_duty",))
        save_plan(by=self.me, content=content, version=0)

    def look(self) -> None:
        own_outlook(self.me, my_record(self.me))

    def share(self) -> None:
        share_plan(by=self.me, recipient=self.hub)

    def withdraw(self) -> None:
        withdraw_plan(by=self.me, share=PlanShare.objects.get(plan__person=self.post.person))

    def tell(self) -> None:
        tell_practice(
            by=self.me, post=self.post, version=1, starts_on=today(), shows_mentoring=False
        )


class Readers:
    """Everyone else, let in or not, at the doors of some rows of the matrix."""

    def __init__(self, world: Mapping[str, Area], rows: Sequence[Row]) -> None:
        own = world["own"]
        self.doors: list[tuple[Row, str]] = []
        # What needs a record that another row has made in another way: for a later round.
        self.left: list[Row] = []
        for row in rows:
            try:
                with transaction.atomic():
                    # Made once: what an address needs must be the same before and after.
                    self.doors.append((row, reverse(row.name, kwargs=dict(row.kwargs(own)))))
            except IntegrityError:
                self.left.append(row)
        assert self.doors, f"No address can be made: {rows}"
        users = {who: own.users[who] for who in WHO}
        users |= {f"{area}: {who}": world[area].users[who] for area, who in STRANGERS}
        self.pages = {SIGNED_OUT: Client()} | {w: _signed_in(user) for w, user in users.items()}
        self.programs = {SIGNED_OUT: Client()} | {w: _with_token(u) for w, u in users.items()}

    def read(self, *, among: Container[str] | None = None) -> Answers:
        """Ask at every door as everyone, and undo what asking leaves behind (the audit of reads).

        `among` are those who ask, everyone if None. What was worked out before is forgotten, so
        that no answer comes out of the cache.
        """
        cache.clear()
        return {
            (str(row), who): self._answer(client, url)
            for row, url in self.doors
            for who, client in (self.programs if row.is_api else self.pages).items()
            if (among is None or who in among) and (row.name != SLOW or who in FEW)
        }

    def _answer(self, client: Client, url: str) -> tuple[int, bytes]:
        with transaction.atomic():
            response = client.get(url)
            content = b"".join(response) if response.streaming else response.content
            transaction.set_rollback(True)
        return response.status_code, NOISE.sub(b"", content)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _with_token(user: User) -> Client:
    grant = active_role(user, None)
    by = Actor(user=user, role=grant, door=Door.PAGE)
    _, token = make_token(by=by, name="Reader", role_grant=grant, days=1)
    return Client(headers={"Authorization": f"Bearer {token}"})


def changed(before: Answers, after: Answers) -> set[tuple[str, str]]:
    """Return where, and for whom, an answer differs."""
    return {asked for asked, answer in after.items() if before[asked] != answer}


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mapping[str, Area]]:
    # The same data draws the same picture; drawing takes a second.
    monkeypatch.setattr(charts, "draw", functools.cache(charts.draw))
    # Pages that say what time it is would differ by the minute.
    with time_machine.travel("2026-11-18 12:00 +0000", tick=False):
        yield build_world()


def rounds(world: Mapping[str, Area]) -> Iterator[tuple[Person, Readers]]:
    """Yield the person and the readers of as many doors as fit into one world, until all had one.

    Each round is undone before the next.
    """
    left: Sequence[Row] = READ
    while left:
        with transaction.atomic():
            person, readers = Person(world["own"]), Readers(world, left)
            yield person, readers
            transaction.set_rollback(True)
        left = readers.left


@pytest.mark.slow
@pytest.mark.no_cover
def test_a_plan_and_a_draft_change_no_byte_for_anyone_else(world: Mapping[str, Area]) -> None:
    shared, statuses = set(), Counter[int]()
    for person, readers in rounds(world):
        before = readers.read()
        person.draft()
        person.write_down()
        person.plan()
        person.look()
        person.share()
        shared |= changed(before, readers.read())
        person.withdraw()
        # Of a withdrawal only those could hear who heard of the sharing, or read the audit log.
        assert changed(before, readers.read(among=HEARS)) == set()
        # These are the real doors: open to those whom the matrix lets in, shut to others.
        for row, _ in readers.doors:
            found = {who: before[str(row), who][0] for who in row.own if (str(row), who) in before}
            assert found.items() <= row.own.items(), row
        statuses += Counter(status for status, _ in before.values())
    assert shared == NAMED_RECIPIENT
    assert set(statuses) == {200, 302, 401, 404}
    assert statuses.total() == (len(READ) - 1) * (len(WHO) + len(STRANGERS) + 1) + len(FEW)


def test_a_week_that_is_told_reaches_its_practice_and_nobody_else(
    world: Mapping[str, Area],
) -> None:
    """Shows that the test above would see a change."""
    doors = [row for row in READ if str(row) in {name for name, _ in TOLD}]
    person, readers = Person(world["own"]), Readers(world, doors)
    before = readers.read()
    person.draft()
    assert changed(before, readers.read()) == set()
    person.tell()
    assert changed(before, readers.read()) == TOLD


def test_that_somebody_leaves_is_seen_by_their_practice_once_it_is_told(
    world: Mapping[str, Area],
) -> None:
    doors = [row for row in READ if str(row) in {name for name, _ in TOLD}]
    person, readers = Person(world["own"]), Readers(world, doors)
    before = readers.read()
    person.write_down()
    assert changed(before, readers.read()) == set()
    person.tell_change()
    assert changed(before, readers.read()) == TOLD
