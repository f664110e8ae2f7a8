"""What the record holds on a practice's people, to compare a roster with."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from organisations.models import Organisation
from retention.models import Person, Post
from retention.queries.patterns import Week, as_practice_reads
from retention.queries.posts import STAYS_SELECTABLE
from retention.queries.roster_basis import PERSON, POST, Basis


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

    Nobody is known by a number who works somewhere else alone: what another practice holds, no
    roster learns. `hidden` are posts that their people only say they have here, and told nothing
    of; whoever has no other post here is in `claimed`, by registration number, and nothing that is
    on a page may follow from either.
    """

    practice: Organisation
    posts: dict[tuple[int, str], list[Post]] = field(default_factory=lambda: defaultdict(list))
    visible: list[Post] = field(default_factory=list)
    by_registration: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_reference: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    claimed: dict[str, Person] = field(default_factory=dict)
    elsewhere: frozenset[int] = frozenset()
    hidden: set[int] = field(default_factory=set)
    weeks: Mapping[int, ToldWeek] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()

    def keeps_details_of(self, person: Person) -> bool:
        """Whether the practice alone speaks for the person: no account, and no other post."""
        return person.user_id is None and person.pk not in self.elsewhere

    def add(self, post: Post, *, is_visible: bool, may_be_named: bool) -> None:
        """Add a post with its person; one that is not `may_be_named` is known by number alone."""
        person = post.person
        self.posts[person.pk, post.role].append(post)
        if not is_visible:
            self.hidden.add(post.pk)
            if person.registration:
                self.claimed[person.registration] = person
            return
        self.visible.append(post)
        if person.registration:
            _add_once(self.by_registration[person.registration], person)
        if post.staff_reference:
            self.by_reference[post.staff_reference.casefold()] = person
        if may_be_named:
            _add_once(self.by_name[name_key(person.name)], person)


def record_of(practice: Organisation, basis: Basis, as_at: dt.date) -> PracticeRecord:
    """Return a practice's people and posts out of what was read; asks the database nothing."""
    weeks = _told_weeks(basis)
    record = PracticeRecord(practice, elsewhere=basis.elsewhere, weeks=weeks, codes=basis.codes)
    lately = as_at - STAYS_SELECTABLE
    people: dict[int, Person] = {}
    for values in basis.posts:
        post = Post.from_db(None, POST, values[: len(POST)])
        person = Person.from_db(None, PERSON, values[len(POST) :])
        # One object for each person, however many posts they have.
        post.person = people.setdefault(person.pk, person)
        record.add(
            post,
            is_visible=post.pk in basis.visible,
            # Somebody who left long ago is not offered: a practice has no need of the name.
            may_be_named=post.ends_on is None or post.ends_on > lately,
        )
    return record


def name_key(name: str) -> str:
    """Return a name as names are compared: small letters, no title, single spaces."""
    words = name.casefold().replace(".", " ").replace(",", " ").split()
    return " ".join(word for word in words if word not in ("dr", "mr", "mrs", "ms", "miss", "prof"))


def _add_once(people: list[Person], person: Person) -> None:
    if person not in people:
        people.append(person)


def _told_weeks(basis: Basis) -> dict[int, ToldWeek]:
    """Return the latest told week of each post that has one."""
    latest = {
        post: (pattern, starts_on, by_practice, shows)
        for pattern, post, starts_on, ends_on, by_practice, shows in basis.told
        # One that was replaced before it began never held.
        if ends_on != starts_on
    }
    cells: dict[int, dict[tuple[int, str], tuple[str, int]]] = defaultdict(dict)
    for pattern, weekday, part, kind, minutes in basis.cells:
        cells[pattern][weekday, part] = (kind, minutes)
    return {
        post: ToldWeek(starts_on, by_practice, shows, as_practice_reads(cells[pattern], shows))
        for post, (pattern, starts_on, by_practice, shows) in latest.items()
    }
