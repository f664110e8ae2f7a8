"""What every figure of a published release has, whatever it counts."""

from django.db import models

from retention.models.published_count import PublishedRelease


class OfRelease(models.Model):
    """A figure that a release printed about a place; each kind names its place itself."""

    # A release cannot go while figures stand on it: each says where it came from.
    release = models.ForeignKey(PublishedRelease, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class OfMonth(OfRelease):
    """A figure of a month, which is given by its first day."""

    month = models.DateField()

    class Meta:
        abstract = True
