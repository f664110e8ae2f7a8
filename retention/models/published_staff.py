"""Published counts of staff in forms other than the wide file's, each kept as its own."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from retention.models.of_release import OfMonth


class PracticeRoles(OfMonth):
    """A practice's roles in a month by the high-level file, where no wide file of it was loaded.

    `roles` lists staff group, role as printed, people and FTE (null is not known). These are
    totals of the wide file in other words, so nothing adds the two: no profile reads this.
    """

    practice = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="published_roles"
    )
    roles = models.JSONField()

    objects: ClassVar[models.Manager["PracticeRoles"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("practice", "month"), name="practice_roles_once"),
        )

    def __str__(self) -> str:
        return f"{self.practice_id} {self.month:%Y-%m}"


class SubIcbStaff(OfMonth):
    """A sub-ICB's staff in a month by the individual-level file: no line of a person is kept.

    `counts` lists where the line came from (collected or estimated), staff group, role, detailed
    role, age band, gender, the number of lines, and their FTE (null where one is not known). It is
    the only published count that crosses role with age.
    """

    sub_icb = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="published_staff"
    )
    lines = models.PositiveIntegerField()
    counts = models.JSONField()

    objects: ClassVar[models.Manager["SubIcbStaff"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("sub_icb", "month"), name="sub_icb_staff_once"),
        )

    def __str__(self) -> str:
        return f"{self.sub_icb_id} {self.month:%Y-%m}"
