"""What a private outlook is made of: told weeks of who shares, published bands of who does not."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models.private_outlook import BandedPractice, KnownPerson
from retention.models import Absence, Objection, Person, Post, SessionPattern
from retention.models.published_count import StaffGroup
from retention.queries.england import ages_of_england
from retention.queries.private_inputs import GROUP_OF_ROLE, CellInputs, private_inputs
from tests.factories.organisations import SharingFactory
from tests.factories.private_outlooks import (
    Places,
    another_network,
    hub_area,
    practice_with,
    tell,
    working,
)
from tests.factories.published import SEVEN, profile_of, staff_of
from tests.factories.retention import (
    DraftPatternFactory,
    PersonFactory,
    PostFactory,
    SessionCellFactory,
)

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 6, 1)


@pytest.fixture
def area() -> Places:
    return hub_area()


def cell(area: Places, place: str = "network", group: str = "gp") -> CellInputs:
    return private_inputs(ON)[area[place].code, group]


def has_cell(area: Places, group: str = "gp") -> bool:
    return (area["network"].code, group) in private_inputs(ON)


def test_people_come_with_their_age_and_their_told_week(area: Places) -> None:
    practice = practice_with(area, 0)
    working(practice, born=1966, half_days=7)
    [person] = cell(area).people
    assert person.sessions == 7
    assert person.ages is not None
    assert (person.ages.lower, person.ages.upper) == (60, 60)


def test_sessions_are_of_one_length_everywhere(area: Places) -> None:
    """Someone's own session may last three hours; figures are of 4 h 10 min."""
    practice = practice_with(area, 0)
    post = working(practice, half_days=5)
    Post.objects.filter(pk=post.pk).update(session_minutes=180)
    assert cell(area).people[0].sessions == 5


def test_a_person_with_two_posts_is_one_person_and_two_records(area: Places) -> None:
    first, second = practice_with(area, 0), practice_with(area, 0)
    post = working(first, half_days=4)
    other = PostFactory(person=post.person, organisation=second, role="salaried")
    tell(other, 2)
    found = cell(area)
    assert [person.sessions for person in found.people] == [6]
    assert len(found.records) == 2
    assert len({record.person for record in found.records}) == 1
    assert {record.practice for record in found.records} == {first.code, second.code}


def test_two_practices_with_the_same_number_list_one_person(area: Places) -> None:
    """Counted as two they would hide others behind a colleague who is not there."""
    first, second = (working(practice_with(area, 0), half_days=4) for _ in range(2))
    assert len(cell(area).people) == 2
    for post in (first, second):
        Person.objects.filter(pk=post.person_id).update(registration="GMC 1234567")
    found = cell(area)
    assert [person.sessions for person in found.people] == [8]
    assert len(found.records) == 2
    assert len({record.person for record in found.records}) == 1


@pytest.mark.parametrize(
    ("role", "group"),
    [
        ("salaried", StaffGroup.GP),
        ("retainer", StaffGroup.GP),
        ("advanced_nurse", StaffGroup.NURSES),
        ("pharmacist", StaffGroup.DIRECT_PATIENT_CARE),
        ("manager", StaffGroup.ADMIN),
    ],
)
def test_each_staff_group_has_cells_of_its_own(area: Places, role: str, group: str) -> None:
    practice_with(area, 1, role=role)
    assert {key[1] for key in private_inputs(ON)} == {group}


@pytest.mark.parametrize("role", ["trainee", "locum"])
def test_trainees_and_locums_are_in_no_outlook_of_a_place(area: Places, role: str) -> None:
    practice_with(area, 3, role=role)
    assert private_inputs(ON) == {}


def test_network_and_hub_have_what_is_shared_with_each(area: Places) -> None:
    practice_with(area, 2)
    practice_with(area, 3, shares=["network"])
    practice_with(area, 4, shares=["hub"])
    practice_with(area, 5, shares=[])
    assert len(cell(area).people) == 5
    assert len(cell(area, "hub").people) == 6


def test_it_counts_what_the_one_queryset_counts(area: Places) -> None:
    """`in_figures` with the recipient is the rule of the house; here all cells are made at once."""
    for shares in (["network", "hub"], ["network"], ["hub"], []):
        posts = practice_with(area, 3, shares=shares)
        leaver = working(posts)
        Post.objects.filter(pk=leaver.pk).update(ends_on=ON)
        Objection.objects.create(person=working(posts).person, starts_on=ON)
    for place in ("network", "hub"):
        allowed = Post.objects.in_figures(ON, shared_with=area[place])
        assert len(cell(area, place).records) == allowed.count() == 6


