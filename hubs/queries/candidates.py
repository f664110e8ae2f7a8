"""Who could be paired with whom in a scheme: hard rules first, then a score for each pair left.

Hard rules: the scheme's own, and its area; no work in the same practice now or in the last two
years (decision 0072); nobody on a never list; no pair that stood before or was turned down; a
shared half-day and a way within both limits, unless both can meet remotely.

Rows are read as values, never as records: a country has 20,000 mentees and 5,000 mentors.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any, TypeVar

import numpy as np
from allauth.account.models import EmailAddress
from django.db.models import Model, Q, QuerySet

from accounts.models import User
from hubs.capacity import places_in
from hubs.comparison import Comparison, IntArray, Km, People, compare
from hubs.models import MenteeRequest, MentorOffer, NeverEntry, Pair, PastAddress, Scheme
from hubs.never_digest import email_digest
from hubs.queries.distances import distance_table
from hubs.queries.eligibility import MentorFacts, is_eligible
from hubs.queries.pairs import met_before
from hubs.queries.waiting import open_offers, open_requests
from hubs.scores import score_parts
from organisations.clock import today
from organisations.models.link import Link, LinkKind
from retention.models import Post

# Who was a colleague, a partner or an assessor so lately still is one to a mentee.
COLLEAGUES_FOR = dt.timedelta(days=2 * 365)

Row = dict[str, Any]
Record = TypeVar("Record", bound=Model)

_SHARED = (
    "pk",
    "public_id",
    "person",
    "person__user",
    "person__profession",
    "half_days",
    "interests",
    "remote",
    "district",
    "max_km",
)


@dataclass(frozen=True)
class Candidates:
    """The rows of both sides, and what comparing them found; positions are those of the rows."""

    mentees: Sequence[Row]
    mentors: Sequence[Row]
    found: Comparison
    places: dict[str, int]
    km: Km

    @property
    def capacity(self) -> IntArray:
        """How many more mentees each mentor has a place for."""
        # Fewer hours than pairs that meet: those go on, and no place is owed.
        left = [places_in(row["hours_a_month"]) - row["live_pairs"] for row in self.mentors]
        return np.maximum(np.array(left, dtype=np.int64), 0)

    def parts(self, mentee: Row, mentor: Row) -> dict[str, Row]:
        """Return what the score of one pair is made of."""
        km = float(self.km[self.places[mentee["district"]], self.places[mentor["district"]]])
        return score_parts(
            interests=[code for code in mentee["interests"] if code in mentor["interests"]],
            half_days=[code for code in mentee["half_days"] if code in mentor["half_days"]],
            km=None if np.isnan(km) else km,
            same_profession=mentee["person__profession"] == mentor["person__profession"],
            wants_same_profession=mentee["prefers_same_profession"],
        )


def candidates(scheme: Scheme, *, as_at: dt.date | None = None) -> Candidates:
    """Return every possible pair of a scheme, in a fixed number of queries.

    `as_at` (today) says who works where, and how long since they qualified. Raises
    TooManyCandidates where there are more than can be paired exactly.
    """
    return _candidates(
        scheme, open_offers(scheme), open_requests(scheme, as_at=as_at), as_at or today()
    )


def still_possible(
    scheme: Scheme, pairs: Sequence[Pair], *, as_at: dt.date | None = None
) -> set[int]:
    """Return the keys of the proposed pairs that meet every hard rule but capacity (today)."""
    offers = _among(open_offers(scheme), "pk", {pair.offer_id for pair in pairs})
    requests = _among(open_requests(scheme, as_at=as_at), "pk", {pair.request_id for pair in pairs})
    now = _candidates(scheme, offers, requests, as_at or today())
    possible = {
        (now.mentees[mentee]["pk"], now.mentors[mentor]["pk"])
        for mentee, mentor in zip(now.found.mentee.tolist(), now.found.mentor.tolist(), strict=True)
    }
    return {pair.pk for pair in pairs if (pair.request_id, pair.offer_id) in possible}


def _candidates(
    scheme: Scheme,
    offers: QuerySet[MentorOffer],
    requests: QuerySet[MenteeRequest],
    date: dt.date,
) -> Candidates:
    mentors: list[Row] = list(
        offers.values(
            *_SHARED,
            "person__qualified_year",
            "clinical_sessions",
            "has_licence",
            "on_performers_list",
            "hours_a_month",
            "live_pairs",
        )
    )
    # In Python, by the code that words the reasons: a rule must not be true here and false there.
    mentors = [row for row in mentors if is_eligible(_facts(row), scheme, as_at=date)]
    mentees: list[Row] = list(requests.values(*_SHARED, "prefers_same_profession"))
    # "" stands for no place, and is no distance from anything.
    places, km = distance_table(["", *(row["district"] for row in (*mentees, *mentors))])
    found = compare(
        People.of(mentees, places),
        People.of(mentors, places),
        km,
        _positions(_forbidden(scheme, mentees, mentors, date)),
    )
    return Candidates(mentees=mentees, mentors=mentors, found=found, places=places, km=km)


def _facts(row: Row) -> MentorFacts:
    return MentorFacts(
        clinical_sessions=row["clinical_sessions"],
        has_licence=row["has_licence"],
        on_performers_list=row["on_performers_list"],
        qualified_year=row["person__qualified_year"],
    )


def _positions(pairs: Iterator[tuple[int, int]]) -> tuple[IntArray, IntArray]:
    array = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def _forbidden(
    scheme: Scheme, mentees: Sequence[Row], mentors: Sequence[Row], date: dt.date
) -> Iterator[tuple[int, int]]:
    """Yield the positions of pairs that must not be, for whatever reason; a pair may come twice."""
    mentee_at = {row["person"]: place for place, row in enumerate(mentees)}
    mentor_at = {row["person"]: place for place, row in enumerate(mentors)}
    # Of all hubs: two who met elsewhere, or turned each other down, are not asked again.
    earlier = _among(met_before(scheme.hub), "request__person", mentee_at)
    # Somebody may ask for a mentor and offer to be one; nobody is their own.
    themselves = ((person, person) for person in mentee_at)
    met = earlier.values_list("request__person", "offer__person")
    for mentee, mentor in chain(themselves, met):
        if mentee in mentee_at and mentor in mentor_at:
            yield mentee_at[mentee], mentor_at[mentor]
    mentees_in, mentors_in = _by_practice(mentee_at, date), _by_practice(mentor_at, date)
    for practice, positions in mentees_in.items():
        yield from product(positions, mentors_in.get(practice, ()))
    for own, other in _never(mentee_at, mentors, mentors_in, date):
        yield own, other
    for own, other in _never(mentor_at, mentees, mentees_in, date):
        yield other, own


def _among(records: "QuerySet[Record]", field: str, wanted: Collection[int]) -> "QuerySet[Record]":
    """Keep the records of a few; of many all are read, since no database takes such a long list."""
    return records.filter(**{f"{field}__in": list(wanted)}) if len(wanted) <= 500 else records


def _by_practice(positions: dict[int, int], date: dt.date) -> dict[int, list[int]]:
    """The positions of those who work in each organisation on `date`, or did so lately."""
    working: dict[int, list[int]] = defaultdict(list)
    lately = Q(ends_on__isnull=True) | Q(ends_on__gt=date - COLLEAGUES_FOR)
    posts = _among(Post.objects.filter(lately, starts_on__lte=date), "person", positions)
    for organisation, person in posts.values_list("organisation", "person").iterator():
        if person in positions:
            working[organisation].append(positions[person])
    return working


def _never(
    owners: dict[int, int],
    others: Sequence[Row],
    others_in: dict[int, list[int]],
    date: dt.date,
) -> Iterator[tuple[int, int]]:
    """Yield (owner, other) for each person whom a never list of an owner names."""
    entries = _among(NeverEntry.objects.all(), "owner", owners)
    standing = [
        entry
        for entry in entries.values_list("owner", "email_digest", "practice")
        if entry[0] in owners
    ]
    # Addresses are digested only if somebody is named by one.
    by_digest = _by_digest(others) if any(digest for _, digest, _ in standing) else {}
    became = _became({practice for _, _, practice in standing if practice}, date)
    for owner, digest, practice in standing:
        named = by_digest.get(digest, [])
        if practice:
            named = [other for place in became[practice] for other in others_in.get(place, ())]
        yield from ((owners[owner], other) for other in named)


def _became(practices: Collection[int], date: dt.date) -> dict[int, list[int]]:
    """Each practice with whatever it had merged into by `date`: its people went along.

    Without it a merger would quietly undo the line that somebody wrote. One query, or none.
    """
    if not practices:
        return {}
    merged = Link.objects.as_at(date).filter(kind=LinkKind.SUCCEEDED_BY)
    into = dict(merged.values_list("child", "parent"))
    became = {}
    for practice in practices:
        places = [practice]
        # Files may hold a circle of mergers.
        while (following := into.get(places[-1])) is not None and following not in places:
            places.append(following)
        became[practice] = places
    return became


def _by_digest(rows: Sequence[Row]) -> dict[str, list[int]]:
    """The positions of whom each digest names: by any address they confirmed, now or before."""
    place_of = {row["person__user"]: place for place, row in enumerate(rows)}
    people = _among(User.objects.all(), "pk", place_of)
    confirmed = _among(EmailAddress.objects.filter(verified=True), "user", place_of)
    past = _among(PastAddress.objects.all(), "user", place_of)
    addresses = {
        (user, email.strip().lower())
        for user, email in (
            *people.values_list("pk", "email"),
            *confirmed.values_list("user", "email"),
        )
        if user in place_of
    }
    # Addresses that are told but not confirmed name nobody, or one could claim them to find a list.
    digests = {(user, email_digest(email)) for user, email in addresses}
    digests.update(past.values_list("user", "email_digest"))
    named: dict[str, list[int]] = defaultdict(list)
    for user, digest in digests:
        if user in place_of:
            named[digest].append(place_of[user])
    return named
