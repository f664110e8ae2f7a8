"""What the record holds on a practice's people, read at once, to compare a roster with."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from organisations.models import Organisation
from retention.models import Person, Post, SessionCell, SessionPattern
from retention.models.session_pattern import WeekInTurn
from retention.queries.patterns import Week, as_practice_reads
from retention.queries.posts import STAYS_SELECTABLE, visible_posts

# SQLite takes 32,766 values in one statement.
AT_ONCE = 10_000


@dataclass(frozen=True)
class ToldWeek:
    """The newest week told in a post, as its practice reads it."""

    starts_on: dt.date
    by_practice: bool
    shows_mentoring: bool
    week: Week


@dataclass
class PracticeRecord:
    """People and posts by what a roster knows them by; `elsewhere` have posts in other places.

    `hidden` are posts that their people only say they have here, and told nothing of: nothing
    that is on a page may follow from one.
    """

    practice: Organisation
    posts: dict[tuple[int, str], list[Post]] = field(default_factory=lambda: defaultdict(list))
    visible: list[Post] = field(default_factory=list)
    by_registration: dict[str, Person] = field(default_factory=dict)
    by_reference: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    elsewhere: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    weeks: dict[int, ToldWeek] = field(default_factory=dict)

    def keeps_details_of(self, person: Person) -> bool:
        """Whether the practice alone speaks for the person: no account, and no other post."""
        return person.user_id is None and person.pk not in self.elsewhere


def read_record(
    practice: Organisation, registrations: Iterable[str], as_at: dt.date
) -> PracticeRecord:
    """Return a practice's people, and whoever holds one of `registrations`; in six queries."""
    record = PracticeRecord(practice)
    visible = set(visible_posts(practice).values_list("pk", flat=True))
    lately = as_at - STAYS_SELECTABLE
    people: dict[int, Person] = {}
    for post in Post.objects.filter(organisation=practice).select_related("person"):
        # One object for each person, however many posts they have.
        person = post.person = people.setdefault(post.person_id, post.person)
        record.posts[post.person_id, post.role].append(post)
        if person.registration:
            record.by_registration[person.registration] = person
        if post.staff_reference:
            record.by_reference[post.staff_reference.casefold()] = person
        if post.pk not in visible:
            record.hidden.add(post.pk)
            continue
        record.visible.append(post)
        # Somebody who left long ago is not offered: a practice has no need of the name.
        named = record.by_name[name_key(person.name)]
        if (post.ends_on is None or post.ends_on > lately) and person not in named:
            named.append(person)
    others = _add_registered(record, sorted(set(registrations) - set(record.by_registration)))
    record.elsewhere = _elsewhere(practice) | others
    record.weeks = _told_weeks(practice)
    return record


def name_key(name: str) -> str:
    """Return a name as names are compared: small letters, no title, single spaces."""
    words = name.casefold().replace(".", " ").replace(",", " ").split()
    return " ".join(word for word in words if word not in ("dr", "mr", "mrs", "ms", "miss", "prof"))


def known_codes(codes: Iterable[str]) -> set[str]:
    """Return those of `codes` that are organisations of the record."""
    found = Organisation.objects.filter(code__in=set(codes))
    return set(found.values_list("code", flat=True))


def _add_registered(record: PracticeRecord, registrations: Sequence[str]) -> set[int]:
    """Add who is registered and has no post here; returns them, who may have one elsewhere."""
    found: set[int] = set()
    for start in range(0, len(registrations), AT_ONCE):
        some = registrations[start : start + AT_ONCE]
        for person in Person.objects.filter(registration__in=some):
            record.by_registration[person.registration] = person
            found.add(person.pk)
    return found


def _elsewhere(practice: Organisation) -> set[int]:
    here = Post.objects.filter(organisation=practice, person=OuterRef("person"))
    others = Post.objects.exclude(organisation=practice).filter(Exists(here))
    return set(others.values_list("person", flat=True))


def _told_weeks(practice: Organisation) -> dict[int, ToldWeek]:
    """Return the latest told week of each post that has one; in two queries."""
    told = SessionPattern.objects.filter(
        post__organisation=practice, told_at__isnull=False, starts_on__isnull=False
    ).order_by("starts_on", "pk")
    latest = {
        post: (pattern, starts_on, by_practice, shows)
        for pattern, post, starts_on, ends_on, by_practice, shows in told.values_list(
            "pk", "post", "starts_on", "ends_on", "told_by_practice", "shows_mentoring"
        )
        # One that was replaced before it began never held.
        if ends_on != starts_on
    }
    cells: dict[int, dict[tuple[int, str], tuple[str, int]]] = defaultdict(dict)
    # A roster has one week; of two in turn, which their person told, it can say nothing.
    found = SessionCell.objects.filter(pattern__post__organisation=practice, week=WeekInTurn.A)
    for pattern, weekday, part, kind, minutes in found.order_by().values_list(
        "pattern", "weekday", "part", "kind", "minutes"
    ):
        cells[pattern][weekday, part] = (kind, minutes)
    return {
        post: ToldWeek(starts_on, by_practice, shows, as_practice_reads(cells[pattern], shows))
        for post, (pattern, starts_on, by_practice, shows) in latest.items()
        if starts_on is not None
    }
