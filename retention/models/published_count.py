"""What the open practice-level files print: marginals, kept as printed."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation


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


class PublishedCount(models.Model):
    """One practice, month and staff group, with the printed cells; null in a cell is "not known".

    What each cell counts is told by retention.imports.practice_level.parse_cell; overlapping cells
    are never added.
    """

    practice = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="published_counts"
    )
    month = models.DateField()
    staff_group = models.CharField(max_length=8)
    cells = models.JSONField()
    # Of the cells in a fixed order: a second load compares these, not 800 cells a row.
    digest = models.CharField(max_length=32)
    release = models.ForeignKey(PublishedRelease, on_delete=models.PROTECT, related_name="counts")

    objects: ClassVar[models.Manager["PublishedCount"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "month", "staff_group"), name="published_count_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.practice_id} {self.month:%Y-%m} {self.staff_group}"
