"""How many clinical people are in on each half-day of a network. Raw: no door reads this."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Q

from models.disclosure import WITHHELD, Band, Withheld, count_band, enough_left, enough_practices
from organisations.models import Organisation
from organisations.queries.places import practices_of
from retention.models import Absence, Post
from retention.models.session_pattern import CellKind
from retention.queries.patterns import HALF_DAYS, HalfDay, shape_of, told_patterns, week_on


def clinical_cover(network: Organisation, date: dt.date) -> dict[HalfDay, Band | Withheld]:
    """Return the band of each half-day in the week of a date; in three queries.

    Counted are told patterns of practices that share with the network, without who is on leave or
    may not be in a figure. It follows the record: retention.actions.cover_releases makes what
    stands for a quarter.
    """
    people = _people_in(network, date)
    return {half_day: _told(people.get(half_day, {})) for half_day in HALF_DAYS}


def _people_in(network: Organisation, date: dt.date) -> dict[HalfDay, dict[int, set[int]]]:
    """Return the people in for clinical work, by half-day and practice."""
    away = Absence.objects.as_at(date).values("post")
    posts = Post.objects.in_figures(date, shared_with=network).exclude(pk__in=away)
    posts = posts.filter(organisation__in=practices_of(network, date))
    holding = Q(ends_on__isnull=True) | Q(ends_on__gt=date)
    told = told_patterns(posts).filter(holding, starts_on__lte=date, told_at__date__lte=date)
    found: dict[HalfDay, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for pattern in told.select_related("post"):
        for half_day, (kind, _) in week_on(shape_of(pattern), pattern.starts_on, date).items():
            if kind == CellKind.CLINICAL:
                found[half_day][pattern.post.organisation_id].add(pattern.post.person_id)
    return found


def _told(people: Mapping[int, set[int]]) -> Band | Withheld:
    """Return the band of a half-day that three practices or more have people in on.

    A reader who knows one practice by name must be left with eight others, or with none told.
    """
    if not enough_practices(len(people)):
        return WITHHELD
    everyone = set().union(*people.values())
    others = [
        len(set().union(*(held for key, held in people.items() if key != left_out)))
        for left_out in people
    ]
    return count_band(len(everyone)) if enough_left(min(others)) else WITHHELD
