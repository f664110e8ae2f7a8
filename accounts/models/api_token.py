"""A token for programs: it carries one role of its user."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models.role_grant import RoleGrant
from accounts.models.user import User
from organisations.clock import today
from organisations.models.organisation import Organisation


class ApiToken(models.Model):
    """Shown once when made; only its digest is kept. It ends with its role, or on its own date."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    # None: the user's own things and open data only.
    role_grant = models.ForeignKey(RoleGrant, on_delete=models.CASCADE, null=True, blank=True)
    name = models.CharField(max_length=80, help_text="What the token is for.")
    # What a program shows is looked up by this, so that no comparison takes a telling time.
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["ApiToken"]]

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        """Whether it opens anything: not ended, not over, and its role still held."""
        role = self.role_grant
        return (
            self.revoked_at is None
            and self.ends_at > timezone.now()
            and (role is None or role.holds_on(today()))
        )

    @property
    def access_place(self) -> Organisation | None:
        """No organisation reads a token."""
        return None

    @property
    def access_owner_id(self) -> int:
        """The user whose token it is."""
        return self.user_id
