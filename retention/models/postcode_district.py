"""Where postcode districts are: the finest place that pairing knows of anyone."""

from typing import ClassVar

from django.db import models


class PostcodeDistrict(models.Model):
    """The outward half of a postcode, with the coordinates of its middle in degrees (WGS 84)."""

    code = models.CharField(max_length=4, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    objects: ClassVar[models.Manager["PostcodeDistrict"]]

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code
