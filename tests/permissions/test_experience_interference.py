"""Own leavers at every door: in bands, alike for every reader, and from nothing that may not enter.

Beside test_private_interference: what a quarter lets out is made again after each change.
"""

import datetime as dt
from collections.abc import Mapping

import pytest

from organisations.models import Organisation
from organisations.queries.agreements import KEEPING_POSTS
from retention.actions.experience_releases import release_experience
from retention.actions.plans import save_plan
from retention.models import ExperienceRelease, Objection, Post
from retention.queries.plans import PlanContent
from tests.factories.accounts import actor
from tests.factories.organisations import LONG_AGO, AgreementFactory
from tests.factories.own_leavers import left, sharing_practices, stayed
from tests.factories.private_outlooks import practice_with
from tests.factories.retention import (
    DraftPatternFactory,
    PostChangeFactory,
    RegisteredPersonFactory,
)
from tests.permissions.experience_rows import ROWS
from tests.permissions.private_rows import HUB
from tests.permissions.private_rows import ROWS as PRIVATE_ROWS
from tests.permissions.rows import Area, Row
from tests.permissions.test_non_interference import Readers, changed, world

__all__ = ["world"]
DOORS: list[Row] = [
    *ROWS,
    *(row for row in PRIVATE_ROWS if row.case == "hub"),
    Row("hub", kwargs=lambda area: {"slug": area.hub.slug}),
]
# Every one of the hub but the one page to print and the API of private outlooks.
TOLD = {
    "get hub",
    "get place-private hub",
    "get place-private-csv hub",
    "get place-private-xlsx hub",
    "get api-v1:get_own_leavers hub",
}
GONE = dt.date(2026, 5, 14)


@pytest.fixture
def practices(world: Mapping[str, Area]) -> list[Organisation]:
    """Three practices that share, of which thirteen left."""
    own = world["own"]
    AgreementFactory(hub=own.hub, purpose=KEEPING_POSTS, notice_given_on=LONG_AGO)
    places = {"network": own.network, "hub": own.hub, "sub_icb": own.sub_icb}
    made = sharing_practices(places)
    for practice in (*made * 4, made[0]):
        left(practice, GONE)
    release_experience()
    return made


@pytest.fixture
def readers(world: Mapping[str, Area], practices: list[Organisation]) -> Readers:
    return Readers(world, DOORS)


def make_again() -> None:
    ExperienceRelease.objects.all().delete()
    release_experience()


def registered(post: Post) -> Post:
    post.person = RegisteredPersonFactory(year_of_birth=1966)
    post.save()
    return post


@pytest.mark.slow
@pytest.mark.no_cover
def test_what_may_not_enter_changes_no_byte(
    world: Mapping[str, Area], practices: list[Organisation], readers: Readers
) -> None:
    here = registered(stayed(practices[0], born=1966))
    make_again()
    before = readers.read()
    own = world["own"]
    places = {"network": own.network, "hub": own.hub, "sub_icb": own.sub_icb}
    silent = practice_with(places, 0, shares=("network",))
    for reason in ("retired", "left", "not_known") * 8:
        left(silent, GONE, reason)
    PostChangeFactory(post=here, starts_on=dt.date(2026, 12, 31))
    DraftPatternFactory(post=here)
    me = actor("clinician", here.organisation, user=here.person.user)
    save_plan(by=me, content=PlanContent(retire_year=2027, wishes=()), version=0)
    for practice in practices * 4:
        objects = left(practice, GONE)
        Objection.objects.create(person=objects.person, starts_on=dt.date(2026, 11, 2))
        Post.objects.filter(pk=left(practice, GONE).pk).update(waits=True)
    make_again()
    assert changed(before, readers.read()) == set()


def test_leavers_who_count_change_the_doors_of_the_hub_and_no_other(
    practices: list[Organisation], readers: Readers
) -> None:
    """Shows that the test above would see a change; and nobody is told how many they are."""
    before = readers.read()
    page = before["get place-private hub", "board_viewer"][1]
    assert b"recorded 8 to 15 people" in page
    assert b"13 people" not in page
    left(practices[1], GONE)
    make_again()
    # Fourteen are in the same band; of the thirteen person-years and more one may be full.
    assert changed(before, readers.read()) <= {(door, who) for door in TOLD for who in HUB}
    for practice in practices:
        left(practice, GONE)
    make_again()
    assert changed(before, readers.read()) == {(door, who) for door in TOLD for who in HUB}
    # Whoever reads them reads the same.
    answers = {before["get api-v1:get_own_leavers hub", who] for who in HUB}
    assert len(answers) == 1
