"""My own outlook: what it is made from, for whom, and that it is kept nowhere."""

import datetime as dt

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from accounts.actor import Actor
from accounts.models.audit_event import OWN_PAGE_ACTS, Act, AuditEvent
from models.person_outlook import ONE_SESSION_MENTORING, TWO_SESSIONS_FEWER
from models.standard_table import standard_table
from organisations.clock import today
from retention.actions.plans import save_plan
from retention.models import Person
from retention.queries.my_record import my_record
from retention.queries.own_outlook import coming_year_of, own_outlook
from retention.queries.plans import PlanContent
from tests.factories.accounts import actor
from tests.factories.retention import (
    DraftPatternFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
YEAR = today().year


@pytest.fixture
def person() -> Person:
    return RegisteredPersonFactory(year_of_birth=YEAR - 60)


@pytest.fixture
def me(person: Person) -> Actor:
    return actor(user=person.user)


def test_my_own_outlook_uses_my_age_and_my_told_sessions(person: Person, me: Actor) -> None:
    pattern = SessionPatternFactory(post__person=person)
    for part in ("am", "pm"):
        SessionCellFactory(pattern=pattern, part=part)
    draft = DraftPatternFactory(post=pattern.post, starts_on=None)
    SessionCellFactory(pattern=draft, weekday=3)
    own = own_outlook(me, my_record(me))
    assert own.outlook is not None
    assert (own.missing, own.age, own.sessions) == ("", 60, 2)
    assert (own.outlook.age, own.outlook.sessions) == (60, 2)
    assert own.planned is None


def test_looking_is_audited_as_an_act_that_no_administrator_sees(me: Actor) -> None:
    own_outlook(me, my_record(me))
    event = AuditEvent.objects.get(act=Act.LOOKED_AT_OWN_OUTLOOK)
    assert (event.actor, event.subject) == (me.subject_id, me.subject_id)
    assert Act.LOOKED_AT_OWN_OUTLOOK in OWN_PAGE_ACTS


def test_anothers_record_gives_no_outlook(me: Actor) -> None:
    with pytest.raises(Http404):
        own_outlook(actor(), my_record(me))


@pytest.mark.parametrize(
    ("day", "plan_year", "coming"),
    [
        # In January a plan for the end of next year is not within twelve months.
        (dt.date(2027, 1, 5), 2028, 2),
        (dt.date(2027, 1, 5), 2027, 1),
        (dt.date(2026, 6, 30), 2027, 2),
        (dt.date(2026, 7, 1), 2027, 1),
        (dt.date(2026, 12, 31), 2026, 1),
        (dt.date(2026, 12, 31), 2030, 4),
    ],
)
def test_the_middle_of_a_plans_year_says_which_coming_year_it_is(
    day: dt.date, plan_year: int, coming: int
) -> None:
    assert coming_year_of(plan_year, day) == coming


@pytest.mark.parametrize("retires_in", [0, 1, 4])
def test_my_plan_is_a_what_if_beside_the_outlook(me: Actor, retires_in: int) -> None:
    save_plan(by=me, content=PlanContent(YEAR + retires_in, ()), version=0)
    own = own_outlook(me, my_record(me))
    assert own.planned is not None
    assert own.outlook is not None
    assert own.planned.plan_years == coming_year_of(YEAR + retires_in, today())
    assert own.outlook.plan_years is None


def test_a_plan_without_a_year_adds_nothing(me: Actor) -> None:
    save_plan(by=me, content=PlanContent(None, ("talk",)), version=0)
    own = own_outlook(me, my_record(me))
    assert (own.planned, own.plan_year) == (None, None)


@pytest.mark.parametrize(
    ("details", "missing"),
    [
        ({"profession": ""}, "profession"),
        ({"profession": "other"}, "role"),
        ({"year_of_birth": None}, "year_of_birth"),
        ({"year_of_birth": YEAR - 24}, "age"),
    ],
)
def test_no_outlook_is_made_up(
    person: Person, me: Actor, details: dict[str, object], missing: str
) -> None:
    Person.objects.filter(pk=person.pk).update(**details)
    own = own_outlook(me, my_record(me))
    assert (own.missing, own.outlook) == (missing, None)


def test_someone_who_is_not_in_the_record_has_no_outlook() -> None:
    me = actor()
    assert own_outlook(me, my_record(me)).missing == "profession"


def test_the_table_does_not_speak_for_gps_in_training(person: Person, me: Actor) -> None:
    PostFactory(person=person, role="trainee")
    assert own_outlook(me, my_record(me)).missing == "in_training"
    PostFactory(person=person, role="locum")
    assert own_outlook(me, my_record(me)).missing == ""


@pytest.mark.parametrize(
    ("profession", "role", "group"),
    [
        ("gp", "salaried", "gp"),
        ("nurse", "nurse", "nurses"),
        ("pharmacist", "pharmacist", "dpc"),
        ("manager", "manager", "admin"),
        ("other", "other_clinical", "dpc"),
        ("other", "other", "admin"),
    ],
)
def test_each_profession_has_the_table_of_its_staff_group(
    person: Person, me: Actor, profession: str, role: str, group: str
) -> None:
    PostFactory(person=person, role=role)
    Person.objects.filter(pk=person.pk).update(profession=profession)
    own = own_outlook(me, my_record(me))
    table = standard_table(group)
    assert own.outlook is not None
    assert (own.missing, own.staff_group) == ("", group)
    assert own.outlook.table_version == table.version
    retire, otherwise = own.outlook.horizons[1].retire, own.outlook.horizons[1].leave_otherwise
    assert [retire, otherwise] == pytest.approx(list(table.hazards(60)))
    assert [told.chance for told in own.explanations] == pytest.approx(list(table.hazards(60)))


def test_what_ifs_take_the_ranges_that_the_person_sets(person: Person, me: Actor) -> None:
    pattern = SessionPatternFactory(post__person=person)
    for weekday in range(4):
        SessionCellFactory(pattern=pattern, weekday=weekday)
    effects = {TWO_SESSIONS_FEWER: (10, 30), ONE_SESSION_MENTORING: (0, 0)}
    fewer, mentoring = own_outlook(me, my_record(me), effects).what_ifs
    assert (fewer.sessions, fewer.effect.low, fewer.effect.high) == (2, 0.1, 0.3)
    assert (mentoring.sessions, mentoring.mentoring) == (3, 1)
    own = own_outlook(me, my_record(me), effects)
    assert own.outlook is not None
    assert mentoring.stay(5) == pytest.approx([own.outlook.horizons[5].stay] * 2)
    assert fewer.stay(5)[0] > own.outlook.horizons[5].stay


def test_nothing_but_the_look_itself_is_written(person: Person, me: Actor) -> None:
    SessionCellFactory(pattern__post__person=person)
    record = my_record(me)
    with CaptureQueriesContext(connection) as asked:
        own_outlook(me, record, {TWO_SESSIONS_FEWER: (1, 2)})
    writes = [q["sql"] for q in asked if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(writes) == 1
    assert AuditEvent._meta.db_table in writes[0]
