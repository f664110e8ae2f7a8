"""What may not enter a private outlook changes no byte at any door, when the month is made again.

Beside test_non_interference, where the figures of a month stand: here they are made after the
change, as they would be had it happened before.
"""

import datetime as dt
from collections.abc import Mapping

import pytest

from organisations.clock import today
from retention.actions.plans import save_plan
from retention.actions.private_outlooks import make_private_outlooks
from retention.models import Post, PrivateCell, PrivateOutlook, PrivateSnapshot
from retention.queries.plans import PlanContent
from tests.factories.accounts import actor
from tests.factories.private_outlooks import tell, working
from tests.factories.retention import (
    AbsenceFactory,
    DraftPatternFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
)
from tests.permissions.private_rows import HUB, NETWORK, ROWS, chart
from tests.permissions.retention_places_rows import ROWS as PLACE_ROWS
from tests.permissions.rows import Area, Row
from tests.permissions.test_non_interference import Readers, changed, world

__all__ = ["world"]
pytestmark = [pytest.mark.no_cover, pytest.mark.slow]
DOORS: list[Row] = [
    *ROWS,
    *(row for row in PLACE_ROWS if row.name in ("network", "place-board")),
    Row("hub", kwargs=lambda area: {"slug": area.hub.slug}),
    Row("api-v1:get_outlook", kwargs=lambda area: {"code": area.network.code}),
]
# Of a network and its hub: their pages have a section of it.
TOLD = {str(row) for row in ROWS} | {"get network", "get hub"}
BEFORE = dt.date(2026, 10, 20)


@pytest.fixture
def readers(world: Mapping[str, Area]) -> Readers:
    chart(world["own"])  # the first of the doors with figures
    return Readers(world, DOORS)


@pytest.fixture
def sharing(readers: Readers) -> Post:
    """Someone in a practice that shares with network and hub."""
    post = Post.objects.filter(organisation__shares_given__thing="patterns").earliest("pk")
    post.person = RegisteredPersonFactory(year_of_birth=1966)
    post.save()
    return post


@pytest.fixture
def silent(world: Mapping[str, Area], readers: Readers) -> Post:
    """Someone in a practice next door, which shares with nobody."""
    post = working(world["neighbour"].practice, born=1960)
    post.person = RegisteredPersonFactory(year_of_birth=1960)
    post.save()
    return post


def make_again() -> None:
    for model in (PrivateCell, PrivateOutlook, PrivateSnapshot):
        model.objects.all().delete()
    make_private_outlooks()


def draft(post: Post) -> None:
    """Draft a week that would hold on the month's first day, were it told."""
    draft = DraftPatternFactory(post=post, starts_on=BEFORE)
    SessionCellFactory(pattern=draft, weekday=4, part="eve")


def plan(post: Post) -> None:
    me = actor("clinician", post.organisation, user=post.person.user)
    content = PlanContent(retire_year=today().year + 1, wishes=("no_duty",))
    save_plan(by=me, content=content, version=0)


def test_plans_drafts_and_who_does_not_share_change_no_byte(
    readers: Readers, sharing: Post, silent: Post
) -> None:
    make_again()
    before = readers.read()
    make_again()
    # Made again from the same record it is the same, at every door.
    assert changed(before, readers.read()) == set()
    for post in (sharing, silent):
        draft(post)
        plan(post)
        AbsenceFactory(post=post)
    # What its own practice reads of somebody is no other place's.
    tell(silent, 9, BEFORE)
    Post.objects.filter(pk=silent.pk).update(role="salaried")
    working(silent.organisation, born=1990, half_days=8)
    make_again()
    assert changed(before, readers.read()) == set()
    assert {answer[0] for answer in before.values()} == {200, 302, 401, 404}


def test_a_week_that_is_told_and_shared_changes_the_doors_of_private_outlooks(
    readers: Readers, sharing: Post
) -> None:
    """Shows that the test above would see a change."""
    make_again()
    before = readers.read()
    tell(sharing, 9, BEFORE)
    make_again()
    seen = changed(before, readers.read())
    assert {door for door, _ in seen} == TOLD
    assert {who for _, who in seen} == {*NETWORK, "neighbour: practice_manager", *HUB}
