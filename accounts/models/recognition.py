"""A clinician's request to be recognised by a training hub, and the answer."""

import uuid
from typing import ClassVar

from django.db import models

from accounts.models.user import User
from organisations.models.organisation import Organisation


class RecognitionState(models.TextChoices):
    ASKED = "asked", "Asked"
    RECOGNISED = "recognised", "Recognised"
    DECLINED = "declined", "Declined"
    LEFT = "left", "Left the hub"


class Recognition(models.Model):
    """Recognised clinicians can offer and ask for mentoring; the hub then sees their name."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recognitions")
    hub = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="recognitions")
    state = models.CharField(
        max_length=12, choices=RecognitionState, default=RecognitionState.ASKED
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["Recognition"]]

    class Meta:
        ordering = ("asked_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=RecognitionState.values), name="recognition_state"
            ),
            # Those that are over stay, so that it can be told since when and until when.
            models.UniqueConstraint(
                fields=("user", "hub"),
                condition=models.Q(state__in=("asked", "recognised")),
                name="recognition_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.hub}"

    @property
    def access_place(self) -> Organisation:
        """The hub that is asked."""
        return self.hub

    @property
    def access_owner_id(self) -> int:
        """The clinician who asks."""
        return self.user_id
