"""Each person gets each month's summary once: two workers, a kill, a mail server that refuses."""

import datetime as dt
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEvent, User
from accounts.tasks import NotSent
from hubs.actions.digests import MOST_ATTEMPTS, SUBJECT, choose_digest, deliver, queue_digests
from hubs.models import DigestIssue
from hubs.queries.digest import DigestFacts, digest_facts, unanswered_issues
from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory, actor
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
JULY = dt.date(2025, 7, 1)


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
    load(places, JULY)
    assert run(django_capture_on_commit_callbacks) == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=21)):
        assert run(django_capture_on_commit_callbacks) == 1
    assert [each.month for each in DigestIssue.objects.all()] == [JULY, JUNE]


def load(places: Places, month: dt.date) -> None:
    profile_of(places["practice"], SEVEN, month)
    add_up(month)


def test_a_month_that_was_never_sent_makes_way_for_the_next(
    lead: User,
    places: Places,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """A mail tells the newest month whenever it is sent: two that wait would say the same."""
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", refusing(ConnectionRefusedError()))
        queue_digests()
        with pytest.raises(NotSent):
            deliver(str(issue().public_id))
    load(places, JULY)
    assert run(django_capture_on_commit_callbacks) == 1
    assert len(mail.outbox) == 1
    assert (issue().state, issue().month) == ("sent", JULY)


def test_a_month_that_is_loaded_before_the_worker_comes_is_told_once(
    lead: User, places: Places, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    queue_digests()
    june = str(issue().public_id)
    load(places, JULY)
    assert not deliver(june)
    assert run(django_capture_on_commit_callbacks) == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=21)):
        assert run(django_capture_on_commit_callbacks) == 0
    assert len(mail.outbox) == 1


def test_a_month_that_is_loaded_while_a_mail_is_made_gets_no_second_one_at_once(
    lead: User, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue_digests()

    def slow(user: User) -> list[DigestFacts]:
        facts = digest_facts(user)
        load(places, JULY)
        assert queue_digests() == 0
        return facts

    with monkeypatch.context() as patch:
        patch.setattr(FACTS, slow)
        assert not deliver(str(issue().public_id))
    assert mail.outbox == []
    assert queue_digests() == 1
    assert issue().month == JULY


def test_an_older_file_that_is_loaded_later_is_no_news(
    lead: User, places: Places, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    run(django_capture_on_commit_callbacks)
    load(places, dt.date(2025, 5, 1))
    with time_machine.travel(timezone.now() + dt.timedelta(days=40)):
        assert run(django_capture_on_commit_callbacks) == 0


def refusing(problem: BaseException) -> Callable[..., int]:
    """Return what a mail server's end does that fails so, in place of a method of a backend."""

    def fail(*_: object) -> int:
        raise problem

    return fail


@pytest.mark.parametrize(
    "refusal",
    [
        SMTPSenderRefused(451, b"try later", "hub@demo.example"),
        SMTPDataError(552, b"no room"),
        SMTPRecipientsRefused({"lead@demo.example": (450, b"busy")}),
    ],
)
def test_a_server_that_refuses_is_tried_again_and_said(
    lead: User, monkeypatch: pytest.MonkeyPatch, refusal: SMTPException
) -> None:
    queue_digests()
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refusing(refusal))
        with pytest.raises(NotSent) as failed:
            deliver(str(issue().public_id))
    assert "demo.example" not in "".join(traceback.format_exception(failed.value))
    assert (issue().state, issue().attempts) == ("failed", 1)
    assert queue_digests() == 1
    assert deliver(str(issue().public_id))
    assert len(mail.outbox) == 1
    assert queue_digests() == 0


@pytest.mark.parametrize(
    "silence",
    [
        SMTPServerDisconnected("the line broke"),
        TimeoutError(),
        # A reply without a number, as smtplib tells it.
        SMTPDataError(-1, b"?"),
    ],
)
def test_a_server_that_does_not_answer_may_have_it_so_it_is_not_sent_again(
    lead: User, monkeypatch: pytest.MonkeyPatch, silence: OSError
) -> None:
    queue_digests()
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refusing(silence))
        with pytest.raises(NotSent, match=type(silence).__name__):
            deliver(str(issue().public_id))
    assert issue().state == "handed"
    assert unanswered_issues() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31)):
        assert queue_digests() == 0
        assert not deliver(str(issue().public_id))
        assert unanswered_issues() == 1
    assert mail.outbox == []


