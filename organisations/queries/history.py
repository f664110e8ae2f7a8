"""What became of a place: its names, its networks and areas, and who took over from it."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from organisations.models.link import Link, LinkKind
from organisations.models.name import OrganisationName
from organisations.models.organisation import Kind, Organisation

# Mergers of mergers: longer is a circle, which no file may make but the query must survive.
MOST_MERGERS = 20
# Ten years before the first practice-level file: an earlier day is a slip of the keyboard.
EARLIEST = dt.date(2005, 1, 1)
SHOWN = (LinkKind.PRACTICE_NETWORK, LinkKind.PRACTICE_SUB_ICB, LinkKind.SUB_ICB_ICB)


@dataclass(frozen=True)
class Belonged:
    """A place that another belonged to, from a day (in) until a day (out; None while it lasts)."""

    place: Organisation
    starts_on: dt.date
    ends_on: dt.date | None


def day_problem(as_at: dt.date, today: dt.date) -> str:
    """Return why no place can be shown as at a day, in words for a reader; empty if it can."""
    if as_at > today:
        return "Enter today\u2019s date or an earlier one"
    if as_at < EARLIEST:
        return f"Enter a date from {EARLIEST:%-d %B %Y} on"
    return ""


def belonged_to(place: Organisation) -> list[Belonged]:
    """Return all that a place belonged to, newest first; periods that meet are one. One query."""
    links = Link.objects.filter(child=place, kind__in=SHOWN).select_related("parent")
    found: list[Belonged] = []
    for link in links.order_by("kind", "starts_on"):
        last = found[-1] if found else None
        if last and last.place == link.parent and last.ends_on == link.starts_on:
            found[-1] = Belonged(link.parent, last.starts_on, link.ends_on)
        else:
            found.append(Belonged(link.parent, link.starts_on, link.ends_on))
    return sorted(found, key=lambda period: period.starts_on, reverse=True)


def practices_over_time(place: Organisation) -> list[Belonged]:
    """Return every practice that a network, sub-ICB or ICB had or has, newest first.

    An ICB has a practice while it has the sub-ICB location of that practice; periods that meet
    are one. One query, or two for an ICB.
    """
    if place.kind == Kind.ICB:
        above = list(Link.objects.filter(parent=place, kind=LinkKind.SUB_ICB_ICB))
        below = Link.objects.filter(
            child__kind=Kind.PRACTICE,
            kind=LinkKind.PRACTICE_SUB_ICB,
            parent__in={link.child_id for link in above},
        ).select_related("child")
        found = [
            both
            for low in below
            for up in above
            if up.child_id == low.parent_id
            if (both := _while_both(low, up))
        ]
    else:
        kinds = (LinkKind.PRACTICE_NETWORK, LinkKind.PRACTICE_SUB_ICB)
        links = Link.objects.filter(parent=place, kind__in=kinds).select_related("child")
        found = [Belonged(link.child, link.starts_on, link.ends_on) for link in links]
    return sorted(_joined(found), key=lambda one: (one.starts_on, one.place.name), reverse=True)


def _while_both(one: Link, other: Link) -> Belonged | None:
    """Return the child of `one` for as long as both links hold, None if they never did."""
    starts_on = max(one.starts_on, other.starts_on)
    ends_on = min((day for day in (one.ends_on, other.ends_on) if day), default=None)
    if ends_on is not None and ends_on <= starts_on:
        return None
    return Belonged(one.child, starts_on, ends_on)


def _joined(periods: Iterable[Belonged]) -> list[Belonged]:
    """Make periods of one place that meet or overlap into one."""
    found: list[Belonged] = []
    for period in sorted(periods, key=lambda one: (one.place.pk, one.starts_on)):
        last = found[-1] if found else None
        if last is None or last.place != period.place or _ended(last) < period.starts_on:
            found.append(period)
        else:
            found[-1] = replace(last, ends_on=max(last, period, key=_ended).ends_on)
    return found


def _ended(period: Belonged) -> dt.date:
    return period.ends_on or dt.date.max


def names_on(places: Collection[Organisation], as_at: dt.date) -> dict[int, str]:
    """Return the names that places (primary keys) had on a day; one query.

    A place whose name of that day is not known is left out.
    """
    names = OrganisationName.objects.as_at(as_at).filter(organisation__in=[p.pk for p in places])
    return dict(names.values_list("organisation", "name"))


def successor_of(place: Organisation, as_at: dt.date) -> Organisation | None:
    """Return the place that has taken over from `place` by a day, through all later mergers."""
    found: Organisation | None = None
    seen = {place.pk}
    for _ in range(MOST_MERGERS):
        link = (
            Link.objects.as_at(as_at)
            .filter(kind=LinkKind.SUCCEEDED_BY, child=found or place)
            .select_related("parent")
            .first()
        )
        # A circle, which a file may make by a slip, has no last place.
        if link is None or link.parent_id in seen:
            break
        found = link.parent
        seen.add(found.pk)
    return found


def merged_into(place: Organisation, as_at: dt.date) -> set[int]:
    """Return the places (primary keys) that had merged into `place` by a day, merger by merger."""
    into = Link.objects.as_at(as_at).filter(kind=LinkKind.SUCCEEDED_BY)
    found, newest = set[int](), {place.pk}
    for _ in range(MOST_MERGERS):
        newest = set(into.filter(parent__in=newest).values_list("child", flat=True)) - found
        found |= newest
        if not newest:
            break
    # In a circle the place would be one of those that merged into it.
    return found - {place.pk}


def merged_with(places: Collection[int], as_at: dt.date) -> set[int]:
    """Return places (primary keys), all that had merged into them by a day, and their successors.

    Not what else merged into a successor: that was never one with them. At most two queries for
    each merger in turn.
    """
    into = Link.objects.as_at(as_at).filter(kind=LinkKind.SUCCEEDED_BY)
    found = set(places)
    for end, other in (("parent", "child"), ("child", "parent")):
        newest = set(places)
        for _ in range(MOST_MERGERS):
            links = into.filter(**{f"{end}__in": newest}).values_list(other, flat=True)
            newest = set(links) - found
            found |= newest
            if not newest:
                break
    return found
