"""What a mentee asks a hub for."""

import uuid
from typing import ClassVar

from django.db import models

from hubs.models.availability import Availability
from hubs.models.interests import Stage
from organisations.models.organisation import Organisation
from retention.models.person import Person


class RequestState(models.TextChoices):
    OPEN = "open", "Waiting for a mentor"
    PAIRED = "paired", "Paired"
    WITHDRAWN = "withdrawn", "Withdrawn"


class MenteeRequest(Availability):
    """One open request of a person in a hub."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentee_requests")
    hub = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mentee_requests")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    stage = models.CharField(max_length=16, choices=Stage)
    prefers_same_profession = models.BooleanField(
        "would rather have a mentor of my own profession", default=False
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    # From then on the period runs for which the record is kept.
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["MenteeRequest"]]

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=RequestState.values), name="mentee_request_state"
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="mentee_request_stage"
            ),
            models.UniqueConstraint(
                # Withdrawn ones stand beside it: they are kept for a time, and what was asked can
                # be asked again.
                fields=("person", "hub"),
                condition=~models.Q(state="withdrawn"),
                name="mentee_request_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"Request {self.public_id}"

    @property
    def access_place(self) -> Organisation:
        """The hub that is asked."""
        return self.hub

    @property
    def access_owner_id(self) -> int | None:
        """The mentee."""
        return self.person.user_id
