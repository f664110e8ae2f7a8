"""An e-mail address that somebody signed in with before; it keeps never lists working."""

from typing import ClassVar

from django.db import models

from accounts.models.user import User


class PastAddress(models.Model):
    """A keyed digest alone: who is on a list stays on it, and the address itself is forgotten."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="past_addresses")
    # The same digest that never lists hold, so that the two can be compared and neither be read.
    email_digest = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["PastAddress"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "email_digest"), name="past_address_once"),
        )

    def __str__(self) -> str:
        return "A past address"
