"""Private outlooks as they were released: frozen each month, and kept with what they rest on."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from retention.models.published_count import StaffGroup


class Withheld(models.TextChoices):
    """Why a cell has no private outlook; for whoever makes them, and on no page."""

    FEW_PRACTICES = "few_practices", "Fewer than three practices share"
    FEW_PEOPLE = "few_people", "Too few people would be left without one of the practices"
    NEIGHBOURS = "neighbours", "With other figures it would tell of a small group"


class PrivateSnapshot(models.Model):
    """One month's private outlooks of all cells, made once and never again."""

    # The first day of the month: posts, weeks and switches are as they stood on it.
    month = models.DateField(unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["PrivateSnapshot"]]

    class Meta:
        ordering = ("month",)

    def __str__(self) -> str:
        return f"Private outlooks of {self.month:%B %Y}"


class PrivateOutlook(models.Model):
    """The private outlook of a cell (place x staff group), as it was let out.

    `figures` are rounded as every door tells them (retention.queries.private_outlook): nothing
    more exact is kept. `records` are the posts behind them, as [record, person, practice] under
    random numbers (retention.queries.private_inputs): what later releases are compared with.
    `inputs_digest`, the data date and the versions say whether the same inputs are there still.
    """

    snapshot = models.ForeignKey(PrivateSnapshot, on_delete=models.PROTECT, related_name="outlooks")
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    staff_group = models.CharField(max_length=8, choices=StaffGroup)
    # The month of the published figures of those who do not share; null where none were loaded.
    published_month = models.DateField(null=True)
    table_version = models.CharField(max_length=60)
    model_version = models.CharField(max_length=40)
    inputs_digest = models.CharField(max_length=64)
    figures = models.JSONField()
    records = models.JSONField()

    objects: ClassVar[models.Manager["PrivateOutlook"]]

    class Meta:
        ordering = ("snapshot", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("place", "staff_group", "snapshot"), name="private_outlook_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_id} {self.staff_group} from {self.snapshot_id}"


class PrivateCell(models.Model):
    """What a month's snapshot says of a cell: the outlook that stands, or why there is none.

    A cell in which no post may be counted has no row; it is withheld for FEW_PRACTICES.
    """

    snapshot = models.ForeignKey(PrivateSnapshot, on_delete=models.PROTECT, related_name="cells")
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    staff_group = models.CharField(max_length=8, choices=StaffGroup)
    standing = models.ForeignKey(
        PrivateOutlook, on_delete=models.PROTECT, null=True, related_name="stands_in"
    )
    withheld = models.CharField(max_length=16, choices=Withheld, blank=True)

    objects: ClassVar[models.Manager["PrivateCell"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("place", "staff_group", "snapshot"), name="private_cell_once"
            ),
            models.CheckConstraint(
                condition=models.Q(standing__isnull=False, withheld="")
                | models.Q(standing__isnull=True, withheld__in=Withheld.values),
                name="private_cell_stands_or_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_id} {self.staff_group}: {self.withheld or self.standing_id}"
