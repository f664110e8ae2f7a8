"""What the open practice-level files print: marginals, kept as printed."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from retention.models.banded_field import JSONText


class StaffGroup(models.TextChoices):
    GP = "gp", "GPs"
    NURSES = "nurses", "Nurses"
    DIRECT_PATIENT_CARE = "dpc", "Direct patient care"
    ADMIN = "admin", "Admin and non-clinical"


class PublishedRelease(models.Model):
    """A published file that was loaded."""

    format = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    # The first day of the month that the file describes.
    month = models.DateField()
    rows = models.PositiveIntegerField()
    columns = models.JSONField(default=list)
    loaded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["PublishedRelease"]]

    class Meta:
        ordering = ("-month", "-loaded_at")
        indexes = (models.Index(fields=("format", "month")),)

    def __str__(self) -> str:
        return f"{self.format} {self.month:%B %Y}"


class PublishedLayout(models.Model):
    """The cells that an edition prints of a staff group, in the order of the counts' arrays.

    `names` tell what each counts (retention.imports.cells.parse_cell); `printed` are the file's
    own headers where an edition calls the same cell otherwise. Some ten editions in ten years.
    """

    staff_group = models.CharField(max_length=8)
    names = models.JSONField()
    printed = models.JSONField()
    digest = models.CharField(max_length=32, unique=True)

    objects: ClassVar[models.Manager["PublishedLayout"]]

    def __str__(self) -> str:
        return f"{self.staff_group}: {len(self.names)} cells"


class PublishedCount(models.Model):
    """One practice, month and staff group, with the printed cells; null in a cell is "not known".

    `cells` is an array in the order of its layout: names beside every number would be five times
    its size. Read it through retention.queries.printed_cells. Overlapping cells are never added.
    """

    practice = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="published_counts"
    )
    month = models.DateField()
    staff_group = models.CharField(max_length=8)
    # Read together with few layouts, written once: an index of each would only cost.
    layout = models.ForeignKey(
        PublishedLayout, on_delete=models.PROTECT, related_name="counts", db_index=False
    )
    cells = JSONText()
    # Of the layout and the cells: a second load compares these, not 800 cells a row.
    digest = models.CharField(max_length=32)
    release = models.ForeignKey(
        PublishedRelease, on_delete=models.PROTECT, related_name="counts", db_index=False
    )

    objects: ClassVar[models.Manager["PublishedCount"]]

    class Meta:
        constraints = (
            # Month first: a load reads and writes a month, and its rows lie together.
            models.UniqueConstraint(
                fields=("month", "staff_group", "practice"), name="published_count_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.practice_id} {self.month:%Y-%m} {self.staff_group}"
