"""Notices: left for each user, put away by them alone, forgotten in time."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.actions.notices import (
    holders_of_roles,
    keepers_of,
    managers_of,
    notify,
    put_away,
)
from accounts.models import Notice, User
from accounts.models.notice import NoticeKind, NoticeLine
from accounts.queries.notices import unread
from accounts.retention_periods import NOTICE_DAYS, UNREAD_NOTICE_DAYS, purge_expired
from organisations.clock import today
from tests.factories.accounts import NoticeFactory, RoleGrantFactory, UserFactory, actor
from tests.factories.organisations import PracticeFactory

pytestmark = pytest.mark.django_db
ENDED = {NoticeLine.WEEK_ENDED, NoticeLine.POST_ENDED}


def tell(*users: User, mails: bool = True) -> None:
    notify(
        told=dict.fromkeys(users, ENDED),
        kind=NoticeKind.CLOSED,
        place=PracticeFactory(),
        on=today(),
        mails=mails,
    )


def test_each_user_has_one_with_its_lines_in_order_and_one_neutral_mail(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    users = [UserFactory(), UserFactory()]
    with django_capture_on_commit_callbacks(execute=True):
        tell(*users)
    assert [notice.lines for notice in Notice.objects.all()] == [["post_ended", "week_ended"]] * 2
    assert sorted(message.to[0] for message in mail.outbox) == sorted(u.email for u in users)
    for message in mail.outbox:
        assert Notice.objects.all()[0].place.name not in f"{message.subject} {message.body}"


def test_a_closed_account_is_told_and_mailed_nothing(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tell(UserFactory(is_active=False))
    assert (Notice.objects.count(), mail.outbox) == (0, [])


def test_without_mail_nothing_is_sent_and_the_count_of_queries_does_not_grow(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    users = UserFactory.create_batch(20)
    place = PracticeFactory()
    with django_assert_num_queries(1):
        notify(
            told=dict.fromkeys(users, ENDED),
            kind=NoticeKind.CLOSED,
            place=place,
            on=today(),
            mails=False,
        )
    assert mail.outbox == []


def test_one_puts_away_ones_own_and_nobody_elses() -> None:
    notice = NoticeFactory()
    me = actor(user=notice.user)
    assert unread(me) == [notice]
    with pytest.raises(Http404):
        put_away(by=actor(), notice=notice)
    put_away(by=me, notice=notice)
    notice.refresh_from_db()
    first = notice.read_at
    put_away(by=me, notice=notice)
    notice.refresh_from_db()
    assert (unread(me), notice.read_at) == ([], first)


@pytest.mark.parametrize(
    ("read", "days"), [(True, NOTICE_DAYS), (False, UNREAD_NOTICE_DAYS)], ids=["read", "unread"]
)
def test_what_is_put_away_is_forgotten_and_in_the_end_all(read: bool, days: int) -> None:
    NoticeFactory(read_at=timezone.now() if read else None)
    for moment, left in ((days - 1, 1), (days + 1, 0)):
        with time_machine.travel(timezone.now() + dt.timedelta(days=moment)):
            purge_expired()
        assert Notice.objects.count() == left


def test_who_keeps_a_practice_is_its_managers_and_the_holder_of_its_contract() -> None:
    practice, other = PracticeFactory(), PracticeFactory()
    manager = RoleGrantFactory(role="practice_manager", organisation=practice).user
    holder = RoleGrantFactory(organisation=practice, holds_contract=True).user
    RoleGrantFactory(organisation=practice)
    RoleGrantFactory(role="practice_manager", organisation=practice, ends_on=today())
    elsewhere = RoleGrantFactory(role="practice_manager", organisation=other).user
    kept = keepers_of([practice, other])
    assert (set(kept[practice.pk]), kept[other.pk]) == ({manager, holder}, [elsewhere])
    assert managers_of(practice) == [manager]
    held = holders_of_roles(practice, today())
    assert [role for _, role in held].count("clinician") == 2
