"""A practice closes or merges, by the API, for the hub's administrator."""

import datetime as dt

import pytest

from organisations.clock import today
from retention.models import Post
from tests.factories.api import caller
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db
ON = today() + dt.timedelta(days=10)


def test_a_program_previews_then_closes_or_merges() -> None:
    places = area_of_one_practice()
    into, practice = add_practice(places), places["practice"]
    PostFactory.create_batch(9, organisation=practice)
    administrator = caller("hub_administrator", places["hub"])
    url = f"/api/v1/practices/{practice.code}/change"
    found = administrator.get(url, {"on": ON.isoformat(), "into": into.code})
    assert found.json() == {
        "clinicians": 0,
        # The token's own role is held in the hub.
        "other_roles": 0,
        "invitations": 0,
        "switches": 0,
    }
    assert administrator.get(url, {"into": "Y99999"}).status_code == 422
    lower = f"/api/v1/practices/{practice.code.lower()}/change"
    assert administrator.get(lower).status_code == 200
    answers = {"on": ON, "into": into.code.lower()}
    done = administrator.post(url, answers, content_type="application/json")
    assert done.json() == {"code": practice.code, "on": ON.isoformat(), "into": into.code}
    moved = Post.objects.filter(organisation=into)
    assert set(moved.values_list("starts_on", flat=True)) == {ON}
    close = f"/api/v1/practices/{into.code}/change"
    administrator.post(close, {"on": today()}, content_type="application/json")
    into.refresh_from_db()
    assert into.ends_on == today()
