"""A practice's own roster on its way in; how its columns are read; when it was last confirmed."""

import uuid
from typing import Any, ClassVar

from django.db import models

from accounts.models.user import User
from organisations.models.agreement import Agreement
from organisations.models.organisation import Organisation


class RosterState(models.TextChoices):
    COLUMNS = "columns", "Waiting for its columns"
    CHECKING = "checking", "Being checked"
    READY = "ready", "Checked: waiting for you"
    LOADING = "loading", "Being loaded"
    LOADED = "loaded", "Loaded"
    UNDONE = "undone", "Undone"
    FAILED = "failed", "Stopped: nothing was stored"


class RosterRun(models.Model):
    """Keeps a table, never the file: what is not stored (NI numbers, birth dates) is out of it.

    The table goes when the roster is loaded, the report's rows and the journal of what was before
    when it can no longer be undone; then only counts are left.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roster_runs")
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    headers: models.JSONField[Any, list[str]] = models.JSONField(default=list)
    # Of the headers as uploaded: by it the columns are known again.
    fingerprint = models.CharField(max_length=64)
    # [line, cells] of each row.
    rows: models.JSONField[Any, list[Any]] = models.JSONField(default=list)
    # What was left out on reading, in words.
    notes: models.JSONField[Any, list[str]] = models.JSONField(default=list)
    # The column that each header stands for; a header that is not here is not read.
    columns: models.JSONField[Any, dict[str, str]] = models.JSONField(default=dict)
    # Line to "new" or the public id of the person that the practice says it is.
    answers: models.JSONField[Any, dict[str, str]] = models.JSONField(default=dict)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_on = models.DateField("people told on", null=True, blank=True)
    state = models.CharField(max_length=10, choices=RosterState, default=RosterState.COLUMNS)
    # Why the state is not the one that was asked for, in words.
    message = models.CharField(max_length=300, blank=True)
    report: models.JSONField[Any, dict[str, Any]] = models.JSONField(default=dict)
    # Posts that are not in the file and are to end: {"posts": [...], "ends_on", "reason"}.
    endings: models.JSONField[Any, dict[str, Any]] = models.JSONField(default=dict)
    # What each thing was before, and what the load made of it.
    journal: models.JSONField[Any, list[Any]] = models.JSONField(default=list)
    done = models.PositiveIntegerField("rows done", default=0)
    total = models.PositiveIntegerField("rows", default=0)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    loaded_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["RosterRun"]]

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=RosterState.values), name="roster_run_state"
            ),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def access_place(self) -> Organisation:
        """The practice whose people it names; nobody else sees anything of it."""
        return self.practice

    @property
    def access_owner_id(self) -> int | None:
        """Nobody's own."""
        return None


class RosterMapping(models.Model):
    """How a practice's spreadsheet is read: said once, used whenever its headers come again."""

    practice = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="roster_mappings"
    )
    fingerprint = models.CharField(max_length=64)
    # Simplified header to column; headers that are not read have "".
    columns: models.JSONField[Any, dict[str, str]] = models.JSONField(default=dict)
    used_on = models.DateField()

    objects: ClassVar[models.Manager["RosterMapping"]]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("practice", "fingerprint"), name="roster_mapping_once"),
        )

    def __str__(self) -> str:
        return f"Columns of {self.practice_id}"


class RosterConfirmation(models.Model):
    """That a practice said on a day: so it stands. By a roster loaded, or by "nothing changed"."""

    practice = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="roster_confirmations"
    )
    confirmed_on = models.DateField()
    confirmed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    run = models.OneToOneField(
        RosterRun, on_delete=models.SET_NULL, null=True, related_name="confirmation"
    )

    objects: ClassVar[models.Manager["RosterConfirmation"]]

    class Meta:
        ordering = ("-confirmed_on", "-pk")
        indexes = (models.Index(fields=("practice", "confirmed_on")),)

    def __str__(self) -> str:
        return f"{self.practice_id} on {self.confirmed_on}"
