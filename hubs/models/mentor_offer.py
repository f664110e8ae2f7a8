"""What a mentor offers a hub: when, how much, how far, on what."""

import uuid
from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from hubs.models.availability import Availability
from organisations.models.organisation import Organisation
from retention.models.person import Person


class OfferState(models.TextChoices):
    OPEN = "open", "Open"
    PAUSED = "paused", "Paused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class MentorOffer(Availability):
    """One open offer of a person in a hub."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentor_offers")
    hub = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mentor_offers")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.OPEN)
    hours_a_month = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(80))],
    )
    # Said by the mentor: schemes ask for it, and the record of posts may not hold all of it.
    clinical_sessions = models.DecimalField(
        "clinical sessions a week while mentoring",
        max_digits=3,
        decimal_places=1,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(12))],
    )
    # Declared, with no evidence: a certificate is seen elsewhere and never stored.
    has_licence = models.BooleanField("holds a licence to practise", default=False)
    on_performers_list = models.BooleanField("is on the performers list", default=False)
    offered_at = models.DateTimeField(auto_now_add=True)
    # From then on the period runs for which the record is kept.
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["MentorOffer"]]

    class Meta:
        ordering = ("offered_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=OfferState.values), name="mentor_offer_state"
            ),
            models.UniqueConstraint(
                # Withdrawn ones stand beside it until their time is over.
                fields=("person", "hub"),
                condition=~models.Q(state="withdrawn"),
                name="mentor_offer_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"Offer {self.public_id}"

    @property
    def access_place(self) -> Organisation:
        """The hub that it is made to."""
        return self.hub

    @property
    def access_owner_id(self) -> int | None:
        """The mentor."""
        return self.person.user_id
