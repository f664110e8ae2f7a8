"""Whose a row of a roster is: nobody gets a colleague's row by a name, a number or a claim."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from organisations.clock import today
from organisations.models import Organisation
from organisations.models.link import LinkKind
from retention.models import Person, RosterRun
from retention.queries.roster_rows import lines_that_may_be, rosters_about, rows_in_rosters
from tests.factories.organisations import LinkFactory, PracticeFactory
from tests.factories.retention import PostFactory, RegisteredPersonFactory
from tests.factories.rosters import RosterRunFactory

pytestmark = pytest.mark.django_db

HEADERS = ["Ref", "Name", "Registration", "Hours", "Born"]
COLUMNS = dict(
    zip(
        HEADERS,
        ("EMPLOYEE_NUMBER", "NAME", "REGISTRATION_NUMBER", "CONTRACTED_HOURS", "YEAR_OF_BIRTH"),
        strict=True,
    )
)


@pytest.fixture
def practice() -> Organisation:
    return PracticeFactory()


def roster(practice: Organisation, *cells: list[str], **more: object) -> RosterRun:
    rows = [[line, row] for line, row in enumerate(cells, start=2)]
    return RosterRunFactory(practice=practice, headers=HEADERS, columns=COLUMNS, rows=rows, **more)


def employed(practice: Organisation, reference: str = "", **person: object) -> Person:
    """Somebody whose post the practice confirmed."""
    made: Person = RegisteredPersonFactory(**{"registration": "GMC 1234567", **person})
    PostFactory(organisation=practice, staff_reference=reference, person=made)
    return made


def told(person: Person) -> list[str]:
    return [row["row"]["Name"] for row in rows_in_rosters(person, today())]


def test_one_s_own_rows_are_known_by_number_and_by_what_the_check_found(
    practice: Organisation,
) -> None:
    me = employed(practice, "E-1")
    roster(practice, ["", "By number", "GMC 123 4567", "", ""], ["e-1", "By reference", "", "", ""])
    rows = [{"line": 2, "name": "By check", "person": me.pk}]
    roster(practice, ["", "By check", "", "", ""], report={"rows": rows})
    assert sorted(told(me)) == ["By check", "By number", "By reference"]


def test_a_long_roster_takes_no_more_queries(
    practice: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    me = employed(practice)
    others = [["", f"Colleague {number}", "", "", ""] for number in range(30)]
    roster(practice, *others, ["", "Me", "1234567", "", ""])
    with django_assert_max_num_queries(6):
        assert told(me) == ["Me"]


def test_the_day_of_an_upload_is_that_of_the_clock_on_the_wall(practice: Organisation) -> None:
    """Half past midnight of a summer's day, which in Greenwich is the evening before."""
    me = employed(practice)
    run = roster(practice, ["", "Me", "1234567", "", ""])
    RosterRun.objects.filter(pk=run.pk).update(
        uploaded_at=dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    )
    assert [row["uploaded"] for row in rows_in_rosters(me, today())] == ["2026-07-01"]


def test_a_staff_reference_is_no_other_column_s_number(practice: Organisation) -> None:
    """Staff reference 30, and everybody with 30 hours a week."""
    me = employed(practice, "30")
    roster(practice, ["31", "A colleague", "", "30", "1961"])
    assert rows_in_rosters(me, today()) == []


def test_a_number_inside_a_longer_one_is_another(practice: Organisation) -> None:
    me = employed(practice)
    roster(practice, ["91234567", "A colleague", "", "", "1961"])
    assert rows_in_rosters(me, today()) == []


def test_a_namesake_s_row_is_not_handed_out(practice: Organisation) -> None:
    me = employed(practice, name="Ann Able")
    roster(practice, ["", "Ann Able", "7654321", "30", "1961"])
    assert rows_in_rosters(me, today()) == []