def test_sharing_with_a_network_that_a_practice_has_left_counts_nowhere(area: Places) -> None:
    practice_with(area, 3)
    elsewhere = another_network(area)
    practice = practice_with(elsewhere, 3, shares=["hub"])
    SharingFactory(practice=practice, recipient=area["network"], thing="patterns")
    assert len(cell(area).people) == 3
    assert len(cell(area, "hub").people) == 6


def test_sharing_the_published_outlook_shares_no_post(area: Places) -> None:
    practice = practice_with(area, 3, shares=[])
    SharingFactory(practice=practice, recipient=area["network"], thing="outlook")
    assert private_inputs(ON) == {}


class TestPrivateThings:
    """Drafts, plans, weeks to come and absences are not there."""

    def test_a_draft_is_no_week(self, area: Places) -> None:
        post = working(practice_with(area, 2), half_days=3)
        before = cell(area)
        draft = DraftPatternFactory(post=post, starts_on=ON)
        SessionCellFactory(pattern=draft)
        assert cell(area) == before
        assert SessionPattern.objects.filter(post=post).count() == 2

    def test_a_week_that_begins_later_is_not_there_yet(self, area: Places) -> None:
        post = working(practice_with(area, 0), half_days=3)
        tell(post, 9, dt.date(2026, 6, 2))
        assert [person.sessions for person in cell(area).people] == [3]

    def test_a_week_told_after_the_day_is_not_there_yet(self, area: Places) -> None:
        post = working(practice_with(area, 0), half_days=3)
        told_late = dt.datetime(2026, 6, 5, tzinfo=dt.UTC)
        post.patterns.update(told_at=told_late)
        assert not has_cell(area)

    def test_being_away_changes_nothing(self, area: Places) -> None:
        post = working(practice_with(area, 2))
        before = cell(area)
        Absence.objects.create(post=post, starts_on=dt.date(2026, 1, 1), reason="parental")
        assert cell(area) == before

    def test_what_is_really_worked_is_for_the_person_alone(self, area: Places) -> None:
        post = working(practice_with(area, 2))
        before = cell(area)
        post.patterns.update(actual_minutes=4000)
        assert cell(area) == before


class TestHoursNotTold:
    def test_contracted_time_stands_in(self, area: Places) -> None:
        practice = practice_with(area, 0)
        PostFactory(organisation=practice, contracted_minutes=1500)
        assert cell(area).people[0].sessions == 6

    def test_else_the_published_average_of_the_practice(self, area: Places) -> None:
        practice = practice_with(area, 0)
        profile_of(practice, SEVEN, dt.date(2026, 4, 1))
        PostFactory(organisation=practice)
        assert cell(area).people[0].sessions == pytest.approx(6.3)

    def test_else_the_post_is_left_out(self, area: Places) -> None:
        PostFactory(organisation=practice_with(area, 0))
        assert not has_cell(area)

    @pytest.mark.parametrize("month", [None, dt.date(2026, 4, 1)])
    def test_who_works_no_session_hides_nobody(self, area: Places, month: dt.date | None) -> None:
        """A week told without a half-day is known: the practice's average says nothing of it."""
        practice = practice_with(area, 0)
        if month:
            profile_of(practice, SEVEN, month)
        working(practice, half_days=0)
        PostFactory(organisation=practice, contracted_minutes=0)
        assert not has_cell(area)


class TestAges:
    def of(self, area: Places, person: Person) -> KnownPerson:
        post = PostFactory(person=person, organisation=practice_with(area, 0))
        tell(post, 4)
        [found] = cell(area).people
        return found

    def test_a_band_moves_on_with_the_years(self, area: Places) -> None:
        said = PersonFactory(year_of_birth=None, age_band="55TO59", age_band_on=dt.date(2024, 9, 1))
        ages = self.of(area, said).ages
        assert ages is not None
        assert (ages.lower, ages.upper) == (57, 61)

    def test_not_known_stays_not_known(self, area: Places) -> None:
        assert self.of(area, PersonFactory(year_of_birth=None)).ages is None

    @pytest.mark.parametrize("years", [(1966, None), (None, 1966)])
    def test_the_practice_that_knows_an_age_says_it_for_both(
        self, area: Places, years: tuple[int | None, ...]
    ) -> None:
        for born in years:
            post = working(practice_with(area, 0), half_days=4)
            Person.objects.filter(pk=post.person_id).update(
                registration="GMC 1234567", year_of_birth=born
            )
        [person] = cell(area).people
        assert person.ages is not None
        assert person.ages.lower == 60


