"""What a person says of a post of their own: it ends, they go on leave, or they are back."""

import uuid
from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from retention.models.absence import AbsenceReason
from retention.models.post import EndReason, Post


class Change(models.TextChoices):
    """An end and a leave by their reason codes, and the way back; the labels are the person's."""

    RETIRED = EndReason.RETIRED.value, "I am retiring from this post, or have retired"
    MOVED = EndReason.MOVED.value, "I am moving to another post"
    LEFT = EndReason.LEFT.value, "I am leaving general practice"
    CONTRACT_ENDED = EndReason.CONTRACT_ENDED.value, "My fixed term or contract ends"
    NOT_KNOWN = EndReason.NOT_KNOWN.value, "I am leaving, and give no reason"
    PARENTAL = AbsenceReason.PARENTAL.value, "I am taking parental leave"
    CAREER_BREAK = AbsenceReason.CAREER_BREAK.value, "I am taking a sabbatical or career break"
    SECONDMENT = AbsenceReason.SECONDMENT.value, "I am away on a secondment or to study"
    SERVICE = AbsenceReason.SERVICE.value, "I serve in reserve forces or another public service"
    OTHER = AbsenceReason.OTHER.value, "I am taking another kind of agreed leave"
    BACK = "back", "I am coming back, or have come back"


ENDS = frozenset(change for change in Change if change.value in EndReason.values)
LEAVES = frozenset(change for change in Change if change.value in AbsenceReason.values)


class PostChange(models.Model):
    """A draft (`told_at` empty) is seen by its person alone; telling it changes the post."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="changes")
    change = models.CharField(max_length=16, choices=Change)
    # The first day without the post, the first day away, or the first day back.
    starts_on = models.DateField()
    # Of a leave, where the person knows it.
    back_on = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    # The post that a return to an ended one began.
    made = models.ForeignKey(
        Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="returned_by"
    )
    # What the post was before, so that telling can be undone until the day; then it is emptied.
    before = models.JSONField(default=dict, blank=True)
    # Counts edits, so that what is told is what the person looked at.
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["PostChange"]]

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(change__in=Change.values), name="post_change_change"
            ),
            models.CheckConstraint(
                condition=models.Q(back_on__isnull=True)
                | models.Q(change__in=AbsenceReason.values, back_on__gt=models.F("starts_on")),
                name="post_change_back",
            ),
            models.UniqueConstraint(
                fields=("post",),
                condition=models.Q(told_at__isnull=True),
                name="post_change_one_draft",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_change_display()} from {self.starts_on}"

    @property
    def access_place(self) -> Organisation | None:
        """None: it is the person's own; what it changed is the practice's to see."""
        return None

    @property
    def access_owner_id(self) -> int | None:
        """The user whose post it is of."""
        return self.post.person.user_id