def test_the_same_digits_of_another_body_are_another_person_s(practice: Organisation) -> None:
    me = employed(practice, registration="GPhC 1234567")
    colleague = employed(practice, registration="GMC 1234567")
    rows = [{"line": 2, "name": "A colleague", "person": colleague.pk}]
    run = roster(practice, ["", "A colleague", "1234567", "", ""], report={"rows": rows})
    assert rows_in_rosters(me, today()) == []
    assert lines_that_may_be(run, me) == set()


def test_who_only_says_that_they_work_here_gets_and_erases_nothing(
    practice: Organisation,
) -> None:
    """Anybody can take a name and declare a post: that must not open the practice's roster."""
    stranger = RegisteredPersonFactory(name="Ann Able")
    PostFactory(organisation=practice, person=stranger, confirmed_on=None)
    roster(practice, ["", "Ann Able", "7654321", "30", "1961"])
    assert rows_in_rosters(stranger, today()) == []
    assert list(rosters_about(stranger, today())) == []


@pytest.mark.parametrize("cells", [["Able", "Dr Ann"], ["Dr. ANN", "Able"], ["Able, Ann", "GP"]])
def test_erasing_finds_a_name_however_it_is_written(
    practice: Organisation, cells: list[str]
) -> None:
    me = employed(practice, name="Dr Ann Able")
    headers = ["First", "Second"]
    run = RosterRunFactory(
        practice=practice, headers=headers, columns={}, rows=[[2, cells], [3, ["Bob", "Baker"]]]
    )
    assert lines_that_may_be(run, me) == {2}


def test_erasing_leaves_a_namesake_who_is_somebody_else(practice: Organisation) -> None:
    me = employed(practice, name="Ann Able")
    namesake = employed(practice, registration="GMC 7654321", name="Ann Able")
    rows = [{"line": 2, "name": "Ann Able", "person": namesake.pk}]
    run = roster(practice, ["", "Ann Able", "7654321", "", ""], report={"rows": rows})
    assert lines_that_may_be(run, me) == set()


def merged(from_: Organisation, into: Organisation, on: dt.date) -> None:
    LinkFactory(kind=LinkKind.SUCCEEDED_BY, child=from_, parent=into, starts_on=on)


def test_rosters_of_a_practice_that_merged_are_followed_both_ways(practice: Organisation) -> None:
    """A file can wait in the one practice while the person is entered in the other."""
    into, later, sister, stranger = (PracticeFactory() for _ in range(4))
    long_ago = today() - dt.timedelta(days=400)
    merged(practice, into, long_ago)
    merged(into, later, long_ago)
    merged(sister, later, long_ago)
    runs = {place: roster(place) for place in (practice, into, later, sister, stranger)}

    def followed(place: Organisation) -> set[RosterRun]:
        me = employed(place, registration="")
        return set(rosters_about(me, today()))

    assert followed(practice) == {runs[practice], runs[into], runs[later]}
    assert followed(into) == {runs[practice], runs[into], runs[later]}
    assert followed(later) == {runs[practice], runs[into], runs[later], runs[sister]}
    assert followed(stranger) == {runs[stranger]}


def test_a_merger_to_come_is_none_yet(practice: Organisation) -> None:
    into = PracticeFactory()
    merged(practice, into, today() + dt.timedelta(days=1))
    waiting = roster(into)
    me = employed(practice)
    assert waiting not in rosters_about(me, today())
    assert waiting in rosters_about(me, today() + dt.timedelta(days=1))


def test_a_row_of_who_is_gone_is_nobody_else_s(practice: Organisation) -> None:
    """Linked to an account, a person moved to another key, and the old one was deleted."""
    me = employed(practice, name="Ann Able", registration="")
    rows = [{"line": 2, "name": "Ann Able", "person": me.pk + 1_000}]
    run = roster(practice, ["", "Ann Able", "", "", ""], report={"rows": rows})
    assert lines_that_may_be(run, me) == {2}
