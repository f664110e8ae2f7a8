"""What a user has not put away yet."""

import pytest
from django.utils import timezone

from accounts.actor import Actor, Door
from accounts.queries.notices import unread
from tests.factories.accounts import NoticeFactory, actor

pytestmark = pytest.mark.django_db


def test_my_own_that_i_have_not_read_newest_first() -> None:
    me = actor()
    older, newer = NoticeFactory(user=me.user), NoticeFactory(user=me.user)
    NoticeFactory(user=me.user, read_at=timezone.now())
    NoticeFactory()
    assert unread(me) == [newer, older]


@pytest.mark.parametrize(
    "nobody", [Actor(user=None, role=None, door=Door.PAGE), Actor.task("a job")], ids=str
)
def test_nobody_has_none(nobody: Actor) -> None:
    NoticeFactory()
    assert unread(nobody) == []
