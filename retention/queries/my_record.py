"""What the record holds on the person who asks."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from accounts.access import authorise
from accounts.actor import Actor
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from retention.models import Absence, Person, Plan, PlanShare, Post, PostChange, SessionPattern
from retention.queries.patterns import WeekTotals, split_by_date, totals_of
from retention.queries.plans import open_shares, plan_of, recognised_by
from retention.queries.post_changes import is_known_to_practice
from retention.queries.posts import Readers, posts_of_user, readers_of


@dataclass(frozen=True)
class MyPost:
    """One of my posts: its current pattern, those before and after, its draft, its readers."""

    post: Post
    current: SessionPattern | None
    totals: WeekTotals | None
    earlier: tuple[SessionPattern, ...]
    coming: tuple[SessionPattern, ...]
    draft: SessionPattern | None
    readers: Readers
    absences: tuple[Absence, ...] = ()
    is_known: bool = False
    change_drafted: bool = False


@dataclass(frozen=True)
class MyRecord:
    """Everything on /me/. `person` is None before the first thing was entered."""

    person: Person | None
    posts: tuple[MyPost, ...]
    plan: Plan | None
    shares: tuple[PlanShare, ...]
    hubs: tuple[Organisation, ...]


def my_record(by: Actor, *, as_at: dt.date | None = None) -> MyRecord:
    """Return the record of whoever asks on a day (today); nothing is made by looking."""
    person = own_details(by)
    assert by.user is not None  # authorise has looked
    date = as_at or today()
    plan = plan_of(person)
    return MyRecord(
        person=person,
        posts=tuple(my_post(post, date) for post in posts_of_user(by.user, date)),
        plan=plan,
        shares=tuple(open_shares(plan, as_at=date)),
        hubs=tuple(recognised_by(person)),
    )


def own_details(by: Actor) -> Person | None:
    """Return who whoever asks is in the record; None before the first thing was entered."""
    authorise(by, Permission.OWN_RECORD)
    return Person.objects.filter(user=by.user).first()


def my_post(post: Post, date: dt.date) -> MyPost:
    """Return one of one's own posts as it stands on `date`, with all its patterns."""
    patterns = list(
        SessionPattern.objects.filter(post=post)
        .order_by("-starts_on", "-pk")
        .prefetch_related("cells")
    )
    begun, coming = split_by_date([p for p in patterns if p.told_at], date)
    current = begun[0] if begun and (begun[0].ends_on is None or begun[0].ends_on > date) else None
    return MyPost(
        post=post,
        current=current,
        # In sessions of the post's own length, as its contract counts them.
        totals=totals_of(current, post.session_minutes) if current else None,
        earlier=tuple(pattern for pattern in begun if pattern != current),
        coming=coming,
        draft=next((pattern for pattern in patterns if not pattern.told_at), None),
        readers=readers_of(post, date),
        absences=tuple(
            Absence.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=date), post=post)
        ),
        is_known=is_known_to_practice(post),
        change_drafted=PostChange.objects.filter(post=post, told_at__isnull=True).exists(),
    )
