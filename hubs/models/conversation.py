"""Confidential conversations: that a whole network was invited, and who asked for one.

Whom an invitation reached is not recorded, and nor is a decline: only a yes is.
"""

import uuid
from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from organisations.periods import PeriodQuerySet, ends_after_it_starts
from organisations.versions import Versioned
from retention.models.person import Person


class ConversationRound(models.Model):
    """One letter to every clinician of a network, the same for all; it names nobody.

    It stands on the pages of all who work there until `ends_on`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    # No field for how many or for whom: what is not kept cannot be asked for.
    network = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="conversation_rounds"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects: ClassVar[PeriodQuerySet["ConversationRound"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (ends_after_it_starts("conversation_round_period"),)

    def __str__(self) -> str:
        return f"Invitation of {self.starts_on:%d %B %Y}"


class Way(models.TextChoices):
    """How the hub is to get in touch."""

    PHONE = "phone", "By phone"
    VIDEO = "video", "By video call"
    EMAIL = "email", "By e-mail first"
    IN_PERSON = "in_person", "In person"


class ConversationState(models.TextChoices):
    ASKED = "asked", "Asked"
    CONTACTED = "contacted", "The hub has been in touch"
    CLOSED = "closed", "Closed"


class ConversationRequest(Versioned):
    """A person's "yes, please contact me" to one hub. Taking it back deletes it.

    How and when to reach them is sealed, and goes when the conversation is closed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="conversations")
    hub = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="conversations")
    state = models.CharField(
        max_length=10, choices=ConversationState, default=ConversationState.ASKED
    )
    way = models.CharField(max_length=10, choices=Way)
    # Not readable in a copy of the database without the key.
    sealed = models.BinaryField(null=True)
    # No note of what was said: it stays between the two.
    asked_at = models.DateTimeField(auto_now_add=True)
    contacted_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["ConversationRequest"]]

    class Meta:
        # First come, first served: there is no other order.
        ordering = ("asked_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=ConversationState.values), name="conversation_state"
            ),
            models.CheckConstraint(condition=models.Q(way__in=Way.values), name="conversation_way"),
            models.CheckConstraint(
                condition=models.Q(state="closed") ^ models.Q(sealed__isnull=False),
                name="conversation_closed_is_empty",
            ),
            models.UniqueConstraint(
                fields=("person", "hub"),
                condition=~models.Q(state="closed"),
                name="conversation_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"Conversation {self.public_id}"

    @property
    def access_place(self) -> Organisation:
        """The hub that was asked."""
        return self.hub

    @property
    def access_owner_id(self) -> int | None:
        """Who asked."""
        return self.person.user_id
