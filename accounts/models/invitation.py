"""An invitation by e-mail to hold a role."""

import datetime as dt
import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts import roles
from accounts.models.user import User
from organisations.models.organisation import Organisation

LASTS = dt.timedelta(days=14)


class Invitation(models.Model):
    """Its link works once, for two weeks, for whoever has confirmed the invited address."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-mail address", max_length=254)
    name = models.CharField(
        "name of who is invited",
        max_length=120,
        blank=True,
        help_text="For the list of open invitations; it is not in the message.",
    )
    role = models.CharField(max_length=24, choices=[(role.key, role.name) for role in roles.ALL])
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    holds_contract = models.BooleanField("holds the practice's contract", default=False)
    # None: a command invited, or whoever did has been erased.
    invited_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Only a digest is kept: who can read the database cannot use the link.
    token_digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Invitation"]]

    class Meta:
        ordering = ("-sent_at",)

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    @property
    def is_open(self) -> bool:
        """Whether its link still works."""
        return (
            self.accepted_at is None
            and self.withdrawn_at is None
            and self.sent_at + LASTS > timezone.now()
        )

    @property
    def access_place(self) -> Organisation:
        """The organisation that invites."""
        return self.organisation

    @property
    def access_owner_id(self) -> int | None:
        """Nobody's own until it is accepted."""
        return None
