"""Posts: one's own, and a practice's as far as it may know them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import audit
from accounts.actor import Actor
from accounts.models import RoleGrant, User
from accounts.models.audit_event import Act
from accounts.roles import PRACTICE_MANAGER
from organisations.models import Organisation, Sharing
from organisations.models.organisation import Kind
from organisations.models.sharing import SharedThing
from organisations.periods import holds_on
from retention.models import Absence, Person, Post, PostChange, SessionPattern
from retention.queries.patterns import split_by_date, told_patterns

PLACES_OF_WORK = (Kind.PRACTICE, Kind.NETWORK, Kind.TRAINING_HUB)
MOST_FOUND = 20
# Long enough for a career break or a contract renewed; later, a practice has no reason to have a
# leaver's name at hand, nor to give them a post without asking.
STAYS_SELECTABLE = dt.timedelta(days=365)


@dataclass(frozen=True)
class PracticePost:
    """A post as its practice sees it, with the told pattern of the day and those to come."""

    post: Post
    current: SessionPattern | None
    coming: tuple[SessionPattern, ...]
    absence: Absence | None = None


@dataclass(frozen=True)
class Readers:
    """Who will read a told pattern.

    `managers` are named only to people whose post the practice confirmed: a stranger who says
    that they work somewhere learns how many there are, not who.
    """

    practice: Organisation
    managers: tuple[str, ...] | None
    managers_count: int
    totals_with: tuple[Organisation, ...]


def posts() -> QuerySet[Post]:
    """Return all posts with person and organisation, to fetch one of them from."""
    return Post.objects.select_related("person", "organisation")


def practices() -> QuerySet[Organisation]:
    """Return all practices, to fetch one of them from."""
    return Organisation.objects.filter(kind=Kind.PRACTICE)


def places_of_work(as_at: dt.date) -> QuerySet[Organisation]:
    """Return the places open on `as_at` that can have posts."""
    return Organisation.objects.as_at(as_at).filter(kind__in=PLACES_OF_WORK)


def find_places_of_work(text: str, as_at: dt.date) -> list[Organisation]:
    """Return up to 20 places by code, a part of the name, or the start of a postcode."""
    found = places_of_work(as_at).filter(
        Q(code__iexact=text) | Q(name__icontains=text) | Q(postcode__istartswith=text)
    )
    return list(found.order_by("name", "code")[:MOST_FOUND])


def posts_of_user(user: User, as_at: dt.date) -> list[Post]:
    """Return a user's own posts that have not ended by `as_at`, in order of their start."""
    mine = posts().filter(person__user=user).filter(_not_over(as_at))
    return list(mine.order_by("starts_on", "pk"))


def visible_posts(practice: Organisation) -> QuerySet[Post]:
    """Return the posts that a practice may see: confirmed ones, and where it was told something.

    That is a week, or that somebody is coming back.
    """
    return posts().filter(is_known(), organisation=practice)


def posts_at_hand(practice: Organisation, as_at: dt.date) -> QuerySet[Post]:
    """Return the posts that a practice may see and open: none that was over a year before."""
    return visible_posts(practice).filter(_not_over(first_day_at_hand(as_at)))


def first_day_at_hand(as_at: dt.date) -> dt.date:
    """Return the earliest day whose posts a practice may look at on `as_at`."""
    return as_at - STAYS_SELECTABLE


def is_known() -> Q:
    """Return the condition that the practice of a post may see it."""
    # By what happened, not by a flag: nothing can set one and forget the other.
    told = SessionPattern.objects.filter(post=OuterRef("pk"), told_at__isnull=False)
    returned = PostChange.objects.filter(made=OuterRef("pk"), undone_at__isnull=True)
    return Q(confirmed_on__isnull=False) | Q(Exists(told)) | Q(Exists(returned))


