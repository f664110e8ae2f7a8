"""Loads the demo hub: made in memory first, then stored in one transaction, all or nothing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models, transaction

from accounts import audit
from accounts.actor import Actor
from accounts.models import Recognition, RoleGrant, Subject, User
from accounts.models.audit_event import Act
from hubs.demo.accounts import HOME, clinicians
from hubs.demo.conversations import Conversations, make_conversations, store_conversations
from hubs.demo.counted import counted_colleague
from hubs.demo.former import add_former, move_people
from hubs.demo.mentoring import Mentoring, choose_mentees, choose_mentors, make_mentoring
from hubs.demo.names import Names
from hubs.demo.network_staff import make_entitlements, make_network_staff
from hubs.demo.other_staff import make_other_staff
from hubs.demo.patients import PracticeList, make_lists
from hubs.demo.patterns import vary_patterns
from hubs.demo.places import HUB_SLUG, Places, make_places
from hubs.demo.published import printed
from hubs.demo.records import Records, make_records
from hubs.demo.releases import store_releases
from hubs.demo.second_post import second_post
from hubs.demo.seed import stream
from hubs.demo.staff import make_staff
from hubs.demo.turnover import add_history, give_weeks, history_months, make_trainees
from hubs.models import Meeting, MenteeRequest, MentorOffer, Pair, PairingRun, Scheme
from organisations.clock import today
from organisations.models import Agreement, Link, Organisation, OrganisationName, Sharing
from organisations.models.organisation import ENGLAND, Kind
from retention.actions.at_rest import collector_at_rest
from retention.actions.bulk_write import upsert
from retention.actions.experience_releases import release_experience
from retention.actions.practice_level import PrintedCells
from retention.actions.private_outlooks import make_private_outlooks
from retention.models import (
    Absence,
    NetworkEntitlement,
    NetworkWorkforce,
    Person,
    Post,
    PostcodeDistrict,
    PrivateSnapshot,
    RosterConfirmation,
    SessionCell,
    SessionPattern,
)

BATCH = 500


class DemoRefusedError(Exception):
    """The demo may not be loaded here; the message says why."""


@dataclass
class Demo:
    """All that a load stores, unsaved."""

    places: Places
    records: Records
    absences: list[Absence]
    mentoring: Mentoring
    conversations: Conversations
    months: list[dt.date]
    printed: list[PrintedCells]
    lists: list[PracticeList]
    network_staff: list[NetworkWorkforce]
    entitlements: list[NetworkEntitlement]


def is_loaded() -> bool:
    """Whether the demo hub is in this database."""
    return Organisation.objects.filter(slug=HUB_SLUG).exists()


def load_demo() -> bool:
    """Load the demo hub unless it is there; return whether this call did.

    Raises DemoRefusedError in production, where invented people must not stand beside real ones.
    """
    if settings.IS_PRODUCTION:
        raise DemoRefusedError(
            "The demo hub is not loaded in production: its accounts have a password that everyone"
            " knows. Set RETENTION_HUB_ENV=demo and a database of its own to try the demo."
        )
    if is_loaded():
        return False
    with collector_at_rest():
        demo = make_demo(today())
        with transaction.atomic():
            # Someone else may have loaded it meanwhile.
            if is_loaded():
                return False
            _store(demo)
    return True


def make_demo(on: dt.date) -> Demo:
    """Make the demo as it stands on a day; nothing is read from the database or written to it."""
    country = Organisation(code=ENGLAND, kind=Kind.COUNTRY, name="England")
    places = make_places(country)
    names, months = Names(stream("names")), history_months(on)
    former = add_former(places, months)
    staff = make_staff(places, names, on, months[0])
    # Who left is drawn by age, so how many depends on the day: they take their names last.
    trainees = make_trainees(places, names, on)
    gone = add_history(staff, names, months)
    staff += trainees
    everyone = [*staff, *gone]
    give_weeks(everyone, months)
    accounts = clinicians([one for one in staff if one.works_on(on)], places, on)
    taken = {one.key for one in accounts.values()}
    mentors = choose_mentors(staff, on, taken)
    mentees = choose_mentees(staff, on, taken | {one.key for one in mentors})
    joined = [*mentors, *(one for one, _ in mentees)]
    move_people(former, staff, taken | {one.key for one in joined})
    everyone.append(second_post(accounts["partner"], months))
    records = make_records(places, everyone, accounts, joined)
    absences = vary_patterns(records, places.practices[HOME], on)
    mentoring = make_mentoring(places, records, mentors, mentees, on)
    lists = make_lists(places, former)
    counted = [counted_colleague(one, places) for one in everyone]
    counted += make_other_staff(places, former, months, on)
    return Demo(
        places=places,
        records=records,
        absences=absences,
        mentoring=mentoring,
        conversations=make_conversations(places, mentoring, on),
        months=months,
        printed=list(printed(counted, lists, months, on)),
        lists=lists,
        network_staff=make_network_staff(places, months),
        entitlements=make_entitlements(places, on),
    )


def _store(demo: Demo) -> None:
    """Save everything; call inside a transaction."""
    by = Actor.command("load_demo")
    _store_places(demo.places)
    _store_records(demo.records)
    _save(Absence, demo.absences)
    _store_published(demo)
    _store_mentoring(demo.mentoring)
    store_conversations(demo.conversations)
    _make_private_outlooks(today())
    audit.record(by=by, act=Act.STARTED_HUB, thing=f"hub:{HUB_SLUG}", why="Demo")


def _save(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def _store_places(places: Places) -> None:
    # A practice map that was loaded before has brought England.
    country, _ = Organisation.objects.get_or_create(
        code=ENGLAND, defaults={"kind": Kind.COUNTRY, "name": places.country.name}
    )
    places.country.pk = country.pk
    _save(Organisation, places.made)
    _save(OrganisationName, places.names)
    _save(Link, places.links)
    _save(PostcodeDistrict, places.districts)
    _save(Sharing, places.sharing)
    _save(Agreement, places.agreements)


def _store_records(records: Records) -> None:
    # In the order in which the rows name each other.
    _save(Subject, records.subjects)
    _save(User, records.users.values())
    _save(EmailAddress, records.addresses())
    _save(RoleGrant, records.grants)
    _save(Recognition, records.recognitions)
    _save(Person, records.people.values())
    _save(Post, records.posts)
    _save(SessionPattern, records.patterns)
    _save_cells(records.cells)
    _save(RosterConfirmation, _confirmations(records))


def _save_cells(cells: Iterable[SessionCell]) -> None:
    """Save half-days, the most of all records, as plain rows: their patterns are saved."""
    fields = ("pattern", "week", "weekday", "part", "kind", "minutes")
    rows = ((c.pattern.pk, c.week, c.weekday, c.part, c.kind, c.minutes) for c in cells)
    upsert(SessionCell, fields, rows, unique=fields[:4], all_new=True)


def _confirmations(records: Records) -> list[RosterConfirmation]:
    """Return when each practice last said how its staff stand; one in five never has.

    One in ten, among them that of the demo's manager, said so more than a year ago: posts to check.
    """
    practices = sorted(
        {post.organisation for post in records.posts if post.organisation.ends_on is None},
        key=lambda each: each.code,
    )
    return [
        RosterConfirmation(
            practice=practice,
            confirmed_on=today()
            - dt.timedelta(days=395 if number % 10 == 0 else 3 + 11 * (number % 5)),
        )
        for number, practice in enumerate(practices)
        if number % 5 != 4
    ]


def _store_published(demo: Demo) -> None:
    store_releases(demo.places, demo.printed, demo.lists, demo.network_staff, today())
    _save(NetworkEntitlement, demo.entitlements)


def _make_private_outlooks(on: dt.date) -> None:
    """Make those of half a year ago and of this month, as the service would have done."""
    if PrivateSnapshot.objects.exists():
        return  # of places that were there before: months are made in their order
    for month in ((on - dt.timedelta(days=183)), on):
        make_private_outlooks(month=month)
    release_experience()


def _store_mentoring(mentoring: Mentoring) -> None:
    _save(Scheme, mentoring.schemes)
    _save(MentorOffer, mentoring.offers)
    _save(MenteeRequest, mentoring.requests)
    mentoring.run.save()
    # A new row is dated now, whatever it is given.
    PairingRun.objects.filter(pk=mentoring.run.pk).update(asked_at=mentoring.run_asked_at)
    _save(Pair, mentoring.pairs)
    _save(Meeting, mentoring.meetings)
