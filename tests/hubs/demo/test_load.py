import datetime as dt
import time

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from accounts.models import AuditEvent, Recognition, RoleGrant, User
from hubs.demo import load
from hubs.demo.accounts import ACCOUNTS
from hubs.demo.load import Demo, DemoRefusedError, is_loaded, load_demo, make_demo
from hubs.models import (
    ConversationRequest,
    ConversationRound,
    Meeting,
    MenteeRequest,
    MentorOffer,
    Pair,
    PairingRun,
    Scheme,
)
from hubs.queries.conversations import contact_of, open_invitations
from organisations.clock import today
from organisations.models import Agreement, Link, Organisation
from organisations.models.organisation import Kind
from organisations.periods import holds_on
from organisations.queries.history import names_on, practices_over_time, successor_of
from organisations.queries.places import networks_of, practices_of
from retention.models import (
    Deprivation,
    NetworkEntitlement,
    NetworkWorkforce,
    Person,
    Plan,
    Post,
    PrivateCell,
    PrivateSnapshot,
    PublishedCount,
    PublishedProfile,
    PublishedRelease,
    RegisteredPatients,
    RosterConfirmation,
    SessionCell,
    SessionPattern,
)
from retention.models.post import PostRole
from retention.models.private_outlook import Withheld
from retention.models.published_count import StaffGroup
from retention.queries.network_staff import entitlement, financial_year, network_staff
from retention.queries.patterns import told_patterns

OURS = ("organisations", "accounts", "retention", "hubs", "account")
GP_ROLES = (PostRole.PARTNER, PostRole.SALARIED, PostRole.RETAINER, PostRole.LOCUM)
NURSE_ROLES = (PostRole.NURSE, PostRole.ADVANCED_NURSE)


def tables() -> list[type[Model]]:
    return [model for app in OURS for model in apps.get_app_config(app).get_models()]


def checked_models() -> list[type[Model]]:
    """Return the models that the demo fills; the audit log is written by accounts.audit alone."""
    return [
        Agreement,
        ConversationRequest,
        ConversationRound,
        Deprivation,
        EmailAddress,
        Link,
        Meeting,
        MenteeRequest,
        MentorOffer,
        NetworkEntitlement,
        NetworkWorkforce,
        Organisation,
        Pair,
        PairingRun,
        Person,
        Post,
        PublishedCount,
        Recognition,
        RegisteredPatients,
        RoleGrant,
        Scheme,
        SessionCell,
        SessionPattern,
        User,
    ]


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in tables()}


def hub() -> Organisation:
    return Organisation.objects.get(slug="demo-hub")


def working(roles: tuple[PostRole, ...]) -> int:
    posts = Post.objects.as_at(today()).filter(role__in=roles, confirmed_on__isnull=False)
    return posts.values("person").distinct().count()


