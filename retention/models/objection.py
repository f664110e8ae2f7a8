"""A person's objection to being counted, from a date until they take it back."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from organisations.periods import PeriodQuerySet, ends_after_it_starts
from retention.models.person import Person


class Objection(models.Model):
    """Takes every post of the person out of every figure made while it holds; without a reason."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="objections")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[PeriodQuerySet["Objection"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            ends_after_it_starts("objection_period"),
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(ends_on__isnull=True),
                name="objection_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"Objection from {self.starts_on}"

    @property
    def access_place(self) -> Organisation | None:
        """None: it is the person's own."""
        return None

    @property
    def access_owner_id(self) -> int | None:
        """The user who objects."""
        return self.person.user_id