class TestOthersAsPublished:
    @pytest.mark.parametrize("group", StaffGroup.values)
    def test_where_no_age_is_known_it_is_that_of_the_public_outlook(
        self, area: Places, group: str
    ) -> None:
        month = dt.date(2026, 5, 1)
        role = next(role for role, of in GROUP_OF_ROLE.items() if of == group)
        practice = practice_with(area, 1, role=role)
        staff_of(practice, group, {"25to29": 3}, month)
        assert cell(area, group=group).fallback == tuple(ages_of_england(month, group))

    def test_who_does_not_share_enters_by_published_counts(self, area: Places) -> None:
        practice_with(area, 2)
        other = practice_with(area, 9, shares=[])
        profile_of(other, SEVEN, dt.date(2026, 4, 1))
        found = cell(area)
        assert len(found.people) == 2
        [row] = found.published
        assert isinstance(row, BandedPractice)
        assert sum(row.people) == 7
        assert row.sessions_per_head == pytest.approx(6.3)

    def test_who_shares_enters_once(self, area: Places) -> None:
        profile_of(practice_with(area, 2), SEVEN, dt.date(2026, 4, 1))
        found = cell(area)
        assert found.published == ()
        assert len(found.everyone) == 1

    def test_who_shares_and_has_nobody_to_count_enters_by_published_counts(
        self, area: Places
    ) -> None:
        practice_with(area, 2)
        profile_of(practice_with(area, 0), SEVEN, dt.date(2026, 4, 1))
        assert len(cell(area).published) == 1

    def test_the_newest_month_that_had_ended_is_taken(self, area: Places) -> None:
        other = practice_with(area, 0, shares=[])
        practice_with(area, 2)
        for month in (4, 5, 6):
            profile_of(other, {"55to59": month}, dt.date(2026, month, 1))
        found = cell(area)
        assert found.published_month == dt.date(2026, 5, 1)
        assert sum(found.published[0].people) == 5

    def test_figures_that_are_not_known_are_left_out(self, area: Places) -> None:
        practice_with(area, 2)
        profile_of(practice_with(area, 0, shares=[]), None, dt.date(2026, 4, 1))
        assert cell(area).published == ()


class TestRecords:
    def test_they_lead_to_nobody(self, area: Places) -> None:
        post = working(practice_with(area, 0))
        [record] = cell(area).records
        person = post.person
        told = f"{record.id} {record.person}"
        for secret in (person.public_id.hex, post.public_id.hex, person.subject_id.hex):
            assert secret[:8] not in told
        assert person.name not in told

    def test_an_altered_week_is_another_record_of_the_same_person(self, area: Places) -> None:
        post = working(practice_with(area, 0), half_days=3)
        [before] = cell(area).records
        tell(post, 5, dt.date(2026, 5, 1))
        [after] = cell(area).records
        assert before.person == after.person
        assert before.id != after.id

    def test_growing_older_and_a_new_published_month_alter_nothing(self, area: Places) -> None:
        practice = practice_with(area, 3)
        PostFactory(organisation=practice)
        profile_of(practice, SEVEN, dt.date(2026, 4, 1))
        before = cell(area).records
        profile_of(practice, {"60to64": 4}, dt.date(2026, 12, 1))
        later = private_inputs(dt.date(2027, 1, 1))[area["network"].code, "gp"]
        assert later.records == before
        assert later.people != cell(area).people

    def test_the_digest_is_of_the_inputs(self, area: Places) -> None:
        post = working(practice_with(area, 3))
        before = cell(area).digest
        assert cell(area).digest == before
        tell(post, 9, dt.date(2026, 5, 1))
        assert cell(area).digest != before


def test_the_number_of_queries_does_not_grow(area: Places) -> None:
    profile_of(practice_with(area, 2), SEVEN, dt.date(2026, 4, 1))
    with CaptureQueriesContext(connection) as few:
        private_inputs(ON)
    for network in range(3):
        places = another_network(area)
        for _ in range(network + 1):
            profile_of(practice_with(places, 2), SEVEN, dt.date(2026, 4, 1))
    with CaptureQueriesContext(connection) as many:
        private_inputs(ON)
    assert len(few) == len(many) <= 18
