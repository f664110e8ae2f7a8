import datetime as dt

from django.contrib.auth.hashers import check_password, is_password_usable

from accounts import roles
from accounts.models.recognition import RecognitionState
from hubs.demo.accounts import ACCOUNTS, PASSWORD
from hubs.demo.load import Demo
from hubs.demo.places import HUB_SINCE
from retention.models.session_pattern import CellKind


def test_each_account_has_its_role_in_a_place_of_the_right_kind(made: Demo) -> None:
    grants = {grant.user.email: grant for grant in made.records.grants}
    for account in ACCOUNTS:
        grant = grants[account.email]
        assert grant.role == account.role.key
        assert grant.organisation.kind in account.role.kinds
        assert grant.holds_contract == account.holds_contract
    assert {account.role.key for account in ACCOUNTS} == set(roles.BY_KEY)


def test_only_demo_accounts_can_sign_in(made: Demo) -> None:
    addresses = {account.email for account in ACCOUNTS}
    for user in made.records.users.values():
        assert is_password_usable(user.password) == (user.email in addresses)
    a_password = next(u.password for u in made.records.users.values() if u.email in addresses)
    assert check_password(PASSWORD, a_password)


def test_every_address_is_confirmed_and_leads_nowhere(made: Demo) -> None:
    addresses = made.records.addresses()
    assert len({address.email for address in addresses}) == len(made.records.users)
    assert all(address.verified and address.primary for address in addresses)
    assert all(address.email.endswith(".example") for address in addresses)


def test_a_user_and_their_person_are_one_subject(made: Demo) -> None:
    people = made.records.people
    linked = [person for person in people.values() if person.user is not None]
    assert len(linked) == 30 + 45 + 3
    assert all(person.subject is person.user.subject for person in linked if person.user)
    subjects = {person.subject_id for person in people.values()}
    assert len(subjects) == len(people)


def test_the_administrator_has_one_request_to_answer(made: Demo) -> None:
    waiting = [one for one in made.records.recognitions if one.state == RecognitionState.ASKED]
    assert [one.user.email for one in waiting] == ["partner@demo.example"]
    recognised = [one for one in made.records.recognitions if one not in waiting]
    assert len(recognised) == 30 + 45 + 2
    assert all(one.decided_by and one.decided_at for one in recognised)


def test_a_week_is_told_before_it_starts_but_never_before_the_hub(made: Demo) -> None:
    for pattern in made.records.patterns:
        assert pattern.told_at is not None
        assert pattern.starts_on is not None
        assert pattern.told_at.date() >= HUB_SINCE
        if pattern.starts_on > HUB_SINCE + dt.timedelta(days=30):
            assert pattern.told_at.date() < pattern.starts_on


def test_mentoring_is_shown_where_someone_does_it(made: Demo) -> None:
    mentoring = {id(c.pattern) for c in made.records.cells if c.kind == CellKind.MENTORING}
    shown = {id(pattern) for pattern in made.records.patterns if pattern.shows_mentoring}
    assert mentoring == shown
    assert len(shown) == 5
