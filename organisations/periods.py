"""Records that hold from a date (in) until a date (out)."""

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

Record = TypeVar("Record", bound=models.Model)


def holds_on(date: dt.date, prefix: str = "") -> Q:
    """Return the condition "begun on or before `date` and not ended by it".

    `prefix` reaches through a relation, as in `holds_on(date, "link__")`.
    """
    # Without a start it has begun: no file has printed the day.
    return (Q(**{f"{prefix}starts_on__isnull": True}) | Q(**{f"{prefix}starts_on__lte": date})) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": date})
    )


def holds(starts_on: dt.date | None, ends_on: dt.date | None, date: dt.date) -> bool:
    """Whether a period that was read holds on `date`: as `holds_on` asks the database."""
    return (starts_on is None or starts_on <= date) and (ends_on is None or ends_on > date)


class PeriodQuerySet(models.QuerySet[Record]):
    """Adds "as at a date" to a queryset."""

    def as_at(self, date: dt.date) -> Self:
        """Keep the records that hold on `date`."""
        return self.filter(holds_on(date))


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """Return the constraint that a period, where it ends, does not end before it starts."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True)
        | Q(starts_on__isnull=True)
        | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message="The end date must not be before the start date.",
    )
