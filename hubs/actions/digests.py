"""Makes, sends and tries again the monthly summaries: nobody is handed a month's twice.

An issue is marked before it is handed to the mail server. What the server surely did not take is
tried again; what it may have taken is not, and the person's page says so (decision 0052).
"""

import datetime as dt
from contextlib import suppress
from functools import partial
from smtplib import SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from accounts.tasks import NotSent
from hubs.models import DigestChoice, DigestIssue
from hubs.models.digest import IssueState
from hubs.presenters.digest import lines_of, merged
from hubs.queries.digest import digest_facts, digest_users, newest_month

SUBJECT = "Your monthly summary from Retention Hub"
MOST_ATTEMPTS = 8
# Several months loaded within days are one piece of news.
APART = dt.timedelta(days=20)
# Replies from here on say no; below stand yes, and what could not be read as a reply.
LEAST_REFUSAL = 400
# What the mail server has, or may have.
GONE = (IssueState.HANDED, IssueState.SENT)


@transaction.atomic
def choose_digest(*, by: Actor, wanted: bool) -> None:
    """Switch one's own monthly summary on or off."""
    authorise(by, Permission.OWN_RECORD)
    assert by.user is not None  # authorise has looked
    DigestChoice.objects.update_or_create(user=by.user, defaults={"wanted": wanted})
    if not wanted:
        DigestIssue.objects.filter(user=by.user).exclude(state__in=GONE).delete()
    audit.record(by=by, act=Act.CHANGED_DIGEST, subject=by.user.subject_id)


@transaction.atomic
def queue_digests() -> int:
    """Make the issue of the newest month for everyone who has none, and queue all unsent ones.

    Run it as often as you like: nothing is sent twice. Returns how many were queued.
    """
    # Here and not above: the task's module calls back into this one.
    from hubs.tasks import send_digest

    month = newest_month()
    if month is not None:
        # A mail tells the newest month whenever it is sent: an older one would say the same.
        _unsent().filter(month__lt=month).delete()
        recent = DigestIssue.objects.filter(
            Q(state__in=GONE, tried_at__gt=timezone.now() - APART) | Q(state=IssueState.SENDING)
        )
        due = digest_users().exclude(digest_issues__month__gte=month)
        DigestIssue.objects.bulk_create(
            [
                DigestIssue(user=user, month=month)
                for user in due.exclude(pk__in=recent.values("user"))
            ],
            # Another command may be making them at this moment.
            ignore_conflicts=True,
        )
    unsent = list(sendable().values_list("public_id", flat=True))
    for issue in unsent:
        transaction.on_commit(partial(send_digest.enqueue, str(issue)))
    return len(unsent)


def sendable() -> QuerySet[DigestIssue]:
    """Return what is unsent and was not tried too often."""
    return _unsent().filter(attempts__lt=MOST_ATTEMPTS)


def _unsent() -> QuerySet[DigestIssue]:
    """Return what waits, was refused, or was being made by a worker that is gone."""
    lost = timezone.now() - settings.TASK_LOST_AFTER
    return DigestIssue.objects.filter(
        Q(state__in=(IssueState.WAITING, IssueState.FAILED))
        | Q(state=IssueState.SENDING, tried_at__lt=lost)
    )


def deliver(issue_id: str) -> bool:
    """Send one issue unless another worker has it or it is gone; return whether this call did.

    Raises NotSent where the mail server refuses, and where it does not answer. A refusal is tried
    again by the next queue_digests; without an answer it may have the mail, and nothing is.
    """
    claimed = (
        sendable()
        .filter(public_id=issue_id)
        .update(state=IssueState.SENDING, tried_at=timezone.now(), attempts=F("attempts") + 1)
    )
    if not claimed:
        return False
    issue = DigestIssue.objects.select_related("user").get(public_id=issue_id)
    # A role or a wish may have ended since it was queued.
    if not digest_users().filter(pk=issue.user_id).exists():
        issue.delete()
        return False
    # Made first: all that takes time, or can fail, comes before the mark.
    message, server = _message(issue), get_connection()
    if (newest_month() or issue.month) > issue.month:
        # It may tell of the newer month already, whose own issue the next queue_digests makes.
        _ours(issue).delete()
        return False
    try:
        server.open()
        if not _mark_handed(issue):
            return False
        server.send_messages([message])
    except OSError as problem:
        if _surely_not_taken(issue, problem):
            DigestIssue.objects.filter(pk=issue.pk).update(state=IssueState.FAILED)
        # Its own words name the address, and a task's traceback is kept.
        raise NotSent(type(problem).__name__) from None
    finally:
        _hang_up(server)
    DigestIssue.objects.filter(pk=issue.pk).update(state=IssueState.SENT, sent_at=timezone.now())
    return True


def _mark_handed(issue: DigestIssue) -> bool:
    """Mark an issue just before it is handed over; False where another worker overtook this one."""
    return bool(_ours(issue).update(state=IssueState.HANDED, tried_at=timezone.now()))


def _ours(issue: DigestIssue) -> QuerySet[DigestIssue]:
    """Return an issue that this worker claimed, or nothing once another has overtaken it."""
    return DigestIssue.objects.filter(
        pk=issue.pk, state=IssueState.SENDING, attempts=issue.attempts
    )


def _surely_not_taken(issue: DigestIssue, problem: OSError) -> bool:
    """Whether the mail server cannot have the mail: never handed over, or refused in so many words.

    A line that breaks or falls silent while it is handed over tells nothing.
    """
    issue.refresh_from_db(fields=("state",))
    if issue.state != IssueState.HANDED:
        return True
    if isinstance(problem, SMTPResponseException):
        return problem.smtp_code >= LEAST_REFUSAL
    return isinstance(problem, SMTPRecipientsRefused | SMTPNotSupportedError)


def _hang_up(server: BaseEmailBackend) -> None:
    """End the talk with the mail server; how it ends changes nothing of what was said."""
    with suppress(OSError):
        server.close()


def _message(issue: DigestIssue) -> EmailMultiAlternatives:
    """Return the mail as plain text and as HTML, with an id that every try has."""
    context = {
        "lines": merged(lines_of(facts) for facts in digest_facts(issue.user)),
        "link": settings.SITE_URL + reverse("home"),
        "switch": settings.SITE_URL + reverse("digest"),
    }
    host = settings.SITE_URL.split("//")[-1].split(":")[0]
    message = EmailMultiAlternatives(
        SUBJECT,
        render_to_string("hubs/mail/digest.txt", context),
        None,
        [issue.user.email],
        headers={"Message-ID": f"<summary-{issue.public_id}@{host}>"},
    )
    message.attach_alternative(render_to_string("hubs/mail/digest.html", context), "text/html")
    return message