def test_a_server_that_is_not_there_is_tried_so_many_times(
    lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmailBackend, "open", refusing(ConnectionRefusedError()))
    for _ in range(MOST_ATTEMPTS):
        assert queue_digests() == 1
        with pytest.raises(NotSent, match="ConnectionRefusedError"):
            deliver(str(issue().public_id))
    assert queue_digests() == 0


def test_a_bad_goodbye_after_the_yes_is_still_a_yes(
    lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue_digests()
    monkeypatch.setattr(EmailBackend, "close", refusing(SMTPException("quit")))
    assert deliver(str(issue().public_id))
    assert issue().state == "sent"


class KilledError(BaseException):
    """As a worker ends when the machine stops it: nothing catches it."""


# Where the maker of a mail finds what it says.
FACTS = f"{deliver.__module__}.digest_facts"


def killed_while_made(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(FACTS, refusing(KilledError()))


def killed_while_calling(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(EmailBackend, "open", refusing(KilledError()))


def killed_before_the_yes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(EmailBackend, "send_messages", refusing(KilledError()))


def killed_after_the_yes(patch: pytest.MonkeyPatch) -> None:
    send = EmailBackend.send_messages

    def die(self: EmailBackend, messages: list[EmailMessage]) -> int:
        send(self, messages)
        raise KilledError

    patch.setattr(EmailBackend, "send_messages", die)


@pytest.mark.parametrize(
    ("kill", "mails", "again"),
    [
        (killed_while_made, 0, True),
        (killed_while_calling, 0, True),
        # From the mark on nobody can know: at most once.
        (killed_before_the_yes, 0, False),
        (killed_after_the_yes, 1, False),
    ],
)
def test_a_killed_worker_never_leads_to_a_second_mail(
    lead: User,
    monkeypatch: pytest.MonkeyPatch,
    kill: Callable[[pytest.MonkeyPatch], None],
    mails: int,
    again: bool,
) -> None:
    queue_digests()
    with monkeypatch.context() as patch:
        kill(patch)
        with pytest.raises(KilledError):
            deliver(str(issue().public_id))
    assert len(mail.outbox) == mails
    # Another worker might still be at it.
    assert queue_digests() == 0
    assert not deliver(str(issue().public_id))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31)):
        assert queue_digests() == again
        assert deliver(str(issue().public_id)) == again
        assert unanswered_issues() == (not again)
    assert len(mail.outbox) == (1 if again else mails)


def test_a_worker_that_was_overtaken_hands_nothing_over(
    lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue_digests()

    def slow(user: User) -> list[DigestFacts]:
        """Take so long that the work counts as lost, and another worker does it meanwhile."""
        monkeypatch.setattr(FACTS, digest_facts)
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=31)):
            assert deliver(str(issue().public_id))
        return digest_facts(user)

    monkeypatch.setattr(FACTS, slow)
    assert not deliver(str(issue().public_id))
    assert len(mail.outbox) == 1
    assert issue().state == "sent"


def test_what_may_have_gone_counts_as_gone_when_switched_off_and_on(
    lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue_digests()
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refusing(TimeoutError()))
        with pytest.raises(NotSent):
            deliver(str(issue().public_id))
    for wanted in (False, True):
        choose_digest(by=actor(user=lead), wanted=wanted)
    assert queue_digests() == 0


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
