"""Makes, sends and tries again the monthly summaries: each person gets each month's once."""

import datetime as dt
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
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


@transaction.atomic
def choose_digest(*, by: Actor, wanted: bool) -> None:
    """Switch one's own monthly summary on or off."""
    authorise(by, Permission.OWN_RECORD)
    assert by.user is not None  # authorise has looked
    DigestChoice.objects.update_or_create(user=by.user, defaults={"wanted": wanted})
    if not wanted:
        DigestIssue.objects.filter(user=by.user).exclude(state=IssueState.SENT).delete()
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
        recent = DigestIssue.objects.filter(sent_at__gt=timezone.now() - APART)
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
    """Return what waits, failed, or was being sent by a worker that is gone."""
    lost = timezone.now() - settings.TASK_LOST_AFTER
    return DigestIssue.objects.filter(
        Q(state__in=(IssueState.WAITING, IssueState.FAILED))
        | Q(state=IssueState.SENDING, tried_at__lt=lost),
        attempts__lt=MOST_ATTEMPTS,
    )


def deliver(issue_id: str) -> bool:
    """Send one issue unless another worker has it or it was sent; return whether this call did.

    Raises NotSent where the mail server refuses; it is then tried again by the next queue_digests.
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
    try:
        _message(issue).send()
    except (SMTPException, OSError) as refused:
        DigestIssue.objects.filter(pk=issue.pk).update(state=IssueState.FAILED)
        # Its own words name the address, and a task's traceback is kept.
        raise NotSent(type(refused).__name__) from None
    DigestIssue.objects.filter(pk=issue.pk).update(state=IssueState.SENT, sent_at=timezone.now())
    return True


def _message(issue: DigestIssue) -> EmailMultiAlternatives:
    """Return the mail as plain text and as HTML, with an id that a repeated try has too."""
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
