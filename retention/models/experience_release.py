"""A hub's own leavers as they were let out, once a quarter. Bands alone: nobody is in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from organisations.models.organisation import Organisation
from retention.models.published_count import StaffGroup


class ExperienceRelease(models.Model):
    """What a quarter let out of a hub's own leavers in a staff group; null where nothing.

    `figures` are of the stretch from `since` until the first day of the quarter, which no other
    release of the hub and group is of: "leavers", "retired" and "unexplained" are lower ends of
    bands (models.disclosure.count_band), null where withheld; "years" person-years by age group,
    lower ends too; "rates" what the standard table said of the groups (retire, leave otherwise).
    """

    hub = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="experience_releases"
    )
    staff_group = models.CharField(max_length=8, choices=StaffGroup)
    quarter = models.DateField()
    since = models.DateField(null=True)
    figures = models.JSONField(null=True)
    table_version = models.CharField(max_length=60, blank=True)

    objects: ClassVar[models.Manager["ExperienceRelease"]]

    class Meta:
        ordering = ("quarter", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("hub", "staff_group", "quarter"), name="experience_release_once"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True, table_version="")
                | Q(since__lt=models.F("quarter"), table_version__gt=""),
                name="experience_release_stretch",
            ),
        )

    def __str__(self) -> str:
        return f"{self.hub_id} {self.staff_group} in {self.quarter:%Y-%m}"