def practice_posts(by: Actor, practice: Organisation, as_at: dt.date) -> list[PracticePost]:
    """Return a practice's posts that have not ended by `as_at`; every person shown is audited.

    A fixed number of queries, however many people.
    """
    shown = list(visible_posts(practice).filter(_not_over(as_at)).order_by("person__name", "pk"))
    # Before anything is handed on: a page that breaks later has still shown who was looked up.
    audit.record_reads(
        by=by,
        act=Act.READ_POSTS,
        subjects=[post.person.subject_id for post in shown],
        thing=f"practice:{practice.code}",
    )
    by_post: dict[int, list[SessionPattern]] = {post.pk: [] for post in shown}
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=as_at)
    for pattern in told_patterns(shown).filter(lasting):
        by_post[pattern.post_id].append(pattern)
    away = {
        absence.post_id: absence for absence in Absence.objects.as_at(as_at).filter(post__in=shown)
    }
    return [
        replace(_practice_post(post, by_post[post.pk], as_at), absence=away.get(post.pk))
        for post in shown
    ]


def people_to_choose(by: Actor, practice: Organisation, as_at: dt.date) -> list[tuple[str, str]]:
    """Return (key, name) of those a practice can give a post: its people, and its own users.

    Its people are those with a post here that is open or ended less than a year ago.
    The key is "person:" or "user:" with a public id. Nobody else in the record can be looked up;
    everyone named is audited.
    """
    people, staff = _people_and_staff(practice, as_at)
    audit.record_reads(
        by=by,
        act=Act.READ_POSTS,
        subjects=[person.subject_id for person in people] + [user.subject_id for user in staff],
        thing=f"practice:{practice.code}",
    )
    return sorted(
        [(f"person:{person.public_id}", person.name) for person in people]
        + [(f"user:{user.public_id}", user.name) for user in staff],
        key=lambda choice: choice[1],
    )


def chosen_person(practice: Organisation, key: str, as_at: dt.date) -> Person | User | None:
    """Return whom a key of `people_to_choose` means; None for any other key."""
    people, staff = _people_and_staff(practice, as_at)
    by_key: dict[str, Person | User] = {f"user:{user.public_id}": user for user in staff}
    return (by_key | {f"person:{person.public_id}": person for person in people}).get(key)


def registered_staff(practice: Organisation, as_at: dt.date) -> QuerySet[User]:
    """Return the users who hold a role in `practice` on `as_at`, by name."""
    held = User.objects.filter(
        holds_on(as_at, "role_grants__"), role_grants__organisation=practice, is_active=True
    )
    return held.distinct().order_by("name", "pk")


def staff_to_link(by: Actor, post: Post, as_at: dt.date) -> list[User]:
    """Return whom the holder of `post` can be said to be; they and everyone named are audited."""
    staff = list(registered_staff(post.organisation, as_at))
    thing = f"practice:{post.organisation.code}"
    holder, users = [post.person.subject_id], [user.subject_id for user in staff]
    audit.record_reads(by=by, act=Act.READ_POSTS, subjects=holder, thing=thing)
    audit.record_reads(by=by, act=Act.READ_PEOPLE, subjects=users, thing=thing)
    return staff


def _people_and_staff(
    practice: Organisation, as_at: dt.date
) -> tuple[QuerySet[Person], QuerySet[User]]:
    people = Person.objects.filter(posts__in=posts_at_hand(practice, as_at)).distinct()
    return people, registered_staff(practice, as_at).exclude(person__in=people)


def readers_of(post: Post, as_at: dt.date) -> Readers:
    """Return who will read what a person tells in `post`."""
    grants = RoleGrant.objects.as_at(as_at).filter(
        organisation=post.organisation, role=PRACTICE_MANAGER.key, user__is_active=True
    )
    managers = sorted(grants.values_list("user__name", flat=True))
    shares = Sharing.objects.as_at(as_at).filter(
        practice=post.organisation, thing=SharedThing.PATTERNS
    )
    recipients: Sequence[Organisation] = [
        share.recipient for share in shares.select_related("recipient")
    ]
    return Readers(
        practice=post.organisation,
        managers=tuple(managers) if post.confirmed_on is not None else None,
        managers_count=len(managers),
        totals_with=tuple(recipients),
    )


def _not_over(as_at: dt.date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gt=as_at)


def _practice_post(post: Post, patterns: Sequence[SessionPattern], as_at: dt.date) -> PracticePost:
    """Put each pattern, latest first, where it belongs on `as_at`."""
    begun, coming = split_by_date(patterns, as_at)
    return PracticePost(post, begun[0] if begun else None, coming)
