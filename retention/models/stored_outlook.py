"""Public outlooks as they were made after a release, so that an old figure can be explained."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from retention.models.banded_field import JSONText
from retention.models.published_count import StaffGroup


class OutlookEdition(models.Model):
    """All places' public outlooks of one month and staff group, by one table and one model.

    Made whole or not at all. `rates` are the chances that the table gave to each band, as
    [[[retire, leave otherwise] for each horizon] for each band]: with them an older table's part
    in a change can be told after the table has gone. `digest` is of all figures. Once the month's
    published figures change, it no longer `holds`: it is made again, or stays as what was shown.
    """

    # The first day of the month whose figures it rests on.
    month = models.DateField()
    staff_group = models.CharField(max_length=8, choices=StaffGroup)
    table_version = models.CharField(max_length=60)
    model_version = models.CharField(max_length=40)
    rates = JSONText()
    digest = models.CharField(max_length=32)
    holds = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager["OutlookEdition"]]

    class Meta:
        ordering = ("-month", "staff_group", "-made_at")
        constraints = (
            models.UniqueConstraint(
                fields=("month", "staff_group", "table_version", "model_version"),
                name="outlook_edition_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.staff_group} {self.month:%Y-%m}: {self.table_version}, {self.model_version}"


class StoredOutlook(models.Model):
    """A place's outlook in an edition; null figures: it was looked at, and has none.

    `figures` are in the order of retention.queries.outlook_figures, unrounded.
    """

    edition = models.ForeignKey(
        OutlookEdition,
        on_delete=models.CASCADE,
        related_name="outlooks",
        db_index=False,  # the constraint's index begins with it
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="stored_outlooks"
    )
    figures = JSONText(null=True)

    objects: ClassVar[models.Manager["StoredOutlook"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("edition", "organisation"), name="stored_outlook_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.edition_id}"
