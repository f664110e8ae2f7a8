"""The bulletin tables of the national workforce release, as printed."""

from typing import ClassVar

from django.db import models

from retention.models.published_count import PublishedRelease


class BulletinTable(models.Model):
    """One table of one bulletin for one place: its rows with their labels and values.

    `month` is the bulletin's own. National tables hold every month since 2015 again, so only the
    newest bulletin's are kept; tables of places hold one month each.
    """

    release = models.ForeignKey(
        PublishedRelease, on_delete=models.PROTECT, related_name="bulletin_tables"
    )
    month = models.DateField()
    # As printed: 1a to 6b.
    sheet = models.CharField(max_length=2)
    # An ODS code, or the printed England or Unknown.
    place = models.CharField(max_length=10)
    place_name = models.CharField(max_length=200)
    months = models.JSONField()
    # Rows of staff_group, sex, group, part, measure and values in the order of months.
    series = models.JSONField()
    digest = models.CharField(max_length=32)

    objects: ClassVar[models.Manager["BulletinTable"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("month", "sheet", "place"), name="bulletin_table_once"),
        )

    def __str__(self) -> str:
        return f"{self.sheet} {self.place} {self.month:%Y-%m}"
