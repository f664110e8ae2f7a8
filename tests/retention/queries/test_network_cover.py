"""Counts by half-day never tell of a group of one to seven people."""

import datetime as dt

import pytest
import time_machine
from django.http import Http404

from models.disclosure import WITHHELD, Band
from organisations.models import Organisation, Sharing
from retention.models import Objection, Post
from retention.presenters.network_cover import cover_table
from retention.queries.network_cover import network_cover
from tests.factories.accounts import RoleGrantFactory, actor
from tests.factories.organisations import (
    AgreementFactory,
    SharingFactory,
    add_practice,
    area_of_one_practice,
)
from tests.factories.retention import (
    AbsenceFactory,
    DraftPatternFactory,
    PostFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = (0, "am")
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    made = area_of_one_practice()
    AgreementFactory(
        hub=made["hub"],
        purpose="Keeping posts and session patterns",
        notice_given_on=dt.date(2021, 4, 1),
    )
    return made


def staff(practice: Organisation, count: int, **cell: object) -> None:
    for _ in range(count):
        pattern = SessionPatternFactory(
            post=PostFactory(organisation=practice),
            told_at=dt.datetime(2021, 4, 1, tzinfo=dt.UTC),
        )
        SessionCellFactory(pattern=pattern, **cell)


def practices(places: Places, *sizes: int) -> list[Organisation]:
    found = [places["practice"], *(add_practice(places) for _ in sizes[1:])]
    for practice, size in zip(found, sizes, strict=True):
        SharingFactory(practice=practice, recipient=places["network"], thing="patterns")
        staff(practice, size)
    return found


def monday(places: Places) -> object:
    lead = actor("network_lead", places["network"])
    return network_cover(lead, places["network"]).half_days[MONDAY]


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ((4, 4, 4), Band(8, 15)),
        ((6, 5, 5), Band(16, 23)),
        ((9, 4, 3), WITHHELD),
        ((8, 8), WITHHELD),
        ((3, 2, 2), WITHHELD),
    ],
)
def test_three_practices_and_eight_people_without_any_one(
    places: Places, sizes: tuple[int, ...], told: object
) -> None:
    practices(places, *sizes)
    assert monday(places) == told


def test_eight_are_left_to_a_manager_of_two_practices(places: Places) -> None:
    """14 of 15 people are known to one account; the band 8 to 15 would tell of the last."""
    first, second, _ = practices(places, 7, 7, 1)
    manager = RoleGrantFactory(role="practice_manager", organisation=first).user
    assert monday_on(places, "2026-10-05") == Band(8, 15)
    RoleGrantFactory(role="practice_manager", organisation=second, user=manager)
    assert monday_on(places, "2027-01-05") is WITHHELD


def monday_on(places: Places, day: str) -> object:
    with time_machine.travel(f"{day} 12:00 +0000", tick=False):
        return monday(places)


def test_who_does_not_share_is_away_objects_or_told_nothing_is_not_counted(places: Places) -> None:
    found = practices(places, 4, 4, 4)
    alone = add_practice(places)
    staff(alone, 20)
    staff(found[0], 20, kind="admin")
    for number in range(9):
        pattern = SessionPatternFactory(post__organisation=found[number % 3])
        SessionCellFactory(pattern=pattern)
        if number < 3:
            AbsenceFactory(post=pattern.post, starts_on=dt.date(2021, 4, 1))
        elif number < 6:
            Objection.objects.create(person=pattern.post.person, starts_on=dt.date(2021, 4, 1))
    SessionCellFactory(pattern=DraftPatternFactory(post__organisation=found[0]))
    # The last three told this quarter: they count from the next.
    assert monday(places) == Band(8, 15)


def test_nothing_but_the_quarter_moves_a_band(places: Places) -> None:
    lead = actor("network_lead", places["network"])
    with time_machine.travel("2026-10-05 12:00 +0000", tick=False):
        found = practices(places, 4, 4, 4)
        before = network_cover(lead, places["network"])
        assert before.date == dt.date(2026, 10, 1)
        assert before.half_days[MONDAY] == Band(8, 15)
        ended, erased, objecting, *_ = Post.objects.filter(organisation=found[0])
        ended.ends_on = dt.date(2026, 9, 30)
        ended.save()
        erased.person.delete()
        Objection.objects.create(person=objecting.person, starts_on=dt.date(2026, 9, 1))
        for practice in found:
            staff(practice, 4)
        Sharing.objects.filter(practice=found[1]).update(ends_on=dt.date(2026, 10, 1))
        assert network_cover(lead, places["network"]) == before
        manager = actor("practice_manager", places["practice"])
        assert network_cover(manager, places["network"]) == before
    with time_machine.travel("2026-12-31 12:00 +0000", tick=False):
        assert network_cover(lead, places["network"]) == before
    with time_machine.travel("2027-01-01 12:00 +0000", tick=False):
        # One practice has stopped sharing, so two are left.
        after = network_cover(lead, places["network"])
        assert after.date == dt.date(2027, 1, 1)
        assert after.half_days[MONDAY] is WITHHELD


def test_a_hub_and_another_network_are_told_nothing(places: Places) -> None:
    other = area_of_one_practice()
    for reader in (
        actor("hub_retention_lead", places["hub"]),
        actor("network_lead", other["network"]),
        actor(),
    ):
        with pytest.raises(Http404):
            network_cover(reader, places["network"])


def test_the_table_has_stars_where_it_may_not_tell(places: Places) -> None:
    practices(places, 4, 4, 4)
    lead = actor("practice_manager", places["practice"])
    table = cover_table(network_cover(lead, places["network"]))
    assert table.rows[0] == ("Monday", "8 to 15", "*", "*")
    assert table.rows[5] == ("Saturday", "*", "*", "*")
