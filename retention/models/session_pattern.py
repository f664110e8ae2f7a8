"""A week of half-days in a post, from a date. Not overwritten: a new one starts, the old ends."""

import uuid
from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from organisations.periods import PeriodQuerySet, ends_after_it_starts
from retention.models.post import Post


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"


class PartOfDay(models.TextChoices):
    MORNING = "am", "Morning"
    AFTERNOON = "pm", "Afternoon"
    EVENING = "eve", "Evening"


class CellKind(models.TextChoices):
    """What a half-day is for. A half-day off has no cell."""

    CLINICAL = "clinical", "Clinical"
    ADMIN = "admin", "Admin"
    MENTORING = "mentoring", "Mentoring"
    TRAINING = "training", "Training"
    CPD = "cpd", "CPD"
    APPRAISAL = "appraisal", "Appraisal"
    LEADERSHIP = "leadership", "Leadership"


class SessionPattern(models.Model):
    """A draft (`told_at` empty) is seen by its person alone; a told pattern by the practice too."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="patterns")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    # Otherwise the practice reads mentoring as "other work".
    shows_mentoring = models.BooleanField(
        "the practice may see which half-days are mentoring", default=False
    )
    # Counts edits, so that the second of two open windows is told instead of winning silently.
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[PeriodQuerySet["SessionPattern"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = (
            ends_after_it_starts("session_pattern_period"),
            models.CheckConstraint(
                condition=models.Q(told_at__isnull=True) | models.Q(starts_on__isnull=False),
                name="session_pattern_told_has_start",
            ),
            models.UniqueConstraint(
                fields=("post",),
                condition=models.Q(told_at__isnull=True),
                name="session_pattern_one_draft",
            ),
            models.UniqueConstraint(
                fields=("post",),
                condition=models.Q(told_at__isnull=False, ends_on__isnull=True),
                name="session_pattern_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"Pattern from {self.starts_on}" if self.told_at else "Draft pattern"

    @property
    def access_place(self) -> Organisation | None:
        """The practice, once it has been told."""
        return self.post.organisation if self.told_at else None

    @property
    def access_owner_id(self) -> int | None:
        """The user whose week it is."""
        return self.post.person.user_id


class SessionCell(models.Model):
    """One half-day of a pattern."""

    pattern = models.ForeignKey(SessionPattern, on_delete=models.CASCADE, related_name="cells")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    part = models.CharField(max_length=3, choices=PartOfDay)
    kind = models.CharField(max_length=12, choices=CellKind)
    minutes = models.PositiveSmallIntegerField()

    objects: ClassVar[models.Manager["SessionCell"]]

    class Meta:
        ordering = ("weekday", "part")
        constraints = (
            models.UniqueConstraint(
                fields=("pattern", "weekday", "part"), name="session_cell_once"
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__in=Weekday.values), name="session_cell_weekday"
            ),
            models.CheckConstraint(
                condition=models.Q(part__in=PartOfDay.values), name="session_cell_part"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=CellKind.values), name="session_cell_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=480), name="session_cell_minutes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.get_part_display()}: {self.get_kind_display()}"
