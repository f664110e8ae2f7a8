"""Makes hubs whose practices share, with people who leave them."""

import datetime as dt

from organisations.models import Organisation
from retention.models import Post
from tests.factories.organisations import LONG_AGO
from tests.factories.private_outlooks import Places, practice_with
from tests.factories.retention import PersonFactory, PostFactory


def sharing_practices(places: Places, number: int = 3) -> list[Organisation]:
    """Add practices without people, which share with network and hub."""
    return [practice_with(places, 0) for _ in range(number)]


def left(
    practice: Organisation,
    ends_on: dt.date,
    reason: str = "retired",
    *,
    born: int | None = 1962,
    role: str = "partner",
) -> Post:
    """Make somebody who left a practice: the day is the first without them."""
    return stayed(practice, born=born, role=role, ends_on=ends_on, end_reason=reason)


def stayed(
    practice: Organisation, *, born: int | None = 1980, role: str = "partner", **values: object
) -> Post:
    """Make somebody who is there, confirmed long ago."""
    person = PersonFactory(year_of_birth=born)
    post: Post = PostFactory(
        person=person, organisation=practice, role=role, starts_on=LONG_AGO, **values
    )
    return post
