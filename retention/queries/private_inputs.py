"""What private outlooks are made of: posts that may be counted, and everyone else as published.

Raw: no door reads this. retention.actions.private_outlooks makes what may be let out.
"""

import datetime as dt
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from models.bands import NURSE_BANDS, AgeBand
from models.private_outlook import BandedPractice, KnownPerson, later, one_age
from models.sessions import fte_to_sessions
from models.small_groups import Cell, Record
from organisations.models.organisation import Kind, Organisation
from organisations.models.sharing import SharedThing, Sharing
from organisations.queries.membership import practices_by_place
from retention.models import Person, Post, PublishedProfile
from retention.models.post import DEFAULT_SESSION_MINUTES, PostRole
from retention.models.published_count import StaffGroup
from retention.queries.age_profile import BANDS, UNKNOWN, known_ages
from retention.queries.england import ages_of_england
from retention.queries.patterns import pattern_totals, shape_for_practice, told_patterns

CELL_PLACES = (Kind.NETWORK, Kind.TRAINING_HUB)
# As the published counts have it: GPs in training and locums are in no outlook of a place.
GROUP_OF_ROLE: Mapping[str, StaffGroup] = {
    PostRole.PARTNER: StaffGroup.GP,
    PostRole.SALARIED: StaffGroup.GP,
    PostRole.RETAINER: StaffGroup.GP,
    PostRole.NURSE: StaffGroup.NURSES,
    PostRole.ADVANCED_NURSE: StaffGroup.NURSES,
    PostRole.PHARMACIST: StaffGroup.DIRECT_PATIENT_CARE,
    PostRole.OTHER_CLINICAL: StaffGroup.DIRECT_PATIENT_CARE,
    PostRole.MANAGER: StaffGroup.ADMIN,
    PostRole.OTHER: StaffGroup.ADMIN,
}
_SAID_BANDS: Mapping[str, AgeBand] = {band.code: band for band in NURSE_BANDS}
# A place's code and a staff group.
CellKey = tuple[str, str]


@dataclass(frozen=True)
class CellInputs:
    """What the private outlook of a cell is made of, on the first day of a month.

    `people` and `records` are of the practices that share and have somebody to count, a record
    for each post; `published` are all other practices of the place, `everyone` all of them, as
    published; `fallback` are people by band where no age is known.
    """

    place: Organisation
    staff_group: str
    people: tuple[KnownPerson, ...]
    records: Cell
    published: tuple[BandedPractice, ...]
    everyone: tuple[BandedPractice, ...]
    fallback: tuple[float, ...]
    published_month: dt.date | None

    @cached_property
    def digest(self) -> str:
        """The same for the same inputs, in whatever order they came."""
        own = sorted(
            (p.sessions, (p.ages.lower, p.ages.upper or 0) if p.ages else ()) for p in self.people
        )
        others = sorted((p.people, p.unknown, p.sessions_per_head) for p in self.published)
        text = json.dumps([own, others, sorted(str(r.id) for r in self.records), self.fallback])
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class _Counted:
    """A post that is counted."""

    practice: int
    group: str
    person: str
    sessions: float
    ages: AgeBand | None
    record: Record


def private_inputs(on: dt.date) -> dict[CellKey, CellInputs]:
    """Return the inputs of every cell with a post to count, as on a day; a fixed number of queries.

    Plans, drafts, weeks to come and absences are not asked for.
    """
    shared = _shared(on)
    month = _published_month(on)
    published = _published(month)
    posts = _posts(on, published)
    members = practices_by_place(on)
    places = Organisation.objects.filter(pk__in=shared)
    fallback = {group: tuple(ages_of_england(month, group).tolist()) for group in StaffGroup.values}
    found = {}
    for place in places:
        within = members.get(place.pk, frozenset())
        by_group: dict[str, list[_Counted]] = defaultdict(list)
        for practice in shared[place.pk] & within:
            for post in posts[practice]:
                by_group[post.group].append(post)
        for group, own in sorted(by_group.items()):
            rows = {p: published[p, group] for p in within if (p, group) in published}
            found[place.code, group] = CellInputs(
                place=place,
                staff_group=group,
                people=_people(own),
                records=frozenset(post.record for post in own),
                published=_without(rows, {post.practice for post in own}),
                everyone=tuple(rows.values()),
                fallback=fallback[group],
                published_month=month,
            )
    return found


def _without(
    rows: Mapping[int, BandedPractice], practices: Collection[int]
) -> tuple[BandedPractice, ...]:
    return tuple(row for practice, row in rows.items() if practice not in practices)


def _shared(on: dt.date) -> dict[int, set[int]]:
    """Return the practices that share their posts with each network or hub."""
    shares = Sharing.objects.as_at(on).filter(
        thing=SharedThing.PATTERNS, recipient__kind__in=CELL_PLACES
    )
    found: dict[int, set[int]] = defaultdict(set)
    for practice, recipient in shares.values_list("practice", "recipient"):
        found[recipient].add(practice)
    return found


