"""A meeting of a pair: that it was, how long, what kind. Never what was said."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models.user import User
from hubs.models.pair import Pair
from organisations.versions import Versioned


class MeetingKind(models.TextChoices):
    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "Video call"
    PHONE = "phone", "Phone call"


class MeetingState(models.TextChoices):
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"
    NO_SHOW = "no_show", "One of us did not come"


class Meeting(Versioned):
    """Logged by either side."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField("date")
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    kind = models.CharField(max_length=10, choices=MeetingKind)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.DONE)
    # Whoever logged it corrects it; erased, the entry stays as long as the pair does.
    logged_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Meeting"]]

    class Meta:
        ordering = ("-held_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=MeetingKind.values), name="meeting_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=MeetingState.values), name="meeting_state"
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=480), name="meeting_minutes"
            ),
            # A double click logs one meeting.
            models.UniqueConstraint(
                fields=("pair", "held_on", "kind", "minutes"), name="meeting_once"
            ),
        )

    def __str__(self) -> str:
        return f"Meeting of {self.held_on:%d %B %Y}"
