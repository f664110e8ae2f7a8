"""Turns colleagues into records: accounts, people, posts and told weeks; nothing is saved here."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts import roles
from accounts.models import Recognition, RoleGrant, Subject, User
from accounts.models.recognition import RecognitionState
from hubs.demo.accounts import ACCOUNTS, DOMAIN, HOME, PASSWORD, DemoAccount
from hubs.demo.places import HUB_SINCE, Places
from hubs.demo.seed import stable_id
from hubs.demo.staff import Colleague
from organisations.models import Organisation
from organisations.models.organisation import Kind
from retention.models import Person, Post, SessionCell, SessionPattern
from retention.models.session_pattern import CellKind

NOTICE = dt.timedelta(days=21)


@dataclass
class Records:
    """Unsaved records, in lists that can be saved in this order; some by a colleague's key."""

    subjects: list[Subject] = field(default_factory=list)
    users: dict[str, User] = field(default_factory=dict)
    grants: list[RoleGrant] = field(default_factory=list)
    recognitions: list[Recognition] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    patterns: list[SessionPattern] = field(default_factory=list)
    cells: list[SessionCell] = field(default_factory=list)

    def addresses(self) -> list[EmailAddress]:
        """Return every user's address, confirmed; the demo has no mail server to confirm by."""
        return [
            EmailAddress(user=user, email=user.email, verified=True, primary=True)
            for user in self.users.values()
        ]


def make_records(
    places: Places,
    everyone: Sequence[Colleague],
    clinicians: Mapping[str, Colleague],
    mentoring: Iterable[Colleague],
) -> Records:
    """Return the records of everyone, with users for demo accounts and those who joined the hub.

    Users and people are found by a colleague's key, staff of the hub by the key of their account.
    """
    records = Records()
    _add_accounts(records, places, clinicians)
    for one in mentoring:
        user = _add_user(records, one.key, _address(one.name), one.name, password=None)
        _add_grant(records, user, roles.CLINICIAN.key, places.practices[one.practice], one)
    _add_recognitions(records, places.hub, clinicians)
    for one in everyone:
        _add_person(records, one, places.practices[one.practice])
    return records


def _add_accounts(records: Records, places: Places, clinicians: Mapping[str, Colleague]) -> None:
    # Every account has the same password, and hashing is slow on purpose.
    password = make_password(PASSWORD)
    for account in ACCOUNTS:
        one = clinicians.get(account.key)
        key, name = (one.key, one.name) if one else (account.key, account.name)
        user = _add_user(records, key, account.email, name, password)
        practice = places.practices[one.practice] if one else _place_of(account, places)
        grant = _add_grant(records, user, account.role.key, practice, one)
        # Beside the role, as in the service: the contract's holder may be a clinician.
        grant.holds_contract = account.holds_contract


def _place_of(account: DemoAccount, places: Places) -> Organisation:
    """Return where a role is held by someone who is no clinician: at home, or in the hub."""
    if Kind.PRACTICE in account.role.kinds:
        return places.practices[HOME]
    if Kind.NETWORK in account.role.kinds:
        return places.networks[places.network_of[HOME]]
    return places.hub


def _add_user(records: Records, key: str, email: str, name: str, password: str | None) -> User:
    subject = _add_subject(records, key)
    user = User(public_id=stable_id(f"user {key}"), email=email, name=name, subject=subject)
    # Without one there is no way in: only demo accounts are to be tried out.
    user.password = password or make_password(None)
    records.users[key] = user
    return user


def _add_subject(records: Records, key: str) -> Subject:
    subject = Subject(id=stable_id(f"subject {key}"))
    records.subjects.append(subject)
    return subject


def _add_grant(
    records: Records, user: User, role: str, place: Organisation, one: Colleague | None
) -> RoleGrant:
    grant = RoleGrant(
        public_id=stable_id(f"grant {user.email}"),
        user=user,
        role=role,
        organisation=place,
        starts_on=max(HUB_SINCE, one.starts_on) if one else HUB_SINCE,
    )
    records.grants.append(grant)
    return grant


