"""What a practice shares upward: switched by its contract holder, off by default."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from organisations.periods import PeriodQuerySet, ends_after_it_starts


class SharedThing(models.TextChoices):
    OUTLOOK = "outlook", "This practice's outlook from published figures"
    PATTERNS = "patterns", "Posts and current session patterns, for totals only"


class Sharing(models.Model):
    """`practice` shares `thing` with `recipient` (its network or a hub). No open row means off."""

    practice = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="shares_given"
    )
    recipient = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="shares_received"
    )
    thing = models.CharField(max_length=12, choices=SharedThing)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[PeriodQuerySet["Sharing"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        constraints = (
            ends_after_it_starts("sharing_period"),
            models.CheckConstraint(
                condition=models.Q(thing__in=SharedThing.values), name="sharing_thing"
            ),
            # Rows that have ended stay: a practice reads with whom it shared, and when.
            models.UniqueConstraint(
                fields=("practice", "recipient", "thing"),
                condition=models.Q(ends_on__isnull=True),
                name="sharing_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.practice_id} shares {self.thing} with {self.recipient_id}"

    @property
    def access_place(self) -> Organisation:
        """The practice that decides."""
        return self.practice

    @property
    def access_owner_id(self) -> int | None:
        """No person owns a switch."""
        return None
