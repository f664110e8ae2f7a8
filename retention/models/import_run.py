"""A file on its way in: uploaded, checked, shown, and loaded after a person says so."""

import uuid
from typing import ClassVar

from django.db import models

from accounts.models.user import User
from organisations.models.organisation import Organisation


class ImportState(models.TextChoices):
    CHECKING = "checking", "Being checked"
    READY = "ready", "Checked: waiting for you"
    REFUSED = "refused", "Cannot be loaded"
    LOADING = "loading", "Being loaded"
    LOADED = "loaded", "Loaded"
    FAILED = "failed", "Stopped: nothing was stored"


class ImportStep(models.TextChoices):
    READING = "reading", "Reading the file"
    COMPARING = "comparing", "Comparing it with the record"
    STORING = "storing", "Storing it"


class ImportRun(models.Model):
    """Holds the file until it is loaded or dropped; then only the report."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="import_runs")
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    # Given by hand for editions that do not print theirs; its first day.
    month = models.DateField(null=True, blank=True)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.CHECKING)
    # A program that uploads says at once whether a good file is loaded or only checked.
    loads_itself = models.BooleanField(default=False)
    # How far a worker is; written outside the transaction that stores, which nobody sees into.
    step = models.CharField(max_length=10, choices=ImportStep, blank=True)
    rows_read = models.PositiveIntegerField(null=True, blank=True)
    # The same shape that `import_data --json` prints for a file.
    report = models.JSONField(default=dict, blank=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["ImportRun"]]

    class Meta:
        ordering = ("-uploaded_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values), name="import_run_state"
            ),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def access_place(self) -> Organisation:
        """The hub whose people load files."""
        return self.hub

    @property
    def access_owner_id(self) -> int | None:
        """Nobody's own."""
        return None
