"""Two editors of one record: whoever saves second is told, and loses nothing."""

from django.core.exceptions import ValidationError
from django.db import models

STALE = (
    "Someone else, or another window of yours, changed this since you opened the page. What you"
    " typed is still here and is not saved. Open the page in a second window to compare, then save"
    " again to put yours in its place."
)


class Versioned(models.Model):
    """A record that is changed as it was read. `version` counts the changes, 0 when it is new."""

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


def stale(version: int) -> ValidationError:
    """Return the refusal of a change to a record that has moved on, to `version`.

    A form takes the version from it, so that saving again is a choice and works.
    """
    return ValidationError(STALE, code="stale", params={"version": version})


def claim(record: Versioned, seen: int) -> None:
    """Count one more change of `record`, in the transaction that makes it; save it afterwards.

    The database decides who was first. Raises ValidationError (stale) where the record is no
    longer as in version `seen`.
    """
    # One statement that compares and counts: reading first would let two pass.
    records = type(record)._default_manager.filter(pk=record.pk)
    if not records.filter(version=seen).update(version=seen + 1):
        raise stale(records.values_list("version", flat=True).first() or 0)
    record.version = seen + 1