def _posts(
    on: dt.date, published: Mapping[tuple[int, str], BandedPractice]
) -> Mapping[int, list[_Counted]]:
    """Return the posts to count by practice: those whose sessions a week are known."""
    sharing = Sharing.objects.as_at(on).filter(thing=SharedThing.PATTERNS).values("practice")
    posts = (
        Post.objects.in_figures(on)
        .filter(organisation__in=sharing, role__in=GROUP_OF_ROLE)
        .select_related("person", "organisation")
    )
    # One query for all weeks: a hub's area has thousands of posts.
    weeks = _weeks(posts.values("pk"), on)
    first = _first_by_number(posts)
    found: dict[int, list[_Counted]] = defaultdict(list)
    for post in posts:
        group = GROUP_OF_ROLE[post.role]
        known = weeks.get(post.pk, _contracted(post))
        average = published.get((post.organisation_id, group))
        # A post without a week or contracted time counts as everyone in its practice on average.
        sessions = known if known is not None else average.sessions_per_head if average else 0.0
        who = _key(b"person", first.get(post.person.registration, post.person.public_id).bytes)
        # Who works no session has no part in the figures, and so cannot hide others in them.
        if sessions:
            found[post.organisation_id].append(
                _Counted(
                    practice=post.organisation_id,
                    group=group,
                    person=who,
                    sessions=sessions,
                    ages=ages_of(post.person, on),
                    record=_record(post, group, known, who),
                )
            )
    return found


def _first_by_number(posts: Iterable[Post]) -> dict[str, UUID]:
    """Return who stands for all that practices list under one registration number.

    Each practice has a person of its own until the two are linked to one account. Counted as two
    they would hide others behind a colleague who is not there.
    """
    by_age = sorted((post.person for post in posts), key=lambda person: -person.pk)
    return {person.registration: person.public_id for person in by_age if person.registration}


def _weeks(posts: object, on: dt.date) -> dict[int, float]:
    """Return the sessions of 4 h 10 min a week by post, of told weeks that hold on the day."""
    holding = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    told = told_patterns(posts).filter(  # type: ignore[arg-type]  # keys do as well as posts
        holding, starts_on__lte=on, told_at__date__lte=on
    )
    return {
        pattern.post_id: pattern_totals(
            shape_for_practice(pattern), DEFAULT_SESSION_MINUTES
        ).sessions
        for pattern in told
    }


def _contracted(post: Post) -> float | None:
    minutes = post.contracted_minutes
    return None if minutes is None else minutes / DEFAULT_SESSION_MINUTES


def ages_of(person: Person, on: dt.date) -> AgeBand | None:
    """Return the ages that someone may have in this year."""
    if person.year_of_birth:
        return one_age(on.year - person.year_of_birth)
    band = _SAID_BANDS.get(person.age_band)
    if band is None or person.age_band_on is None:
        return None
    return later(band, max(0, on.year - person.age_band_on.year))


def _record(post: Post, group: str, known: float | None, who: str) -> Record:
    """Return the state of a post under random numbers: altered, it is another record.

    What it was made from goes with the person and the post, and with it what leads back to them.
    That everybody grows older is no alteration, nor is a new published average.
    """
    person = post.person
    born = (person.year_of_birth, person.age_band, str(person.age_band_on or ""))
    # What a practice could alter to make a figure move and read somebody off: role, sessions, age.
    # (Not known is written as nought, which is no record: records that stand are compared by this.)
    state = repr((group, round(known or 0.0, 4), *born)).encode()
    return Record(
        id=_key(b"record", post.public_id.bytes, state),
        person=who,
        practice=post.organisation.code,
    )


def _key(kind: bytes, secret: bytes, state: bytes = b"") -> str:
    # Keyed by the random id itself: whoever holds the number cannot go back, nor try ids out.
    return hashlib.blake2b(state, key=secret, person=kind, digest_size=12).hexdigest()


def _people(posts: Iterable[_Counted]) -> tuple[KnownPerson, ...]:
    """Return each person once, with the sessions of all their posts: they leave all at once."""
    sessions: dict[str, float] = defaultdict(float)
    ages: dict[str, list[AgeBand]] = defaultdict(list)
    for post in posts:
        sessions[post.person] += post.sessions
        if post.ages:
            ages[post.person].append(post.ages)
    return tuple(
        # Practices that list one number need not know the same: who knows best speaks for all.
        KnownPerson(round(sessions[who], 4), min(ages[who], key=_vagueness, default=None))
        for who in sorted(sessions)
    )


def _vagueness(ages: AgeBand) -> tuple[float, int]:
    """Return what sorts a year of birth before a band, and the same whatever came first."""
    return math.inf if ages.upper is None else ages.upper - ages.lower, ages.lower


def _published_month(on: dt.date) -> dt.date | None:
    """Return the newest month with published figures that had ended by the day."""
    rows = PublishedProfile.objects.filter(month__lt=on.replace(day=1))
    return rows.order_by("-month").values_list("month", flat=True).first()


def _published(month: dt.date | None) -> dict[tuple[int, str], BandedPractice]:
    """Return the figures of each practice with people, by staff group."""
    if month is None:
        return {}
    rows = PublishedProfile.objects.filter(month=month, organisation__kind=Kind.PRACTICE)
    named = rows.values_list("organisation", "staff_group", "headcount", "fte")
    found = {}
    for practice, group, headcount, fte in named:
        if group not in BANDS or not headcount or fte is None:
            continue
        known = known_ages(headcount, BANDS[group])
        unknown = float(headcount.get(UNKNOWN) or 0)
        if people := float(known.sum()) + unknown:
            heads = fte_to_sessions(fte) / people
            found[practice, group] = BandedPractice(tuple(known.tolist()), unknown, heads)
    return found
