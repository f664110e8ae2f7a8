"""Makes areas whose practices keep posts and share them, as private outlooks are made of."""

import datetime as dt
from collections.abc import Sequence

from organisations.models import Organisation
from organisations.models.link import LinkKind
from organisations.queries.agreements import KEEPING_POSTS
from retention.models import Post
from tests.factories.organisations import (
    LONG_AGO,
    AgreementFactory,
    LinkFactory,
    NetworkFactory,
    PracticeFactory,
    SharingFactory,
    area_of_one_practice,
)
from tests.factories.retention import (
    PersonFactory,
    PostFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

Places = dict[str, Organisation]
# Years of birth of the people of a practice, in turn: 38 to 66 in 2026.
BORN = (1966, 1961, 1984, 1972, 1988, 1960)


def hub_area() -> Places:
    """Make a hub with one network of one practice; its agreement covers posts added by hand."""
    places = area_of_one_practice()
    AgreementFactory(hub=places["hub"], purpose=KEEPING_POSTS, notice_given_on=LONG_AGO)
    return places


def another_network(places: Places) -> Places:
    """Return the same area with a network of its own and no practice in it yet."""
    return {**places, "network": NetworkFactory()}


def practice_with(
    places: Places,
    people: int,
    *,
    shares: Sequence[str] = ("network", "hub"),
    role: str = "partner",
) -> Organisation:
    """Add a practice with so many people to the network; `shares` names whom it shares with."""
    practice: Organisation = PracticeFactory()
    LinkFactory(kind=LinkKind.PRACTICE_NETWORK, child=practice, parent=places["network"])
    LinkFactory(kind=LinkKind.PRACTICE_SUB_ICB, child=practice, parent=places["sub_icb"])
    for recipient in shares:
        SharingFactory(practice=practice, recipient=places[recipient], thing="patterns")
    for number in range(people):
        working(practice, born=BORN[number % len(BORN)], role=role)
    return practice


def working(
    practice: Organisation,
    *,
    born: int | None = 1970,
    half_days: int = 3,
    role: str = "partner",
    starts_on: dt.date = LONG_AGO,
) -> Post:
    """Make a confirmed post with a told week of so many half-days, from `starts_on`."""
    person = PersonFactory(year_of_birth=born)
    post: Post = PostFactory(
        person=person, organisation=practice, role=role, starts_on=starts_on, confirmed_on=starts_on
    )
    tell(post, half_days, starts_on)
    return post


def tell(post: Post, half_days: int, starts_on: dt.date = LONG_AGO) -> None:
    """Tell a week from a day on, which ends the week before."""
    post.patterns.filter(told_at__isnull=False, ends_on=None).update(ends_on=starts_on)
    at = dt.datetime.combine(starts_on, dt.time(9), tzinfo=dt.UTC)
    pattern = SessionPatternFactory(post=post, starts_on=starts_on, told_at=at)
    for number in range(half_days):
        SessionCellFactory(pattern=pattern, weekday=number // 2, part=("am", "pm")[number % 2])
