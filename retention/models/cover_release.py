"""A network's cover by half-day that stands for a quarter. Bands alone: nobody is in it."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation


class CoverRelease(models.Model):
    """What those who work in a network are told of who is in, all half-days together.

    `lows` has the lower end of the band (models.disclosure.count_band) of each half-day that is
    told, by its name ("0 am"); a withheld one is not in it.
    """

    network = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="cover_releases"
    )
    quarter = models.DateField()
    lows = models.JSONField()

    objects: ClassVar[models.Manager["CoverRelease"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("network", "quarter"), name="cover_release_once"),
        )

    def __str__(self) -> str:
        return f"{self.network_id} from {self.quarter:%Y-%m}"
