"""Which posts of a hub's area figures of many days may count, read once for all the days.

PostQuerySet.in_figures is the rule, and asks the database for one day. What it asks for is read
here with its dates, and asked in memory: a test holds the two together, day by day.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from django.db.models import Q

from organisations.models.agreement import Agreement
from organisations.models.link import Link, LinkKind
from organisations.models.organisation import Organisation
from organisations.models.sharing import SharedThing, Sharing
from organisations.periods import holds
from organisations.queries.agreements import KEEPING_POSTS
from retention.models import Objection, Post

# From, and until where it ended.
Period = tuple[dt.date, dt.date | None]
_PARENT_KINDS = (LinkKind.PRACTICE_SUB_ICB, LinkKind.SUB_ICB_ICB, LinkKind.ICB_HUB)


class PostsOverTime:
    """Posts in practices that share with a hub, for figures of days from `since` to `until`.

    made_on: the day on which the figures are made; what may not be used then is in none of them.
    """

    def __init__(
        self, hub: Organisation, since: dt.date, until: dt.date, *, made_on: dt.date
    ) -> None:
        self._hub = hub.pk
        self._posts = list(_posts(hub, since, until, made_on))
        self._shares = _shares(hub)
        self._parents = _parents(self._shares)
        self._agreements = _agreements()
        self._objections = _objections()

    def on(self, day: dt.date) -> list[Post]:
        """Return the posts that a figure of a day may count, by number, with person and place."""
        covering = {hub for hub, periods in self._agreements.items() if _any_holds(periods, day)}
        areas = {
            practice: self._hubs_of(practice, day)
            for practice, periods in self._shares.items()
            if _any_holds(periods, day)
        }
        # Sharing with a hub whose area a practice has left counts nowhere.
        inside = {practice for practice, hubs in areas.items() if self._hub in hubs}
        covered = {practice for practice in inside if areas[practice] & covering}
        return [
            post
            for post in self._posts
            if post.organisation_id in inside
            and _lasts(post, day)
            and _agreed(post, day, covered)
            and not self._objects(post, day)
        ]

    def _hubs_of(self, practice: int, day: dt.date) -> set[int]:
        """Return the hubs whose area holds a practice on a day."""
        places = {practice}
        for kind in _PARENT_KINDS:
            places = {
                parent
                for child in places
                for parent, period in self._parents.get((kind, child), ())
                if holds(*period, day)
            }
        return places

    def _objects(self, post: Post, day: dt.date) -> bool:
        """Whether somebody objects, or whom another practice lists under the same number."""
        return any(
            _any_holds(self._objections.get(who, ()), day)
            for who in (post.person_id, post.person.registration)
            if who  # no number is nobody's
        )


def _any_holds(periods: Iterable[Period], day: dt.date) -> bool:
    return any(holds(*period, day) for period in periods)


def _lasts(post: Post, day: dt.date) -> bool:
    confirmed = post.confirmed_on is not None and post.confirmed_on <= day
    return confirmed and holds(post.starts_on, post.ends_on, day)


def _agreed(post: Post, day: dt.date, covered: set[int]) -> bool:
    """Whether an agreement allows it: one of its own, or its hub's for all that name none."""
    if post.agreement is None:
        return post.organisation_id in covered
    told = post.told_on is not None and post.told_on <= day
    return told and holds(post.agreement.starts_on, post.agreement.ends_on, day)


def _posts(hub: Organisation, since: dt.date, until: dt.date, made_on: dt.date) -> Iterable[Post]:
    lasted = Q(ends_on__isnull=True) | Q(ends_on__gt=since)
    return (
        Post.objects.usable(made_on, shared_with=hub)
        .filter(lasted, starts_on__lte=until, confirmed_on__lte=until)
        .select_related("person", "organisation", "agreement")
        .order_by("pk")
    )


def _shares(hub: Organisation) -> Mapping[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    shares = Sharing.objects.filter(recipient=hub, thing=SharedThing.PATTERNS)
    for share in shares:
        found[share.practice_id].append((share.starts_on, share.ends_on))
    return found


def _parents(practices: Iterable[int]) -> Mapping[tuple[str, int], list[tuple[int, Period]]]:
    """Return what a practice, a sub-ICB and an ICB ever belonged to, on the way to a hub."""
    found: dict[tuple[str, int], list[tuple[int, Period]]] = defaultdict(list)
    above = Q(kind__in=_PARENT_KINDS[1:])
    own = Q(kind=_PARENT_KINDS[0], child__in=list(practices))
    links = Link.objects.filter(above | own)
    for kind, child, parent, starts_on, ends_on in links.values_list(
        "kind", "child", "parent", "starts_on", "ends_on"
    ):
        found[kind, child].append((parent, (starts_on, ends_on)))
    return found


def _agreements() -> Mapping[int, list[Period]]:
    """Return when each hub had an agreement for posts added by hand, and had given notice."""
    found: dict[int, list[Period]] = defaultdict(list)
    held = Agreement.objects.filter(purpose=KEEPING_POSTS, notice_given_on__isnull=False)
    for agreement in held:
        assert agreement.notice_given_on is not None
        begun = max(agreement.starts_on, agreement.notice_given_on)
        found[agreement.hub_id].append((begun, agreement.ends_on))
    return found


def _objections() -> Mapping[Hashable, list[Period]]:
    """Return when each person objected, and whoever has that number."""
    found: dict[Hashable, list[Period]] = defaultdict(list)
    everyone = Objection.objects.values_list(
        "person", "person__registration", "starts_on", "ends_on"
    )
    for person, number, starts_on, ends_on in everyone:
        for who in (person, number):
            found[who].append((starts_on, ends_on))
    return found
