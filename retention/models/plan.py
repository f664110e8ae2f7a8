"""When I may retire, and what I would like instead. The person's own; "this is not notice"."""

import uuid
from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from organisations.periods import PeriodQuerySet, ends_after_it_starts
from retention.models.person import Person


class Wish(models.TextChoices):
    """What someone would like instead. From a list: free text might name others, or health."""

    AS_NOW = "as_now", "To go on as I am"
    FEWER_SESSIONS = "fewer_sessions", "Fewer sessions"
    OTHER_HOURS = "other_hours", "Hours that suit me better"
    NO_DUTY = "no_duty", "No on-call or duty days"
    REMOTE = "remote", "Some work from home"
    MENTORING = "mentoring", "To mentor or teach colleagues"
    SPECIAL_INTEREST = "special_interest", "More of a special interest"
    LEADERSHIP = "leadership", "A part in leading"
    BREAK = "break", "A break, and then to come back"
    RETURN = "return", "To take my pension and come back for some sessions"
    TALK = "talk", "To talk it over with someone first"


class Plan(models.Model):
    """Kept sealed; only the actions and queries of plans open it (accounts/sealing.py)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="plan")
    sealed = models.BinaryField()
    saved_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Plan"]]

    def __str__(self) -> str:
        return "A plan"

    @property
    def access_place(self) -> Organisation | None:
        """None: a recipient reads it through a share."""
        return None

    @property
    def access_owner_id(self) -> int | None:
        """The user whose plan it is."""
        return self.person.user_id


class PlanShare(models.Model):
    """Lets one named hub read the plan, for six months at most; withdrawn at once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="shares")
    recipient = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="plans_received"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects: ClassVar[PeriodQuerySet["PlanShare"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        constraints = (ends_after_it_starts("plan_share_period"),)

    def __str__(self) -> str:
        return f"Plan shared with {self.recipient}"

    @property
    def access_place(self) -> Organisation:
        """The hub that it is shared with."""
        return self.recipient

    @property
    def access_owner_id(self) -> int | None:
        """The user whose plan it is."""
        return self.plan.person.user_id
