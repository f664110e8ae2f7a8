"""What a hub's own leavers are counted from: posts, month by month. Raw: no door reads this.

retention.actions.experience_releases makes what may be let out.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from models.bands import AgeBand
from models.disclosure import own_record_age_group
from organisations.models.organisation import Organisation
from retention.models.post import EndReason
from retention.models.published_count import StaffGroup
from retention.queries.posts_over_time import PostsOverTime
from retention.queries.private_inputs import GROUP_OF_ROLE, ages_of

LEFT = frozenset({EndReason.RETIRED, EndReason.LEFT})
# Where they went is not known: some have left general practice, and some work elsewhere in it.
UNEXPLAINED = frozenset({EndReason.NOT_KNOWN, EndReason.CONTRACT_ENDED, ""})
# A person, by number where there is one: practices whose lists have the same mean one person.
Who = int | str
# People by code of the practice.
ByPractice = dict[str, set[Who]]


def _by_practice() -> ByPractice:
    return defaultdict(set)


@dataclass
class Exposure:
    """A staff group of the practices that share with a hub, over some months.

    `months` are months of people's time by age group, "" where no age is known.
    """

    months: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    leavers: ByPractice = field(default_factory=_by_practice)
    retired: ByPractice = field(default_factory=_by_practice)
    unexplained: ByPractice = field(default_factory=_by_practice)


@dataclass(frozen=True)
class _Held:
    """A post on the first day of a month."""

    person: Who
    practice: str
    ends_on: dt.date | None
    reason: str
    age_group: str


# The posts of each person, by staff group.
_Month = Mapping[str, Mapping[Who, list[_Held]]]


def exposures(
    hub: Organisation, since: dt.date, until: dt.date, *, made_on: dt.date
) -> dict[str, Exposure]:
    """Return what each staff group's record holds from one first day of a month until another.

    Somebody counts in a month on whose first day a figure could count a post of theirs that one
    made on `made_on` may still use. They left if on the next month's first day they have none, and
    each that ended was said to end by retiring or leaving general practice. As many queries for ten
    years as for one.
    """
    found = {group.value: Exposure() for group in StaffGroup}
    posts = PostsOverTime(hub, since, until, made_on=made_on)
    now = _month(posts, since)
    for month in _months(since, until):
        after = _month(posts, next_month(month))
        for group, exposure in found.items():
            _count(exposure, now.get(group, {}), after.get(group, {}), next_month(month))
        now = after
    return found


def next_month(month: dt.date) -> dt.date:
    """Return the first day of the month after."""
    return (month.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


def _months(since: dt.date, until: dt.date) -> Iterator[dt.date]:
    while since < until:
        yield since
        since = next_month(since)


def _count(
    exposure: Exposure,
    now: Mapping[Who, list[_Held]],
    after: Mapping[Who, list[_Held]],
    day: dt.date,
) -> None:
    """Add one month, which ends before `day`, to what a staff group's record holds."""
    for person, posts in now.items():
        exposure.months[_known_age_group(posts)] += 1
        # A post that goes on but may not be counted any more (sharing ended) is no leaving.
        if person in after or any(post.ends_on is None or post.ends_on > day for post in posts):
            continue
        reasons = {post.reason for post in posts}
        if reasons <= LEFT:
            _add(exposure.leavers, posts)
            if EndReason.RETIRED in reasons:
                _add(exposure.retired, posts)
        # Who moved, died or went along with a practice is in neither: that much is known.
        elif reasons <= LEFT | UNEXPLAINED:
            _add(exposure.unexplained, posts)


def _known_age_group(posts: Iterable[_Held]) -> str:
    """Return somebody's age group: of practices that list one number not all may know it."""
    return next((post.age_group for post in posts if post.age_group), "")


def _add(people: ByPractice, posts: Iterable[_Held]) -> None:
    for post in posts:
        people[post.practice].add(post.person)


def _month(posts: PostsOverTime, day: dt.date) -> _Month:
    found: dict[str, dict[Who, list[_Held]]] = defaultdict(lambda: defaultdict(list))
    for post in posts.on(day):
        if post.role not in GROUP_OF_ROLE:
            continue
        who = post.person.registration or post.person_id
        found[GROUP_OF_ROLE[post.role]][who].append(
            _Held(
                person=who,
                practice=post.organisation.code,
                ends_on=post.ends_on,
                reason=post.end_reason,
                age_group=_age_group(ages_of(post.person, day)),
            )
        )
    return found


def _age_group(ages: AgeBand | None) -> str:
    """Return the age group of own records that the middle of the ages is in, "" if not known."""
    if ages is None:
        return ""
    last = ages.lower if ages.upper is None else ages.upper
    return own_record_age_group((ages.lower + last) // 2)
