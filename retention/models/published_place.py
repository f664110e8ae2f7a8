"""Published figures about places that are no workforce cells: whom they serve, where, networks."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from retention.models.of_release import OfMonth, OfRelease


class RegisteredPatients(OfMonth):
    """A practice's registered patients by sex and five-year age on the first of a month.

    `counts` maps female and male to a list in the order of
    retention.imports.registered_patients.AGES.
    """

    practice = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="registered_patients"
    )
    total = models.PositiveIntegerField()
    # Forty numbers that are only ever read together.
    counts = models.JSONField()

    objects: ClassVar[models.Manager["RegisteredPatients"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("practice", "month"), name="registered_patients_once"),
        )

    def __str__(self) -> str:
        return f"{self.practice_id} {self.month:%Y-%m}"


class Deprivation(OfRelease):
    """A practice's score in one edition of the Index of Multiple Deprivation, 0 to 100 (most)."""

    practice = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="deprivation")
    year = models.PositiveSmallIntegerField()
    score = models.FloatField()

    objects: ClassVar[models.Manager["Deprivation"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("practice", "year"), name="deprivation_once"),
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=100), name="deprivation_score"
            ),
        )

    def __str__(self) -> str:
        return f"{self.practice_id} {self.year}"


class PracticeRurality(OfRelease):
    """Whether a practice was rural or urban in the financial year that ended in `year`."""

    practice = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rurality")
    year = models.PositiveSmallIntegerField()
    rural = models.BooleanField()

    objects: ClassVar[models.Manager["PracticeRurality"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("practice", "year"), name="practice_rurality_once"),
        )

    def __str__(self) -> str:
        return f"{self.practice_id} {self.year}"


class NetworkWorkforce(OfMonth):
    """A network's own staff in a month, counted by role: no line of a person is kept.

    `roles` lists, for each role, where the line came from, the staff group, the role, the detailed
    role, the number of posts, and their FTE (null where one was not known).
    """

    network = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="network_workforce"
    )
    posts = models.PositiveIntegerField()
    roles = models.JSONField()

    objects: ClassVar[models.Manager["NetworkWorkforce"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("network", "month"), name="network_workforce_once"),
        )

    def __str__(self) -> str:
        return f"{self.network_id} {self.month:%Y-%m}"
