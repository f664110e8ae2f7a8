"""A mentor and a mentee, from proposal to end."""

import uuid
from typing import ClassVar

from django.db import models

from hubs.models.mentee_request import MenteeRequest
from hubs.models.mentor_offer import MentorOffer
from hubs.models.pairing_run import PairingRun
from organisations.models.organisation import Organisation


class PairState(models.TextChoices):
    PROPOSED = "proposed", "Proposed: waiting for the hub"
    DISMISSED = "dismissed", "Dismissed by the hub"
    APPROVED = "approved", "Waiting for both to answer"
    DECLINED = "declined", "Did not go ahead"
    ACTIVE = "active", "Meeting"
    ENDED = "ended", "Ended"


class Answer(models.TextChoices):
    # Empty, so that a new pair needs no answer to be valid.
    NONE = "", "Not answered yet"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class Pair(models.Model):
    """`score` is the whole number that the engine added up; `parts` tells what it is made of."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey(PairingRun, on_delete=models.CASCADE, related_name="pairs")
    offer = models.ForeignKey(MentorOffer, on_delete=models.CASCADE, related_name="pairs")
    request = models.ForeignKey(MenteeRequest, on_delete=models.CASCADE, related_name="pairs")
    score = models.PositiveIntegerField()
    # As they were when the run was made: a form that changes later leaves the reasons alone.
    parts = models.JSONField()
    state = models.CharField(max_length=10, choices=PairState, default=PairState.PROPOSED)
    mentor_answer = models.CharField(max_length=8, choices=Answer, default=Answer.NONE, blank=True)
    mentee_answer = models.CharField(max_length=8, choices=Answer, default=Answer.NONE, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Pair"]]

    class Meta:
        ordering = ("-score", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=PairState.values), name="pair_state"
            ),
            models.UniqueConstraint(
                # Mentors may have several, up to their hours, which no constraint can count.
                fields=("request",),
                condition=models.Q(state__in=("approved", "active")),
                name="pair_one_live_for_a_mentee",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="active")
                | models.Q(mentor_answer="accepted", mentee_answer="accepted"),
                name="pair_active_when_both_accept",
            ),
        )

    def __str__(self) -> str:
        return f"Pair {self.public_id}"

    @property
    def access_place(self) -> Organisation:
        """The hub that made it."""
        return self.run.scheme.hub

    @property
    def access_owner_id(self) -> int | None:
        """None: two people own a pair, see hubs.queries.pairs."""
        return None
