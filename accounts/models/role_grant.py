"""A role that a user holds in an organisation, from a date until a date."""

import datetime as dt
import uuid
from typing import ClassVar

from django.db import models

from accounts import roles
from accounts.models.user import User
from organisations.models.organisation import Organisation
from organisations.periods import PeriodQuerySet, ends_after_it_starts


class RoleGrant(models.Model):
    """Never edited but to end it: what someone could see last March can be told from these rows."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=24, choices=[(role.key, role.name) for role in roles.ALL])
    # A place cannot go while it must be told who could see it.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="role_grants"
    )
    # The one who signs the practice's contract decides what it shares; a manager does not.
    holds_contract = models.BooleanField("holds the practice's contract", default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[PeriodQuerySet["RoleGrant"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = (
            ends_after_it_starts("role_grant_period"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.key for role in roles.ALL]),
                name="role_grant_role",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "organisation"),
                condition=models.Q(ends_on__isnull=True),
                name="role_grant_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.definition.name}, {self.organisation}"

    @property
    def definition(self) -> roles.Role:
        """What the role is and may do."""
        return roles.BY_KEY[self.role]

    def holds_on(self, date: dt.date) -> bool:
        """Whether the role gives anything on `date`."""
        return self.starts_on <= date and (self.ends_on is None or self.ends_on > date)

    @property
    def access_place(self) -> Organisation:
        """The organisation that it is held in."""
        return self.organisation

    @property
    def access_owner_id(self) -> int:
        """The user who holds it."""
        return self.user_id
