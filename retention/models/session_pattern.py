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


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", "Every week the same"
    ALTERNATE = "alternate", "Two weeks in turn, A and B"


class Basis(models.TextChoices):
    """How much of the year the week is worked; decision 35 says what a full year is."""

    ALL_YEAR = "all_year", "All year"
    TERM_TIME = "term_time", "In term time only"
    ANNUALISED = "annualised", "So many sessions a year"


class WeekInTurn(models.TextChoices):
    A = "a", "Week A"
    B = "b", "Week B"


WEEKS_A_YEAR = 52
# Twelve sessions a week, all year; and a hundred hours in one week.
MOST_SESSIONS_A_YEAR, MOST_ACTUAL_MINUTES = 624, 6000
TERMS_PROBLEM = (
    "Give the weeks worked a year (1 to 52) in term time; for sessions a year also the sessions"
    " (up to 624); and neither where you work all year."
)


def _terms_fit() -> models.Q:
    """Return the condition that weeks and sessions a year are there where they mean something.

    Each says that it is not null: to SQL what is compared with null is unknown, and so allowed.
    """
    some_weeks = models.Q(
        weeks_a_year__isnull=False, weeks_a_year__gte=1, weeks_a_year__lte=WEEKS_A_YEAR
    )
    no_sessions = models.Q(sessions_a_year__isnull=True)
    some_sessions = models.Q(
        sessions_a_year__isnull=False,
        sessions_a_year__gt=0,
        sessions_a_year__lte=MOST_SESSIONS_A_YEAR,
    )
    return (
        models.Q(basis=Basis.ALL_YEAR, weeks_a_year__isnull=True) & no_sessions
        | models.Q(basis=Basis.TERM_TIME) & some_weeks & no_sessions
        | models.Q(basis=Basis.ANNUALISED) & some_weeks & some_sessions
    )


class SessionPattern(models.Model):
    """A draft (`told_at` empty) is seen by its person alone; a told pattern by the practice too."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="patterns")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    # By a roster; what a person told themselves, no roster replaces.
    told_by_practice = models.BooleanField(default=False)
    # Otherwise the practice reads mentoring as "other work".
    shows_mentoring = models.BooleanField(
        "the practice may see which half-days are mentoring", default=False
    )
    # Of two weeks in turn, A is the one in which the pattern starts.
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.WEEKLY)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.ALL_YEAR)
    weeks_a_year = models.PositiveSmallIntegerField("weeks worked a year", null=True, blank=True)
    sessions_a_year = models.DecimalField(
        "sessions a year", max_digits=4, decimal_places=1, null=True, blank=True
    )
    # Really worked in a usual week; for the person alone, never told.
    actual_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    # Counts edits, so that the second of two open windows is told instead of winning silently.
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[PeriodQuerySet["SessionPattern"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = (
            ends_after_it_starts("session_pattern_period"),
            models.CheckConstraint(
                condition=models.Q(told_at__isnull=True) | models.Q(starts_on__isnull=False),
                name="session_pattern_told_has_start",
            ),
            models.CheckConstraint(
                condition=models.Q(rhythm__in=Rhythm.values), name="session_pattern_rhythm"
            ),
            models.CheckConstraint(
                condition=_terms_fit(),
                name="session_pattern_terms",
                violation_error_message=TERMS_PROBLEM,
            ),
            models.CheckConstraint(
                condition=models.Q(actual_minutes__isnull=True)
                | models.Q(actual_minutes__lte=MOST_ACTUAL_MINUTES),
                name="session_pattern_actual",
                violation_error_message="A week has no more than 100 hours of work.",
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
    week = models.CharField(max_length=1, choices=WeekInTurn, default=WeekInTurn.A)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    part = models.CharField(max_length=3, choices=PartOfDay)
    kind = models.CharField(max_length=12, choices=CellKind)
    minutes = models.PositiveSmallIntegerField()

    objects: ClassVar[models.Manager["SessionCell"]]

    class Meta:
        ordering = ("week", "weekday", "part")
        constraints = (
            models.UniqueConstraint(
                fields=("pattern", "week", "weekday", "part"), name="session_cell_once"
            ),
            models.CheckConstraint(
                condition=models.Q(week__in=WeekInTurn.values), name="session_cell_week"
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
