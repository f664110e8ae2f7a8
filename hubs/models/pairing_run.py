"""One run of the pairing engine for a scheme: its figures, and who was left without and why."""

import uuid
from typing import ClassVar

from django.db import models

from accounts.models.user import User
from hubs.models.mentee_request import MenteeRequest
from hubs.models.scheme import Scheme
from organisations.models.organisation import Organisation


class RunState(models.TextChoices):
    WAITING = "waiting", "Waiting for a worker"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    # Nothing of it is stored: a run is whole or not at all (decision 0014).
    FAILED = "failed", "Stopped: nothing was proposed"


class PairingRun(models.Model):
    """`figures`: mentees, mentors, places, candidates, pairs, total, seconds, proved_optimal."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="pairing_runs")
    state = models.CharField(max_length=8, choices=RunState, default=RunState.WAITING)
    asked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    figures = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["PairingRun"]]

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values), name="pairing_run_state"
            ),
            # A double click, or two leads, make one run.
            models.UniqueConstraint(
                fields=("scheme",),
                condition=models.Q(state__in=("waiting", "running")),
                name="pairing_run_one_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"Pairing of {self.asked_at:%d %B %Y}"

    @property
    def access_place(self) -> Organisation:
        """The hub that runs it."""
        return self.scheme.hub

    @property
    def access_owner_id(self) -> int | None:
        """Nobody's own."""
        return None


class LeftOut(models.Model):
    """A mentee whom the run left without a mentor; `reasons` counts mentors removed, by rule."""

    run = models.ForeignKey(PairingRun, on_delete=models.CASCADE, related_name="left_out")
    request = models.ForeignKey(MenteeRequest, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField()

    objects: ClassVar[models.Manager["LeftOut"]]

    def __str__(self) -> str:
        return f"Left out of {self.run_id}"
