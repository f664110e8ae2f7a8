"""Data quality through the API: the figures of the pages."""

import pytest

from tests.factories.api import caller
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import SEVEN, add_up, profile_of
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db


def test_practices_come_worst_first_with_reasons() -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    lost = add_practice(places)
    profile_of(lost, None)
    add_up()
    path = f"/api/v1/places/{places['icb'].code}/data-quality"
    page = caller().get(path, {"limit": "1", "month": "2025-06-30"}).json()
    assert page["count"] == 2
    (item,) = page["items"]
    assert (item["practice"]["code"], item["month"], item["grade"]) == (
        lost.code,
        "2025-06-01",
        "none",
    )
    assert item["groups"][0]["findings"] == [
        {"doubt": "no_figures", "grade": "none", "value": None}
    ]


def test_posts_to_check_are_the_managers() -> None:
    practice = area_of_one_practice()["practice"]
    post = PostFactory(organisation=practice, person__name="Ann")
    path = f"/api/v1/practices/{practice.code}/posts-to-check"
    page = caller("practice_manager", practice).get(path).json()
    assert [(item["post"], item["name"]) for item in page["items"]] == [
        (str(post.public_id), "Ann")
    ]
    doubts = {finding["doubt"] for finding in page["items"][0]["findings"]}
    assert doubts == {"no_hours", "not_confirmed"}
