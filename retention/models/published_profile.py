"""The age profile of a place in a month, added up from published counts when a file is loaded."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from retention.models.banded_field import BandedText, JSONText


class PublishedProfile(models.Model):
    """Made from published counts alone, so it can be made again at any time.

    `headcount` and `sessions` map an age band (models.bands) to people and to estimated sessions a
    week: 9 half-days of 4 h 10 min for a full-time equivalent, whatever the staff group. `by_sex`
    maps "female" and "male" to headcounts by band. `by_role` maps the code of each role that has
    somebody (retention.imports.roles) to [people, FTE]; roles are not crossed with age, and who
    has two is in both. GPs are the qualified permanent ones but in `by_role`, which has them all.
    Practices whose figures are not known are counted in `practices_not_known`, never as zero.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="published_profiles",
        db_index=False,  # the constraint's index begins with it
    )
    month = models.DateField()
    staff_group = models.CharField(max_length=8)
    headcount = BandedText()
    sessions = BandedText()
    by_sex = BandedText(default=dict)
    by_role = JSONText(default=dict)
    # People and FTE in all, without spreading; trainees and everyone else apart.
    people = models.PositiveIntegerField(null=True)
    fte = models.FloatField(null=True)
    trainees = models.PositiveIntegerField(null=True)
    trainee_fte = models.FloatField(null=True)
    all_fte = models.FloatField(null=True)
    patients = models.PositiveIntegerField(null=True)
    practices = models.PositiveIntegerField(default=1)
    practices_not_known = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["PublishedProfile"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "month", "staff_group"), name="published_profile_once"
            ),
        )
        indexes = (models.Index(fields=("month", "staff_group")),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.month:%Y-%m} {self.staff_group}"
