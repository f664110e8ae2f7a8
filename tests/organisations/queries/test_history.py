"""What became of a place."""

import datetime as dt

import pytest

from organisations.models import Link, OrganisationName
from organisations.models.link import LinkKind
from organisations.queries.history import (
    EARLIEST,
    belonged_to,
    day_problem,
    merged_with,
    names_on,
    practices_over_time,
    successor_of,
)
from tests.factories.organisations import (
    IcbFactory,
    LinkFactory,
    NetworkFactory,
    PracticeFactory,
    SubIcbFactory,
)

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = dt.date(2020, 4, 1), dt.date(2023, 4, 1), dt.date(2026, 4, 1)


def succeeded(old: object, new: object, on: dt.date) -> Link:
    link: Link = LinkFactory(kind=LinkKind.SUCCEEDED_BY, child=old, parent=new, starts_on=on)
    return link


def test_what_a_place_belonged_to_is_told_newest_first_and_periods_that_meet_are_one() -> None:
    practice, one, two = PracticeFactory(), NetworkFactory(), NetworkFactory()
    LinkFactory(child=practice, parent=one, starts_on=FIRST, ends_on=SECOND)
    LinkFactory(child=practice, parent=two, starts_on=SECOND, ends_on=THIRD)
    LinkFactory(child=practice, parent=two, starts_on=THIRD)
    succeeded(practice, PracticeFactory(), THIRD)
    assert [(p.place, p.starts_on, p.ends_on) for p in belonged_to(practice)] == [
        (two, SECOND, None),
        (one, FIRST, SECOND),
    ]


def test_a_name_is_that_of_the_day() -> None:
    practice = PracticeFactory(name="New")
    OrganisationName.objects.create(
        organisation=practice, name="Old", starts_on=FIRST, ends_on=SECOND
    )
    OrganisationName.objects.create(organisation=practice, name="New", starts_on=SECOND)
    assert names_on([practice], dt.date(2019, 1, 1)) == {}
    assert names_on([practice], SECOND) == {practice.pk: "New"}
    nameless = PracticeFactory()
    assert names_on([practice, nameless], FIRST) == {practice.pk: "Old"}


def test_a_successor_is_found_through_later_mergers_from_its_day_on() -> None:
    a, b, c = (PracticeFactory() for _ in range(3))
    succeeded(a, b, SECOND)
    succeeded(b, c, THIRD)
    assert successor_of(a, FIRST) is None
    assert successor_of(a, SECOND) == b
    assert successor_of(a, THIRD) == c
    assert successor_of(c, THIRD) is None


def test_a_circle_of_successors_ends() -> None:
    a, b = PracticeFactory(), PracticeFactory()
    succeeded(a, b, FIRST)
    succeeded(b, a, FIRST)
    assert successor_of(a, FIRST) == b


def test_a_network_tells_who_joined_and_left_and_that_one_came_back() -> None:
    network, stays, returns = NetworkFactory(), PracticeFactory(), PracticeFactory()
    LinkFactory(child=stays, parent=network, starts_on=FIRST)
    LinkFactory(child=returns, parent=network, starts_on=FIRST, ends_on=SECOND)
    LinkFactory(child=returns, parent=network, starts_on=THIRD)
    LinkFactory(child=PracticeFactory(), starts_on=FIRST)  # Of another network.
    assert [(p.place, p.starts_on, p.ends_on) for p in practices_over_time(network)] == [
        (returns, THIRD, None),
        *sorted(
            [(stays, FIRST, None), (returns, FIRST, SECOND)],
            key=lambda row: row[0].name,
            reverse=True,
        ),
    ]


def test_an_icb_has_a_practice_while_it_has_the_practices_sub_icb() -> None:
    """A practice that changes sub-ICB inside the ICB has not left; a sub-ICB that goes takes it."""
    icb, one, two, practice = IcbFactory(), SubIcbFactory(), SubIcbFactory(), PracticeFactory()
    within = {"kind": LinkKind.PRACTICE_SUB_ICB, "child": practice}
    LinkFactory(parent=one, starts_on=FIRST, ends_on=SECOND, **within)
    LinkFactory(parent=two, starts_on=SECOND, **within)
    above = {"kind": LinkKind.SUB_ICB_ICB, "parent": icb}
    LinkFactory(child=one, starts_on=dt.date(2022, 7, 1), **above)
    LinkFactory(child=two, starts_on=dt.date(2022, 7, 1), ends_on=THIRD, **above)
    late = PracticeFactory()
    LinkFactory(kind=LinkKind.PRACTICE_SUB_ICB, child=late, parent=two, starts_on=THIRD)
    assert [(p.place, p.starts_on, p.ends_on) for p in practices_over_time(icb)] == [
        (practice, dt.date(2022, 7, 1), THIRD)
    ]


def test_a_day_that_no_record_can_know_is_refused_in_words() -> None:
    assert day_problem(THIRD, THIRD) == day_problem(EARLIEST, THIRD) == ""
    assert "earlier" in day_problem(THIRD + dt.timedelta(days=1), THIRD)
    assert "1 January 2005" in day_problem(dt.date(1, 1, 1), THIRD)


def test_mergers_are_followed_both_ways_and_not_across() -> None:
    a, b, c, sister = (PracticeFactory() for _ in range(4))
    succeeded(a, b, SECOND)
    succeeded(b, c, THIRD)
    succeeded(sister, c, THIRD)
    assert merged_with([a.pk], FIRST) == {a.pk}
    assert merged_with([a.pk], SECOND) == {a.pk, b.pk}
    assert merged_with([a.pk], THIRD) == {a.pk, b.pk, c.pk}
    assert merged_with([c.pk], THIRD) == {a.pk, b.pk, c.pk, sister.pk}
    # A circle, which no file may make, ends all the same.
    succeeded(c, a, THIRD)
    assert merged_with([a.pk], THIRD) == {a.pk, b.pk, c.pk, sister.pk}
    assert merged_with([], THIRD) == set()