@pytest.mark.usefixtures("demo", "db")
class TestLoaded:
    def test_one_icb_eight_networks_and_fifty_practices(self) -> None:
        assert practices_of(hub(), today()).count() == 50
        assert networks_of(hub(), today()).count() == 8
        assert Organisation.objects.filter(kind=Kind.ICB).count() == 1

    def test_350_gps_and_150_nurses_work_there_today(self) -> None:
        assert working(GP_ROLES) == 350
        assert working(NURSE_ROLES) == 150
        assert working((PostRole.TRAINEE,)) == 36

    def test_everyone_in_post_has_told_a_week_that_holds_today(self) -> None:
        posts = Post.objects.as_at(today())
        patterns = told_patterns(posts).filter(holds_on(today()))
        assert patterns.count() == posts.count()
        assert all(pattern.cells.all() for pattern in patterns)

    def test_every_post_in_force_may_be_counted(self) -> None:
        """The hub's agreement and notice cover what its practices added by hand."""
        assert Post.objects.in_figures(today()).count() == Post.objects.as_at(today()).count()

    def test_four_practices_in_five_have_confirmed_their_staff(self) -> None:
        assert RosterConfirmation.objects.values("practice").distinct().count() == 40

    def test_earlier_weeks_are_kept(self) -> None:
        ended = SessionPattern.objects.filter(ends_on__isnull=False, post__ends_on__isnull=True)
        assert ended.count() > 50
        assert all(
            SessionPattern.objects.filter(post=old.post_id, starts_on=old.ends_on).exists()
            for old in ended
        )

    def test_24_months_of_history_for_every_place(self) -> None:
        for place in (hub(), *networks_of(hub(), today())):
            for group in StaffGroup.values:
                profiles = PublishedProfile.objects.filter(organisation=place, staff_group=group)
                assert profiles.count() == 24

    def test_every_published_file_is_there_and_says_that_it_is_made_up(self) -> None:
        releases = PublishedRelease.objects.all()
        assert {each.format for each in releases} == {
            "practice_level",
            "registered_patients",
            "deprivation",
            "practice_rurality",
            "network_workforce",
        }
        assert all(each.file_name.startswith("made-up-for-the-demo-") for each in releases)

    def test_patients_by_age_are_as_many_as_the_workforce_file_says(self) -> None:
        month = RegisteredPatients.objects.latest("month").month
        listed = RegisteredPatients.objects.filter(month=month)
        assert listed.count() == Deprivation.objects.count() - 2 == 50
        for each in listed:
            assert each.total == sum(map(sum, each.counts.values()))
        profiles = PublishedProfile.objects.filter(month=month, staff_group="gp")
        for each in listed.select_related("practice"):
            of_workforce = profiles.get(organisation=each.practice).patients
            # One is of the first of the month, the other of its last day.
            assert each.total == pytest.approx(of_workforce, rel=0.001)

    def test_networks_have_staff_of_their_own_and_one_an_entitlement(self) -> None:
        for network in networks_of(hub(), today()):
            assert network_staff(network, today())
        first = Organisation.objects.get(code="U00001")
        entered, found = entitlement(first, financial_year(today())), network_staff(first, today())
        assert entered
        assert entered.fte
        assert found
        used = (found.fte(additional=True) or 0) / float(entered.fte)
        assert 0.7 < used < 1

    def test_two_practices_are_history(self) -> None:
        network = Organisation.objects.get(code="U00003")
        gone = [one for one in practices_over_time(network) if one.ends_on]
        assert [one.place.code for one in gone] == ["Y99051"]
        into = successor_of(gone[0].place, today())
        assert into
        assert into in practices_of(network, today())
        former = Organisation.objects.get(code="U00005")
        names = names_on([former], dt.date(2022, 1, 1))
        assert names == {former.pk: "Larkshire Town and Fields PCN"}

    def test_30_mentors_and_45_mentees(self) -> None:
        assert MentorOffer.objects.filter(hub=hub()).count() == 30
        assert MenteeRequest.objects.filter(hub=hub()).count() == 45

    def test_an_open_and_a_draft_scheme(self) -> None:
        states = Scheme.objects.filter(hub=hub()).values_list("state", flat=True)
        assert sorted(states) == ["closed", "draft", "open"]

    def test_private_outlooks_of_two_months_with_a_network_withheld(self) -> None:
        *_, newest = PrivateSnapshot.objects.all()
        assert newest.month == today().replace(day=1)
        cells = PrivateCell.objects.filter(snapshot=newest, staff_group="gp")
        found = {cell.place.code: cell.withheld for cell in cells.select_related("place")}
        assert found.pop("U00008") == Withheld.FEW_PRACTICES
        assert found == dict.fromkeys(("DEMOHUB", *(f"U0000{n}" for n in range(1, 8))), "")
        # Some have been let out again since, and some stand as they were.
        months = {cell.standing.snapshot.month for cell in cells if cell.standing}
        assert newest.month in months
        assert len(months) == 2

    def test_one_network_was_invited_and_one_person_asked(self) -> None:
        invited = ConversationRound.objects.get()
        assert invited.network.name.startswith("Saltmarsh Reach")
        asked = ConversationRequest.objects.get()
        assert contact_of(asked).contact.startswith("07700 900")
        # A visitor finds the invitation, and nobody they could sign in as has asked.
        senior = User.objects.get(email="senior.gp@demo.example")
        assert open_invitations(senior) == [invited]
        accounts = [account.email for account in ACCOUNTS]
        assert asked.person.user is not None
        assert asked.person.user.email not in accounts

    def test_nobody_has_a_plan(self) -> None:
        """A plan is its owner's secret: an invented one would be shown to visitors."""
        assert not Plan.objects.exists()

    @pytest.mark.parametrize("model", checked_models(), ids=lambda model: model.__name__)
    def test_every_record_is_as_its_model_asks(self, model: type[Model]) -> None:
        """A bulk insert asks the database alone, which knows keys and constraints."""
        asked = [field.name for field in model._meta.concrete_fields if not field.is_relation]
        found = list(model._default_manager.all())
        assert found
        for row in found:
            kept = {name for name in asked if getattr(row, name) not in ([], "")}
            row.clean_fields(exclude={field.name for field in model._meta.fields} - kept)
            row.clean()

    def test_a_second_load_changes_nothing_and_is_quick(self) -> None:
        before = rows()
        started = time.perf_counter()
        assert load_demo() is False
        assert time.perf_counter() - started < 1
        assert rows() == before

    def test_it_is_in_the_audit_log(self) -> None:
        event = AuditEvent.objects.get(act="started_hub")
        assert (event.system, event.thing) == ("load_demo", "hub:demo-hub")


