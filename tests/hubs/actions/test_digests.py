"""Each person gets each month's summary once: two workers, a kill, a mail server that refuses."""

import datetime as dt
import traceback
from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPServerDisconnected
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEvent, User
from accounts.tasks import NotSent
from hubs.actions.digests import MOST_ATTEMPTS, SUBJECT, choose_digest, deliver, queue_digests
from hubs.models import DigestIssue
from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory, actor
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    made = area_of_one_practice()
    profile_of(made["practice"], OLD)
    add_up()
    return made


@pytest.fixture
def lead(places: Places) -> User:
    user: User = UserFactory()
    RoleGrantFactory(user=user, role="network_lead", organisation=places["network"])
    return user


def run(capture: DjangoCaptureOnCommitCallbacks) -> int:
    with capture(execute=True):
        return queue_digests()


def issue() -> DigestIssue:
    return DigestIssue.objects.get()


def test_a_month_goes_out_once(
    lead: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert run(django_capture_on_commit_callbacks) == 1
    assert run(django_capture_on_commit_callbacks) == 0
    (message,) = mail.outbox
    assert message.to == [lead.email]
    assert (issue().state, issue().month) == ("sent", JUNE)


def test_the_mail_is_neutral_plain_and_html(
    lead: User, places: Places, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    run(django_capture_on_commit_callbacks)
    message = mail.outbox[0]
    assert message.subject == SUBJECT
    assert places["network"].name not in message.subject
    text = str(message.body)
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert 1 <= len(lines) <= 5
    assert lead.name not in text
    assert reverse("digest") in text
    assert isinstance(message, EmailMultiAlternatives)
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert str(html).count("<li>") == len(lines)


def test_a_name_with_marks_is_text_in_both(
    lead: User, places: Places, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    Organisation.objects.filter(pk=places["network"].pk).update(name="Fish & <b>Chips</b>")
    run(django_capture_on_commit_callbacks)
    message = mail.outbox[0]
    assert isinstance(message, EmailMultiAlternatives)
    assert "Fish & <b>Chips</b>" in str(message.body)
    assert "Fish &amp; &lt;b&gt;Chips&lt;/b&gt;" in str(message.alternatives[0][0])


def test_the_next_month_is_another_issue_and_soon_after_it_waits(
    lead: User, places: Places, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    run(django_capture_on_commit_callbacks)
    july = dt.date(2025, 7, 1)
    profile_of(places["practice"], SEVEN, july)
    add_up(july)
    assert run(django_capture_on_commit_callbacks) == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=21)):
        assert run(django_capture_on_commit_callbacks) == 1
    assert [each.month for each in DigestIssue.objects.all()] == [july, JUNE]


def test_an_older_file_that_is_loaded_later_is_no_news(
    lead: User, places: Places, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    run(django_capture_on_commit_callbacks)
    may = dt.date(2025, 5, 1)
    profile_of(places["practice"], SEVEN, may)
    add_up(may)
    with time_machine.travel(timezone.now() + dt.timedelta(days=40)):
        assert run(django_capture_on_commit_callbacks) == 0


def test_a_server_that_refuses_is_tried_again_and_said(
    lead: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue_digests()

    def refuse(message: EmailMultiAlternatives) -> None:
        raise SMTPServerDisconnected(f"no mail for {message.to[0]}")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMultiAlternatives, "send", refuse)
        with pytest.raises(NotSent) as failed:
            deliver(str(issue().public_id))
    assert lead.email not in "".join(traceback.format_exception(failed.value))
    assert (issue().state, issue().attempts) == ("failed", 1)
    assert queue_digests() == 1
    assert deliver(str(issue().public_id))
    assert len(mail.outbox) == 1
    assert queue_digests() == 0


def test_a_server_that_is_not_there_is_tried_so_many_times(
    lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(message: EmailMultiAlternatives) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMultiAlternatives, "send", nobody)
    for _ in range(MOST_ATTEMPTS):
        assert queue_digests() == 1
        with pytest.raises(NotSent, match="ConnectionRefusedError"):
            deliver(str(issue().public_id))
    assert queue_digests() == 0


class KilledError(BaseException):
    """As a worker ends when the machine stops it: nothing catches it."""


@pytest.mark.parametrize("handed_over", [False, True])
def test_a_worker_that_is_killed_loses_nothing(
    lead: User, monkeypatch: pytest.MonkeyPatch, handed_over: bool
) -> None:
    queue_digests()
    send = EmailMultiAlternatives.send

    def die(message: EmailMultiAlternatives) -> None:
        if handed_over:
            send(message)
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(EmailMultiAlternatives, "send", die)
        with pytest.raises(KilledError):
            deliver(str(issue().public_id))
    # Another worker might still be at it.
    assert queue_digests() == 0
    assert not deliver(str(issue().public_id))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31)):
        assert queue_digests() == 1
        assert deliver(str(issue().public_id))
    # Where the server had it already, both are one message: they have one id.
    assert len(mail.outbox) == 1 + handed_over
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1


def test_who_switches_it_off_in_between_gets_none(lead: User) -> None:
    queue_digests()
    waiting = str(issue().public_id)
    choose_digest(by=actor(user=lead), wanted=False)
    assert not deliver(waiting)
    assert not DigestIssue.objects.exists()
    assert queue_digests() == 0
    choose_digest(by=actor(user=lead), wanted=True)
    assert queue_digests() == 1
    assert AuditEvent.objects.filter(act="changed_digest", subject=lead.subject_id).count() == 2


def test_whose_role_ended_in_between_gets_none(lead: User) -> None:
    queue_digests()
    lead.role_grants.all().delete()
    assert not deliver(str(issue().public_id))
    assert mail.outbox == []
    assert not DigestIssue.objects.exists()


def test_without_figures_nothing_is_sent() -> None:
    places = area_of_one_practice()
    RoleGrantFactory(role="network_lead", organisation=places["network"])
    assert queue_digests() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_two_commands_send_one(lead: User) -> None:
    line = Barrier(2)

    def work(_: int) -> None:
        line.wait(timeout=20)
        try:
            # Queued work runs at once in the suite: each thread is a command and a worker.
            queue_digests()
            deliver(str(issue().public_id))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    # The outbox is a list of this process, which its threads share.
    assert len(mail.outbox) == 1
    assert (issue().state, issue().attempts) == ("sent", 1)
