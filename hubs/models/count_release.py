"""The counts of people in mentoring that stand for a quarter. Bands alone: nobody is in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from models.disclosure import COUNT_FROM
from organisations.models.organisation import Organisation


class CountRelease(models.Model):
    """What a hub lets others than its lead know of `place`: itself, or a network in it.

    Each figure is the lower end of a band (models.disclosure.count_band), null where withheld.
    """

    hub = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="count_releases")
    place = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    # Its first day; `counted_on` is the day on which the first reader came.
    quarter = models.DateField()
    counted_on = models.DateField()
    mentors = models.PositiveIntegerField(null=True)
    mentees = models.PositiveIntegerField(null=True)
    pairs = models.PositiveIntegerField(null=True)

    objects: ClassVar[models.Manager["CountRelease"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("hub", "place", "quarter"), name="count_release_once"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": COUNT_FROM}),
                    name=f"count_release_{name}",
                )
                for name in ("mentors", "mentees", "pairs")
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_id} from {self.quarter:%Y-%m}"
