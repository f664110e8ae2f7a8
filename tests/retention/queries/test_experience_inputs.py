"""Who counts as a leaver, and how long everybody was there."""

import datetime as dt
from typing import Any

import pytest

from organisations.models import Organisation, Sharing
from retention.models import Objection, Person
from retention.queries.experience_inputs import ByPractice, Exposure, exposures, next_month
from tests.factories.organisations import LONG_AGO
from tests.factories.own_leavers import left, sharing_practices, stayed
from tests.factories.private_outlooks import Places, hub_area, practice_with
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db
SINCE, UNTIL = dt.date(2026, 1, 1), dt.date(2026, 4, 1)
TODAY = dt.date(2026, 4, 20)
MARCH = dt.date(2026, 3, 10)


@pytest.fixture
def area() -> Places:
    return hub_area()


@pytest.fixture
def practice(area: Places) -> Organisation:
    [made] = sharing_practices(area, 1)
    return made


def of(area: Places, group: str = "gp") -> Exposure:
    return exposures(area["hub"], SINCE, UNTIL, made_on=TODAY)[group]


def people(counted: ByPractice) -> int:
    return len(set().union(*counted.values()))


def test_everyone_counts_for_the_months_on_whose_first_day_they_were_there(
    area: Places, practice: Organisation
) -> None:
    stayed(practice, born=1990)
    left(practice, dt.date(2026, 2, 2), born=1960)
    stayed(practice, born=None)
    assert of(area).months == {"Under 45": 3, "55 and over": 2, "": 3}
    assert next_month(dt.date(2025, 12, 31)) == SINCE


def test_two_practices_with_the_same_number_list_one_person(area: Places) -> None:
    first, second = sharing_practices(area, 2)
    posts = [left(place, dt.date(2026, 2, 2), born=1960) for place in (first, second)]
    assert people(of(area).leavers) == 2
    Person.objects.filter(posts__in=posts).update(registration="GMC 1234567")
    assert people(of(area).leavers) == 1


def test_the_practice_that_knows_an_age_says_it_for_both(area: Places) -> None:
    places = sharing_practices(area, 2)
    for place, born in zip(places, (None, 1960), strict=True):
        post = stayed(place, born=born)
        Person.objects.filter(pk=post.person_id).update(registration="GMC 1234567")
    assert of(area).months == {"55 and over": 3}


def test_an_age_band_goes_by_its_middle(area: Places, practice: Organisation) -> None:
    post = stayed(practice, born=None)
    band = {"age_band": "50TO54", "age_band_on": SINCE}
    Person.objects.filter(pk=post.person_id).update(**band)
    assert list(of(area).months) == ["45 to 54"]


@pytest.mark.parametrize(
    ("reason", "counted"),
    [
        ("retired", ("leavers", "retired")),
        ("left", ("leavers",)),
        ("not_known", ("unexplained",)),
        ("contract_ended", ("unexplained",)),
        ("", ("unexplained",)),
        ("moved", ()),
        ("died", ()),
        ("practice_closed", ()),
    ],
)
def test_the_reason_says_who_left_general_practice(
    area: Places, practice: Organisation, reason: str, counted: tuple[str, ...]
) -> None:
    left(practice, MARCH, reason)
    found = of(area)
    names = ("leavers", "retired", "unexplained")
    assert {name for name in names if people(getattr(found, name))} == set(counted)


def test_who_goes_on_in_another_sharing_practice_did_not_leave(
    area: Places, practice: Organisation
) -> None:
    post = left(practice, MARCH)
    [other] = sharing_practices(area, 1)
    PostFactory(person=post.person, organisation=other, starts_on=LONG_AGO)
    assert people(of(area).leavers) == 0


def test_of_two_posts_both_reasons_must_say_so(area: Places, practice: Organisation) -> None:
    post = left(practice, MARCH)
    [other] = sharing_practices(area, 1)
    second = PostFactory(
        person=post.person, organisation=other, ends_on=MARCH, end_reason="left", confirmed_on=SINCE
    )
    found = of(area)
    assert found.leavers == {practice.code: {post.person_id}, other.code: {post.person_id}}
    assert people(found.retired) == 1
    second.end_reason = "moved"
    second.save()
    assert people(of(area).leavers) == 0
    assert people(of(area).unexplained) == 0


def test_the_day_decides_on_the_month_and_the_stretch(area: Places, practice: Organisation) -> None:
    left(practice, UNTIL)
    left(practice, SINCE)
    left(practice, dt.date(2026, 4, 2))
    # The last day of March was the last of the first; the others left before and after.
    assert people(of(area).leavers) == 1


def test_roles_fall_into_their_groups_and_trainees_into_none(
    area: Places, practice: Organisation
) -> None:
    left(practice, MARCH, role="nurse")
    left(practice, MARCH, role="trainee")
    left(practice, MARCH, role="locum")
    found = exposures(area["hub"], SINCE, UNTIL, made_on=TODAY)
    assert {group: people(each.leavers) for group, each in found.items()} == {
        "gp": 0,
        "nurses": 1,
        "dpc": 0,
        "admin": 0,
    }


def test_who_does_not_share_with_the_hub_is_not_there(area: Places) -> None:
    for shares in ((), ("network",)):
        left(practice_with(area, 0, shares=shares), MARCH)
    assert of(area) == Exposure()


def test_what_may_not_be_used_today_is_in_no_figure_of_before(
    area: Places, practice: Organisation
) -> None:
    """An objection and a switch count from their day on, and the figure is made after it."""
    objects = left(practice, MARCH)
    Objection.objects.create(person=objects.person, starts_on=TODAY)
    [stopped] = sharing_practices(area, 1)
    left(stopped, MARCH)
    assert people(of(area).leavers) == 1
    Sharing.objects.filter(practice=stopped).update(ends_on=TODAY)
    assert of(area) == Exposure()


def test_ten_years_take_no_more_queries_than_a_quarter(
    area: Places, django_assert_num_queries: Any
) -> None:
    for practice in sharing_practices(area):
        left(practice, MARCH)
    for since in (SINCE, SINCE.replace(year=2016)):
        with django_assert_num_queries(6):
            found = exposures(area["hub"], since, UNTIL, made_on=TODAY)["gp"]
        assert people(found.leavers) == 3
