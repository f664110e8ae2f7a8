"""How rural the practices of a place are: open data, one class for each practice and year."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from models.similar_places import weighted_mean
from retention.models.published_place import PracticeRurality

_MARCH = 3


@dataclass(frozen=True)
class ListRurality:
    """The share of a place's patients whose practice is rural; 0 or 1 for a practice.

    `year` is the one in which the financial year of the publication ends.
    """

    year: int
    share: float
    practices: int
    not_known: int


def rural_practices(as_at: dt.date) -> tuple[int | None, Mapping[int, bool]]:
    """Return the newest year known on a day and, by practice, whether it is rural; two queries."""
    return _newest(PracticeRurality.objects.all(), as_at)


def list_rurality(
    practices: Collection[int], weights: Mapping[int, int], as_at: dt.date
) -> ListRurality | None:
    """Return how rural a place is, by the patients of its practices; None if none is known.

    practices: primary keys; weights: patients by practice. Two queries.
    """
    year, rural = _newest(PracticeRurality.objects.filter(practice__in=practices), as_at)
    if year is None:
        return None
    # One practice is its own mean, whether or not its list is known.
    alone = len(practices) == 1
    weight = [1.0 if alone else float(weights.get(one, 0)) for one in rural]
    share = weighted_mean([float(is_rural) for is_rural in rural.values()], weight)
    if share is None:
        return None
    counted = sum(1 for one in weight if one)
    return ListRurality(year, share, counted, len(practices) - counted)


def year_ended(as_at: dt.date) -> int:
    """Return the year in which the newest financial year that was over on a day ended."""
    return as_at.year if as_at.month > _MARCH else as_at.year - 1


def _newest(
    rows: QuerySet[PracticeRurality], as_at: dt.date
) -> tuple[int | None, Mapping[int, bool]]:
    known = rows.filter(year__lte=year_ended(as_at))
    year: int | None = known.aggregate(newest=Max("year"))["newest"]
    if year is None:
        return None, {}
    return year, dict(rows.filter(year=year).values_list("practice", "rural"))