def _add_recognitions(
    records: Records, hub: Organisation, clinicians: Mapping[str, Colleague]
) -> None:
    """Everyone with a clinician's account is recognised, but for one who waits for an answer."""
    administrator = records.users["administrator"]
    waiting = clinicians["partner"].key
    staff = {account.key for account in ACCOUNTS if account.key not in clinicians}
    for key, user in records.users.items():
        if key in staff:
            continue
        is_waiting = key == waiting
        records.recognitions.append(
            Recognition(
                public_id=stable_id(f"recognition {key}"),
                user=user,
                hub=hub,
                state=RecognitionState.ASKED if is_waiting else RecognitionState.RECOGNISED,
                decided_at=None if is_waiting else timezone.now(),
                decided_by=None if is_waiting else administrator,
            )
        )


def _add_person(records: Records, one: Colleague, practice: Organisation) -> None:
    """Add a colleague's person, or find the one who holds this as a second post, and the posts."""
    person = records.people.get(one.held_by) or _new_person(records, one)
    starts_on = one.starts_on
    if one.came_from:
        place, moved_on, reason = one.came_from
        before = _post(one, f"{one.key} before", person, place, starts_on, moved_on)
        before.end_reason = reason
        records.posts.append(before)
        _add_patterns(records, one, before, f"{one.key} before")
        starts_on = moved_on
    post = _post(one, one.key, person, practice, starts_on, one.ends_on)
    post.end_reason = one.end_reason or ""
    records.posts.append(post)
    _add_patterns(records, one, post, one.key)


def _new_person(records: Records, one: Colleague) -> Person:
    user = records.users.get(one.key)
    records.people[one.key] = Person(
        public_id=stable_id(f"person {one.key}"),
        subject=user.subject if user else _add_subject(records, one.key),
        user=user,
        name=one.name,
        profession=one.profession,
        year_of_birth=one.born.year if one.age_is_known else None,
        qualified_year=one.qualified_year,
    )
    return records.people[one.key]


def _post(
    one: Colleague,
    key: str,
    person: Person,
    practice: Organisation,
    starts_on: dt.date,
    ends_on: dt.date | None,
) -> Post:
    return Post(
        public_id=stable_id(f"post {key}"),
        person=person,
        organisation=practice,
        role=one.role,
        # A practice confirms what it was told, and there was no hub to tell before.
        confirmed_on=max(HUB_SINCE, starts_on),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _add_patterns(records: Records, one: Colleague, post: Post, key: str) -> None:
    """Add the weeks that were told, each for as long as it was worked in this post."""
    ends = [*(starts_on for starts_on, _ in one.weeks[1:]), post.ends_on]
    for number, ((told_for, week), end) in enumerate(zip(one.weeks, ends, strict=True)):
        starts_on = max(told_for, post.starts_on)
        ends_on = min((day for day in (end, post.ends_on) if day), default=None)
        if ends_on is not None and ends_on <= starts_on:
            continue
        # Weeks are told some time before; those of before the hub came were told when it did.
        told = max(told_for - NOTICE, HUB_SINCE)
        pattern = SessionPattern(
            public_id=stable_id(f"pattern {key} {number}"),
            post=post,
            starts_on=starts_on,
            ends_on=ends_on,
            told_at=timezone.make_aware(dt.datetime.combine(told, dt.time(18, 30))),
            shows_mentoring=any(kind == CellKind.MENTORING for kind, _ in week.values()),
        )
        records.patterns.append(pattern)
        records.cells += [
            SessionCell(pattern=pattern, weekday=weekday, part=part, kind=kind, minutes=minutes)
            for (weekday, part), (kind, minutes) in sorted(week.items())
        ]


def _address(name: str) -> str:
    return f"{name.removeprefix('Dr ').replace(' ', '.').lower()}@{DOMAIN}"
