"""The monthly summary by e-mail: who switched it off, and which months went to whom."""

import uuid
from typing import ClassVar

from django.db import models

from accounts.models.user import User


class DigestChoice(models.Model):
    """Kept once somebody has switched; without a row it is on for those whose role has one."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="digest_choice")
    wanted = models.BooleanField()

    objects: ClassVar[models.Manager["DigestChoice"]]

    def __str__(self) -> str:
        return "Monthly summary: " + ("on" if self.wanted else "off")


class IssueState(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENDING = "sending", "Being made"
    # Written before the mail server hears of it. Where it stays, nobody knows what the server did.
    HANDED = "handed", "Handed to the mail server, which has not answered"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent: it is tried again"


class DigestIssue(models.Model):
    """One month's summary for one person. What it said is not kept: it is of published figures."""

    # Also the message's own id, the same at every try: a mail log can be searched for it.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="digest_issues")
    # The newest month of published figures when it was made.
    month = models.DateField()
    state = models.CharField(max_length=8, choices=IssueState, default=IssueState.WAITING)
    # Also who holds it: a worker whose number has passed was overtaken.
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["DigestIssue"]]

    class Meta:
        ordering = ("-month", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("user", "month"), name="digest_issue_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=IssueState.values), name="digest_issue_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent") ^ models.Q(sent_at__isnull=True),
                name="digest_issue_sent_at",
            ),
        )

    def __str__(self) -> str:
        return f"Summary of {self.month:%B %Y}"
