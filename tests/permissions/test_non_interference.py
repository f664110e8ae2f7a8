"""Plans and drafts change no byte at any other reader's door: page, chart or API.

The doors are read from the permission matrix, so that a new address is here the day it is there.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.actions.tokens import make_token
from accounts.actor import Actor, Door
from accounts.models import User
from accounts.queries.roles import active_role
from organisations.clock import today
from retention.actions.plans import save_plan, share_plan, withdraw_plan
from retention.actions.session_patterns import save_draft, tell_practice
from retention.models import PlanShare, Post
from retention.queries.my_record import my_record, own_outlook
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
NAMED_RECIPIENT = dict.fromkeys(
    ("plans-shared", "api-v1:list_shared_plans"), frozenset({"hub_retention_lead"})
)
# What differs from one answer to the next whatever the record holds.
NOISE = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"')

# The description of the API is made from code alone, and slowly.
HOLDS_NO_RECORD = {"api-v1:openapi-json", "api-v1:openapi-view"}
READ: list[Row] = [
    row
    for path in sorted(Path(__file__).parent.glob("*_rows.py"))
    for row in import_module(f"tests.permissions.{path.stem}").ROWS
    if row.method == "get" and row.name not in HOLDS_NO_RECORD
]
# Status and content for each of WHO.
Answers = dict[str, tuple[int, bytes]]


def row_of(name: str) -> Row:
    return next(row for row in READ if row.name == name)


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
    """Everyone else in the area, at the door of one row of the matrix."""

    def __init__(self, area: Area, row: Row) -> None:
        # Made once: what an address needs must be the same before and after.
        self.url = reverse(row.name, kwargs=dict(row.kwargs(area)))
        enter = _with_token if row.is_api else _signed_in
        # Those who get 404 get the same one always; the matrix sees to that.
        whose = [who for who in WHO if row.own.get(who, 404) != 404]
        if row.name.endswith("-chart"):
            # Drawing takes a second, and all who may see a chart see the same.
            whose = whose[:1]
        self.clients = {who: enter(area.users[who]) for who in whose}

    def read(self) -> Answers:
        """Ask as everyone, and undo what asking leaves behind (the audit of reads)."""
        return {who: self._answer(client) for who, client in self.clients.items()}

    def _answer(self, client: Client) -> tuple[int, bytes]:
        with transaction.atomic():
            response = client.get(self.url)
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


def changed(before: Answers, after: Answers) -> set[str]:
    """Return whose answers differ."""
    return {who for who, answer in after.items() if before[who] != answer}


@pytest.fixture
def area(db: None) -> Iterator[Area]:
    # Pages that say what time it is would differ by the minute.
    with time_machine.travel("2026-11-18 12:00 +0000", tick=False):
        yield build_world()["own"]


@pytest.mark.parametrize("row", READ, ids=str)
def test_a_plan_and_a_draft_change_no_byte_for_anyone_else(area: Area, row: Row) -> None:
    person, readers = Person(area), Readers(area, row)
    before = readers.read()
    person.draft()
    person.plan()
    person.look()
    person.share()
    assert changed(before, readers.read()) <= NAMED_RECIPIENT.get(row.name, set())
    person.withdraw()
    assert changed(before, readers.read()) == set()


def test_a_week_that_is_told_reaches_its_practice_and_nobody_else(area: Area) -> None:
    """Shows that the test above would see a change."""
    person, readers = Person(area), Readers(area, row_of("practice-people"))
    before = readers.read()
    person.draft()
    assert changed(before, readers.read()) == set()
    person.tell()
    assert changed(before, readers.read()) == {"practice_manager"}


def test_a_shared_plan_reaches_its_named_recipient_and_nobody_else(area: Area) -> None:
    person, readers = Person(area), Readers(area, row_of("plans-shared"))
    before = readers.read()
    person.plan()
    assert changed(before, readers.read()) == set()
    person.share()
    assert changed(before, readers.read()) == {"hub_retention_lead"}
