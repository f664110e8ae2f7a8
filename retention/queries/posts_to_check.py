"""A practice's own posts that want a look, for its manager; each person shown is audited."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts import audit
from accounts.actor import Actor
from accounts.models import RoleGrant
from accounts.models.audit_event import Act
from models.data_quality import Doubt, Finding, Grade, PostFacts, grade_of, post_findings
from organisations.models import Organisation
from retention.models import Post, RosterConfirmation, SessionPattern
from retention.models.post import EndReason
from retention.queries.posts import posts

LEFT_FOR_GOOD = (EndReason.RETIRED, EndReason.DIED)


@dataclass(frozen=True)
class PostToCheck:
    """A post with its doubts, worst first."""

    post: Post
    findings: tuple[Finding, ...]

    @property
    def grade(self) -> Grade:
        """The grade of the worst finding."""
        return grade_of(self.findings)


@dataclass(frozen=True)
class PracticeCheck:
    """What a practice has to look at: posts worst first, out of `posts` confirmed open ones."""

    practice: Organisation
    posts: int
    to_check: tuple[PostToCheck, ...]
    last_confirmed: dt.date | None


def posts_to_check(by: Actor, practice: Organisation, as_at: dt.date) -> PracticeCheck:
    """Return the posts of a practice that want a look, worst first; every person shown is audited.

    Open posts that the practice confirmed, and ended ones whose people still have a role there.
    Nothing of another practice is read. A fixed number of queries.
    """
    told = SessionPattern.objects.filter(post=OuterRef("pk"), told_at__isnull=False)
    known = posts().filter(organisation=practice, confirmed_on__isnull=False)
    everyone = list(known.annotate(has_week=Exists(told)).order_by("person__name", "pk"))
    said = RosterConfirmation.objects.filter(practice=practice, confirmed_on__lte=as_at).first()
    open_posts = [post for post in everyone if _is_open(post, as_at)]
    facts = _facts(everyone, open_posts, said.confirmed_on if said else None, as_at)
    found = [
        PostToCheck(post, findings)
        for post in open_posts
        if (findings := post_findings(facts[post.pk], as_at))
    ]
    found += _with_access(practice, everyone, open_posts, as_at)
    found.sort(key=_how_bad)
    audit.record_reads(
        by=by,
        act=Act.READ_POSTS,
        subjects=[item.post.person.subject_id for item in found],
        thing=f"practice:{practice.code}",
    )
    return PracticeCheck(
        practice, len(open_posts), tuple(found), said.confirmed_on if said else None
    )


def _how_bad(item: PostToCheck) -> tuple[float, ...]:
    """Sort by grade, then by how many doubts, then by the longest unconfirmed (never: longest)."""
    months = [
        math.inf if finding.value is None else finding.value
        for finding in item.findings
        if finding.doubt == Doubt.NOT_CONFIRMED
    ]
    return (-item.grade, -len(item.findings), -max(months, default=0))


def _is_open(post: Post, as_at: dt.date) -> bool:
    return post.starts_on <= as_at and (post.ends_on is None or post.ends_on > as_at)


def _facts(
    everyone: Sequence[Post],
    open_posts: Sequence[Post],
    said: dt.date | None,
    as_at: dt.date,
) -> dict[int, PostFacts]:
    # Open posts of this practice only: what somebody does elsewhere is not this manager's to see.
    minutes: dict[int, dict[int, int]] = defaultdict(dict)
    for post in open_posts:
        minutes[post.person_id][post.pk] = post.contracted_minutes or 0
    gone = {
        post.person_id
        for post in everyone
        if post.end_reason in LEFT_FOR_GOOD and not _is_open(post, as_at)
    }
    return {
        post.pk: PostFacts(
            # A post that began since has been said with it.
            last_confirmed=max(filter(None, (post.confirmed_on, said)), default=None),
            minutes=post.contracted_minutes,
            has_week=bool(getattr(post, "has_week", False)),
            other_minutes=[m for pk, m in minutes[post.person_id].items() if pk != post.pk],
            left_for_good=post.person_id in gone,
        )
        for post in open_posts
    }


def _with_access(
    practice: Organisation,
    everyone: Sequence[Post],
    open_posts: Sequence[Post],
    as_at: dt.date,
) -> list[PostToCheck]:
    """Return the last posts of people who left and still hold a role in the practice."""
    here = {post.person_id for post in open_posts}
    # By the start of posts, so that of several the last one is shown.
    left = {
        post.person.user_id: post
        for post in sorted(everyone, key=lambda post: post.starts_on)
        if post.person_id not in here and post.ends_on and post.ends_on <= as_at
        if post.person.user_id
    }
    held = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=as_at), organisation=practice, user__in=left
    )
    users = set(held.values_list("user", flat=True))
    finding = Finding(Doubt.CAN_STILL_SIGN_IN, Grade.POOR)
    return [PostToCheck(post, (finding,)) for user, post in left.items() if user in users]
