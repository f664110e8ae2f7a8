"""Life events by the operator's command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from organisations.clock import today
from retention.models import Post
from tests.factories.accounts import UserFactory
from tests.factories.hubs import SchemeFactory
from tests.factories.organisations import HubFactory, PracticeFactory
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command("life_event", *words, "--on", today().isoformat(), stdout=out)
    return out.getvalue()


def test_a_practice_merges_and_closes() -> None:
    post = PostFactory(organisation=PracticeFactory(code="Y11111"))
    PracticeFactory(code="Y22222")
    assert run("merge-practices", "y11111", "y22222") == "1 posts ended or moved.\n"
    assert Post.objects.filter(organisation__code="Y22222", person=post.person).exists()
    assert run("close-practice", "Y22222") == "1 posts ended or moved.\n"


def test_hubs_merge_today() -> None:
    SchemeFactory(hub__code="HUBOLD")
    HubFactory(code="HUBNEW")
    out = StringIO()
    call_command("life_event", "merge-hubs", "hubold", "hubnew", stdout=out)
    assert out.getvalue() == "0 people and 1 schemes went over.\n"
    with pytest.raises(CommandError, match="HUBOLD is no training hub that is open"):
        call_command("life_event", "merge-hubs", "hubold", "hubnew")


def test_a_death_closes_the_account() -> None:
    user = UserFactory(email="someone@example.org")
    assert run("death", "Someone@example.org") == "The account is closed.\n"
    user.refresh_from_db()
    assert not user.is_active


@pytest.mark.parametrize(
    "words",
    [
        ("close-practice", "Y99999"),
        ("death", "nobody@example.org"),
        ("merge-practices", "Y11111", "Y11111"),
    ],
)
def test_what_is_not_there_is_told(words: tuple[str, ...]) -> None:
    PracticeFactory(code="Y11111")
    with pytest.raises(CommandError):
        run(*words)
