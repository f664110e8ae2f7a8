"""A time away from a post that goes on: never confused with leaving it, never about health."""

import uuid
from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from organisations.periods import PeriodQuerySet, ends_after_it_starts
from retention.models.post import Post


class AbsenceReason(models.TextChoices):
    """No reason tells of health: sick leave is not recorded, nor is it "another kind"."""

    PARENTAL = "parental", "Parental leave"
    CAREER_BREAK = "career_break", "Sabbatical or career break"
    SECONDMENT = "secondment", "Secondment or study"
    SERVICE = "service", "Reserve forces or other public service"
    OTHER = "other", "Another kind of agreed leave"


class Absence(models.Model):
    """The post and its patterns stand; who is away is in on no half-day and in no cover count."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=AbsenceReason)

    objects: ClassVar[PeriodQuerySet["Absence"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        ordering = ("-starts_on", "pk")
        constraints = (
            ends_after_it_starts("absence_period"),
            models.CheckConstraint(
                condition=models.Q(reason__in=AbsenceReason.values), name="absence_reason"
            ),
            models.UniqueConstraint(
                fields=("post",), condition=models.Q(ends_on__isnull=True), name="absence_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_reason_display()} from {self.starts_on}"

    @property
    def access_place(self) -> Organisation:
        """The practice of the post."""
        return self.post.organisation

    @property
    def access_owner_id(self) -> int | None:
        """The user who is away."""
        return self.post.person.user_id
