"""The names an organisation has had."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from organisations.periods import PeriodQuerySet, ends_after_it_starts


class OrganisationName(models.Model):
    """A name from a date until a date; the one without an end is today's."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[PeriodQuerySet["OrganisationName"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            ends_after_it_starts("organisation_name_period"),
            models.UniqueConstraint(
                fields=("organisation", "starts_on"), name="organisation_name_start"
            ),
            # The open one is copied to Organisation.name: two would make that a matter of chance.
            models.UniqueConstraint(
                fields=("organisation",),
                condition=models.Q(ends_on__isnull=True),
                name="organisation_name_one_today",
            ),
        )

    def __str__(self) -> str:
        return self.name
