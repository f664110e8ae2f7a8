"""How many clinical people are in on each half-day of a network. Raw: no door reads this."""

import datetime as dt
from collections import defaultdict

from django.db.models import Q

from accounts.permissions import Permission
from accounts.queries.roles import several_places
from models.disclosure import Band, Withheld, count_of_practices
from organisations.clock import today
from organisations.models import Organisation
from organisations.queries.places import practices_of
from retention.models import Absence, Post
from retention.models.session_pattern import CellKind
from retention.queries.patterns import HALF_DAYS, HalfDay, shape_of, told_patterns, week_on


def clinical_cover(
    network: Organisation, date: dt.date, *, as_at: dt.date | None = None
) -> dict[HalfDay, Band | Withheld]:
    """Return the band of each half-day in the week of a date; in a fixed number of queries.

    Counted are told patterns of practices that share with the network, without who is on leave or
    may not be in a figure. `as_at` (today) is the day of the readers, who may manage two. It
    follows the record: retention.actions.cover_releases makes what stands for a quarter.
    """
    people = _people_in(network, date)
    # Of another day than the record: these are the accounts that can read what is made now.
    known = several_places(Permission.SEE_POSTS, as_at or today())
    return {half: count_of_practices(people.get(half, {}), known) for half in HALF_DAYS}


def _people_in(network: Organisation, date: dt.date) -> dict[HalfDay, dict[str, set[int]]]:
    """Return the people in for clinical work, by half-day and code of the practice."""
    # Who is away is not in, whatever week they told: only here does leave count.
    away = Absence.objects.as_at(date).values("post")
    posts = Post.objects.in_figures(date, shared_with=network).exclude(pk__in=away)
    posts = posts.filter(organisation__in=practices_of(network, date))
    holding = Q(ends_on__isnull=True) | Q(ends_on__gt=date)
    told = told_patterns(posts).filter(holding, starts_on__lte=date, told_at__date__lte=date)
    found: dict[HalfDay, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for pattern in told.select_related("post__organisation"):
        for half_day, (kind, _) in week_on(shape_of(pattern), pattern.starts_on, date).items():
            if kind == CellKind.CLINICAL:
                found[half_day][pattern.post.organisation.code].add(pattern.post.person_id)
    return found