@pytest.mark.django_db
def test_refused_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "IS_PRODUCTION", True)
    with pytest.raises(DemoRefusedError, match="not loaded in production"):
        load_demo()
    assert not is_loaded()


@pytest.mark.django_db
@pytest.mark.no_cover
def test_nothing_is_left_when_something_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        assert Person.objects.exists(), "people are stored before the published side"
        raise OSError("the disk is full")

    before = rows()
    monkeypatch.setattr(load, "store_releases", fail)
    with pytest.raises(OSError, match="disk is full"):
        load_demo()
    assert rows() == before


@pytest.mark.django_db
@pytest.mark.no_cover
def test_of_two_loads_at_once_the_second_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, made: Demo
) -> None:
    """The first has finished while the second was making its people."""
    monkeypatch.setattr(load, "make_demo", lambda on: made)
    answers = iter([False, True])
    monkeypatch.setattr(load, "is_loaded", lambda: next(answers))
    assert load_demo() is False
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.no_cover
def test_loads_beside_a_practice_map(monkeypatch: pytest.MonkeyPatch) -> None:
    england = Organisation.objects.create(code="ENG", kind=Kind.COUNTRY, name="England")
    monkeypatch.setattr(load, "_store_published", lambda demo: None)
    assert load_demo() is True
    assert practices_of(england, today()).count() == 50


def everything(demo: Demo) -> list[object]:
    """Return what two loads must share; who hashed a password when is no part of it."""
    records, mentoring = demo.records, demo.mentoring
    return [
        [(place.code, place.name) for place in demo.places.made],
        [(d.code, d.latitude, d.longitude) for d in demo.places.districts],
        [(user.public_id, user.email, user.name) for user in records.users.values()],
        [(p.public_id, p.name, p.year_of_birth, p.subject_id) for p in records.people.values()],
        [(p.public_id, p.role, p.starts_on, p.ends_on, p.end_reason) for p in records.posts],
        [(p.public_id, p.starts_on, p.ends_on, p.told_at) for p in records.patterns],
        [(c.pattern.public_id, c.weekday, c.part, c.kind, c.minutes) for c in records.cells],
        # The digest is of the layout and of every cell.
        [(item.practice, item.month, item.staff_group, item.digest) for item in demo.printed],
        [(one.code, one.patients, one.score) for one in demo.lists],
        [(each.month, each.posts, each.roles) for each in demo.network_staff],
        [(each.year, each.pounds, each.fte) for each in demo.entitlements],
        [(o.public_id, o.half_days, o.interests, o.hours_a_month) for o in mentoring.offers],
        [(r.public_id, r.half_days, r.interests, r.district) for r in mentoring.requests],
        [(p.public_id, p.score, p.started_on) for p in mentoring.pairs],
        [(m.public_id, m.held_on, m.minutes, m.kind) for m in mentoring.meetings],
    ]


@pytest.mark.no_cover
def test_same_day_same_demo(made: Demo, made_on: dt.date) -> None:
    assert everything(make_demo(made_on)) == everything(made)


@pytest.mark.no_cover
def test_the_same_people_on_another_day(made: Demo, made_on: dt.date) -> None:
    """Links and names last; only dates move on, and in a new month those who left in two years."""
    names, later = (
        {key: who.name for key, who in demo.records.people.items() if not key.startswith("left-")}
        for demo in (made, make_demo(made_on + dt.timedelta(days=9)))
    )
    assert later == names


@pytest.mark.parametrize("day", [dt.date(2027, 1, 1), dt.date(2028, 2, 29), dt.date(2027, 8, 3)])
@pytest.mark.no_cover
def test_can_be_made_on_any_day(day: dt.date) -> None:
    demo = make_demo(day)
    assert len(demo.mentoring.offers) == 30
    assert len(demo.mentoring.requests) == 45
    assert demo.months[-1] < day.replace(day=1)
    assert all(post.starts_on <= day for post in demo.records.posts)
