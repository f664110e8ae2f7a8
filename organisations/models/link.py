"""Dated links between organisations. Not a tree: a practice has a network and, apart, a sub-ICB."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from organisations.periods import PeriodQuerySet, ends_after_it_starts


class LinkKind(models.TextChoices):
    PRACTICE_NETWORK = "practice_network", "Practice in a network"
    PRACTICE_SUB_ICB = "practice_sub_icb", "Practice in a sub-ICB location"
    SUB_ICB_ICB = "sub_icb_icb", "Sub-ICB location in an ICB"
    ICB_REGION = "icb_region", "ICB in a region"
    REGION_COUNTRY = "region_country", "Region in a country"
    # The area of a training hub: whole ICBs.
    ICB_HUB = "icb_hub", "ICB in a training hub's area"
    # Who looks after a closed practice's patients, or runs a closed hub's schemes.
    SUCCEEDED_BY = "succeeded_by", "Place succeeded by a place"


class Link(models.Model):
    """`child` belongs to `parent`, in the way that `kind` says, from a date until a date."""

    kind = models.CharField(max_length=20, choices=LinkKind)
    child = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="child_links")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[PeriodQuerySet["Link"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        indexes = (models.Index(fields=("parent", "kind")), models.Index(fields=("child", "kind")))
        constraints = (
            ends_after_it_starts("link_period"),
            models.CheckConstraint(condition=models.Q(kind__in=LinkKind.values), name="link_kind"),
            # One parent of a kind at a time; hubs may share an ICB.
            models.UniqueConstraint(
                fields=("child", "kind"),
                condition=models.Q(ends_on__isnull=True) & ~models.Q(kind=LinkKind.ICB_HUB),
                name="link_one_open_parent",
            ),
            models.UniqueConstraint(
                fields=("child", "parent", "kind", "starts_on"), name="link_once_a_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.child_id} in {self.parent_id} ({self.kind})"
