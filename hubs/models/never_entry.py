"""Who someone must not be paired with. Seen by its owner alone; nobody is told of it."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from retention.models.person import Person


class NeverEntry(models.Model):
    """An e-mail address (as a keyed digest, so that a list names nobody) or a whole practice."""

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="never_entries")
    email_digest = models.CharField(max_length=64, blank=True)
    # What the owner typed to remember it by, encrypted like a plan.
    sealed_label = models.BinaryField(null=True)
    practice = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["NeverEntry"]]

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(email_digest="") ^ models.Q(practice__isnull=False),
                name="never_entry_email_or_practice",
            ),
            # A null is never equal to a null: one constraint over both columns would hold nothing.
            models.UniqueConstraint(
                fields=("owner", "email_digest"),
                condition=models.Q(practice__isnull=True),
                name="never_entry_email_once",
            ),
            models.UniqueConstraint(
                fields=("owner", "practice"),
                condition=models.Q(practice__isnull=False),
                name="never_entry_practice_once",
            ),
        )

    def __str__(self) -> str:
        return "An entry of a never list"
