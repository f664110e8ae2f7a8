"""A retention scheme: who may take part, what it pays, and how much of it there is."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models.user import User
from organisations.models.organisation import Organisation
from organisations.periods import ends_after_it_starts

WHY_YEARS = "Say why years since qualification matter for this scheme."


class SchemeState(models.TextChoices):
    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Scheme(models.Model):
    """Each rule is a switch of its own. There is no rule on age, and none can be made from one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Protected: money was spent under it, so no place takes it along when it goes.
    hub = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="schemes")
    area = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The whole hub, or one of its ICBs.",
    )
    name = models.CharField(max_length=120)
    purpose = models.TextField(max_length=1000)
    state = models.CharField(max_length=8, choices=SchemeState, default=SchemeState.DRAFT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Null and false switch a rule off (decision 0012).
    min_clinical_sessions = models.DecimalField(
        "fewest clinical sessions a week",
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(12))],
    )
    licence_required = models.BooleanField("licence to practise required", default=False)
    performers_list_required = models.BooleanField(
        "place on the performers list required", default=False
    )
    min_years_qualified = models.PositiveSmallIntegerField(
        "fewest years since qualification",
        null=True,
        blank=True,
        validators=[MaxValueValidator(40)],
    )
    years_justification = models.TextField(
        "why years since qualification matter here", max_length=1000, blank=True
    )
    session_minutes = models.PositiveSmallIntegerField(
        "length of a session in minutes",
        # 4 h 10 min, a ninth of 37.5 hours: the model contract of salaried GPs.
        default=250,
        validators=[MinValueValidator(60), MaxValueValidator(480)],
    )
    # Money is decimal: a float would lose pence.
    rate = models.DecimalField(
        "payment for a session, in pounds",
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )
    budget = models.DecimalField(
        "budget in pounds",
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )
    places = models.PositiveIntegerField("places for mentees", validators=[MinValueValidator(1)])
    drafted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    opened_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # An administrator opens the version that they read, and no later one.
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Scheme"]]

    class Meta:
        ordering = ("-starts_on", "name")
        constraints = (
            ends_after_it_starts("scheme_period"),
            models.CheckConstraint(
                condition=models.Q(state__in=SchemeState.values), name="scheme_state"
            ),
            # Length of service stands in for age: it needs a reason in writing.
            models.CheckConstraint(
                condition=models.Q(min_years_qualified__isnull=True)
                | ~models.Q(years_justification=""),
                name="scheme_years_justified",
                violation_error_message=WHY_YEARS,
            ),
            models.UniqueConstraint(fields=("hub", "name"), name="scheme_name_once"),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Say beside the field what a constraint would say beside none."""
        problems = {}
        if self.min_years_qualified is not None and not self.years_justification:
            problems["years_justification"] = WHY_YEARS
        starts_on: dt.date | None = self.starts_on
        ends_on: dt.date | None = self.ends_on  # A form may have left one out.
        if starts_on and ends_on and ends_on < starts_on:
            problems["ends_on"] = "The last day must not be before the first day."
        if problems:
            raise ValidationError(problems)

    @property
    def access_place(self) -> Organisation:
        """The hub that runs it."""
        return self.hub

    @property
    def access_owner_id(self) -> int | None:
        """Nobody's own."""
        return None
