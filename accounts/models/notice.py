"""What changed for somebody without their doing, on their first page until they have read it."""

import uuid
from typing import ClassVar

from django.db import models

from accounts.models.user import User
from organisations.models.organisation import Organisation


class NoticeKind(models.TextChoices):
    """What happened to `place`; `other` is where it went."""

    CLOSED = "closed", "A place closed"
    MERGED = "merged", "A place merged into another"
    JOINED = "joined", "Another place merged into this one"
    LEFT_AREA = "left_area", "A practice left a network or hub"
    STAFF_TOLD = "staff_told", "Somebody of a practice told of a change"


class NoticeLine(models.TextChoices):
    """What it meant for the reader. No line names anybody, or a number of people."""

    POST_ENDED = "post_ended", "Your post ends with it. Your history stays on your own page."
    POST_MOVED = "post_moved", "Your post goes over, from the same day."
    WEEK_ENDED = "week_ended", "The week that you told ends with the post."
    WEEK_MOVED = "week_moved", "Your week goes over; mentoring reads “Other work” there again."
    DRAFT_ENDED = "draft_ended", "Your draft of a week is deleted."
    DRAFT_MOVED = "draft_moved", "Your draft goes over, and is still yours alone."
    SHARE_ENDED = "share_ended", "A share of your plan ends. You may share it anew."
    ROLE_ENDED = "role_ended", "A role that you held there ends."
    ROLE_MOVED = "role_moved", "You are a clinician of the other place from that day."
    SWITCHES_ENDED = "switches_ended", "What the practice shared there is not shared any more."
    INVITATIONS_ENDED = "invitations_ended", "Invitations that nobody had accepted are withdrawn."
    PEOPLE_JOIN = "people_join", "Its posts and weeks stand under “Staff”, from that day."
    AGREEMENTS_ENDED = (
        "agreements_ended",
        "Posts under the old hub's agreement wait until you name one of the new hub's.",
    )
    MENTORING_MOVED = "mentoring_moved", "Your mentoring goes on there, with the same people."
    TAKEN_BACK = "taken_back", "They have taken back what they told you of that day."
    SEE_STAFF = "see_staff", "Day and reason stand under “Staff”."


class Notice(models.Model):
    """Of one event for one user; put away by them, or forgotten after its time."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    made_at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=12, choices=NoticeKind)
    place = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    on = models.DateField("from which day")
    # NoticeLine values, in the order in which they are read.
    lines = models.JSONField(default=list)
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Notice"]]

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=("user", "read_at")),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=NoticeKind.values), name="notice_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.place}"

    @property
    def access_place(self) -> Organisation | None:
        """None: it is the reader's own."""
        return None

    @property
    def access_owner_id(self) -> int | None:
        """The user whom it tells."""
        return self.user_id
