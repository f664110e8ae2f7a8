"""What a network may spend on additional roles in a financial year, as its people entered it."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from organisations.models.organisation import Organisation
from organisations.versions import Versioned

_NOT_NEGATIVE = [MinValueValidator(0, "Enter a number that is not below zero")]


class NetworkEntitlement(Versioned):
    """In pounds, in FTE or in both; no publisher prints it. `committed` is part of the pounds.

    `year` is the calendar year of its first day, 1 April. `entered_role` is the key of the role in
    which it was last entered: who it was stands in the audit log.
    """

    network = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="entitlements")
    year = models.PositiveSmallIntegerField()
    pounds = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, validators=_NOT_NEGATIVE
    )
    committed = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, validators=_NOT_NEGATIVE
    )
    fte = models.DecimalField(
        max_digits=7, decimal_places=2, null=True, blank=True, validators=_NOT_NEGATIVE
    )
    entered_on = models.DateField()
    entered_role = models.CharField(max_length=24)

    objects: ClassVar[models.Manager["NetworkEntitlement"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("network", "year"), name="entitlement_once"),
            # An empty row would read as "nothing to spend", which nobody said.
            models.CheckConstraint(
                condition=Q(pounds__isnull=False) | Q(fte__isnull=False),
                name="entitlement_says_something",
            ),
            models.CheckConstraint(
                condition=Q(committed__isnull=True) | Q(pounds__isnull=False),
                name="entitlement_committed_of_pounds",
            ),
            models.CheckConstraint(
                condition=(Q(pounds__isnull=True) | Q(pounds__gte=0))
                & (Q(committed__isnull=True) | Q(committed__gte=0))
                & (Q(fte__isnull=True) | Q(fte__gte=0)),
                name="entitlement_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"{self.network_id} {self.year}"

    @property
    def access_place(self) -> Organisation:
        """The network."""
        return self.network

    @property
    def access_owner_id(self) -> int | None:
        """No person owns it."""
        return None
