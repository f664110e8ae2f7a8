"""A person in an organisation, with a role, from a date until a date."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from organisations.models.agreement import Agreement
from organisations.models.organisation import Organisation
from organisations.periods import ends_after_it_starts
from retention.models.in_figures import PostQuerySet
from retention.models.person import Person

# 4 hours 10 minutes, the contract's session; nine make a 37.5-hour week.
DEFAULT_SESSION_MINUTES = 250


class PostRole(models.TextChoices):
    PARTNER = "partner", "GP partner"
    SALARIED = "salaried", "Salaried GP"
    LOCUM = "locum", "Locum GP"
    RETAINER = "retainer", "GP on the retention scheme"
    TRAINEE = "trainee", "GP in training"
    NURSE = "nurse", "Practice nurse"
    ADVANCED_NURSE = "advanced_nurse", "Advanced nurse practitioner"
    PHARMACIST = "pharmacist", "Pharmacist"
    OTHER_CLINICAL = "other_clinical", "Other direct patient care"
    MANAGER = "manager", "Practice manager"
    OTHER = "other", "Other staff"


class EndReason(models.TextChoices):
    RETIRED = "retired", "Retired"
    MOVED = "moved", "Moved to another post"
    LEFT = "left", "Left general practice"
    CONTRACT_ENDED = "contract_ended", "Fixed term or contract ended"
    DIED = "died", "Died"
    NOT_KNOWN = "not_known", "Not known or not said"
    # Given by what happens to the practice, never chosen for one person.
    PRACTICE_MERGED = "practice_merged", "Moved with the practice when it merged"
    PRACTICE_CLOSED = "practice_closed", "The practice closed"


REASONS_TO_CHOOSE = tuple(
    reason
    for reason in EndReason
    if reason not in (EndReason.PRACTICE_MERGED, EndReason.PRACTICE_CLOSED)
)


class Post(models.Model):
    """Added by the practice, and confirmed at once; or by the person, until the practice confirms.

    A post that its practice has not confirmed enters no figure, and the practice sees it only once
    the person tells it a pattern.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=PostRole)
    session_minutes = models.PositiveSmallIntegerField(
        "length of a session in minutes",
        default=DEFAULT_SESSION_MINUTES,
        validators=[MinValueValidator(120), MaxValueValidator(360)],
    )
    # The practice's own number for its member of staff; it means nothing elsewhere.
    staff_reference = models.CharField(max_length=30, blank=True)
    contracted_minutes = models.PositiveSmallIntegerField(
        "contracted minutes a week", null=True, blank=True, validators=[MaxValueValidator(90 * 60)]
    )
    confirmed_on = models.DateField(null=True, blank=True)
    # What a post of a roster comes under, and when its person was told. A post that was added by
    # hand has neither, and comes under its hub's agreement and notice.
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_on = models.DateField("person told on", null=True, blank=True)
    # Of a roster that names no agreement or notice yet: in its practice, and in no figure.
    waits = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=16, choices=EndReason, blank=True)

    objects: ClassVar[PostQuerySet] = PostQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        ordering = ("-starts_on", "pk")
        indexes = (models.Index(fields=("organisation", "starts_on")),)
        constraints = (
            ends_after_it_starts("post_period"),
            models.CheckConstraint(condition=models.Q(role__in=PostRole.values), name="post_role"),
            models.CheckConstraint(
                condition=models.Q(end_reason="") | models.Q(ends_on__isnull=False),
                name="post_end_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(session_minutes__gte=120, session_minutes__lte=360),
                name="post_session_minutes",
            ),
            models.UniqueConstraint(
                fields=("person", "organisation", "role"),
                condition=models.Q(ends_on__isnull=True),
                name="post_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    @property
    def access_place(self) -> Organisation:
        """The practice (or other organisation) of the post."""
        return self.organisation

    @property
    def access_owner_id(self) -> int | None:
        """The user who holds the post."""
        return self.person.user_id
