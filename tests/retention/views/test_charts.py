import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
SEPTEMBER = dt.date(2025, 9, 1)


@pytest.fixture
def places() -> Places:
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    add_up()
    return found


def address(name: str, place: Organisation, size: str = "wide") -> str:
    return reverse(name, kwargs={"code": place.code, "size": size})


def sign_in(client: Client, role: str, place: Organisation) -> None:
    user = UserFactory()
    RoleGrantFactory(user=user, role=role, organisation=place)
    client.force_login(user)


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_picture_is_svg_for_this_reader_only(client: Client, places: Places, size: str) -> None:
    client.force_login(UserFactory())
    response = client.get(address("network-age-chart", places["network"], size))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-cache"}


def test_unchanged_picture_is_not_sent_again(client: Client, places: Places) -> None:
    client.force_login(UserFactory())
    chart = address("network-age-chart", places["network"])
    etag = client.get(chart)["ETag"]
    again = client.get(chart, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    profile_of(places["practice"], OLD, month=SEPTEMBER)
    add_up(SEPTEMBER)
    assert client.get(chart, headers={"If-None-Match": etag}).status_code == 200


def test_outlook_is_drawn_for_those_who_may_see_it(client: Client, places: Places) -> None:
    sign_in(client, "network_lead", places["network"])
    assert client.get(address("network-outlook-chart", places["network"])).status_code == 200
    assert client.get(address("area-outlook-chart", places["icb"])).status_code == 404
    # The practice does not share.
    assert client.get(address("practice-outlook-chart", places["practice"])).status_code == 404


@pytest.mark.parametrize(("people", "status"), [(4, 404), (5, 200)])
def test_outlook_of_a_practice_is_drawn_from_five_gps(
    client: Client, people: int, status: int
) -> None:
    practice = area_of_one_practice()["practice"]
    profile_of(practice, {"60to64": people})
    sign_in(client, "practice_manager", practice)
    assert client.get(address("practice-outlook-chart", practice)).status_code == status


@pytest.mark.parametrize("heads", [None, "no file"])
def test_place_without_figures_has_no_picture(client: Client, heads: str | None) -> None:
    practice = area_of_one_practice()["practice"]
    if heads is None:
        profile_of(practice, None)
    sign_in(client, "practice_manager", practice)
    assert client.get(address("practice-age-chart", practice)).status_code == 404
    assert client.get(address("practice-outlook-chart", practice)).status_code == 404


@pytest.mark.parametrize("size", ["huge", "WIDE", "wide-wide"])
def test_other_sizes_do_not_exist(client: Client, places: Places, size: str) -> None:
    client.force_login(UserFactory())
    assert client.get(address("network-age-chart", places["network"], size)).status_code == 404


def test_chart_of_another_kind_of_place_does_not_exist(client: Client, places: Places) -> None:
    client.force_login(UserFactory())
    assert client.get(address("network-age-chart", places["practice"])).status_code == 404


@pytest.mark.parametrize("chart", ["age", "outlook", "ahead"])
@pytest.mark.parametrize("day", ["31/03/2025", "2999-01-01", "1999-01-01", "a\x00b"])
def test_a_day_that_is_none_draws_nothing(
    client: Client, places: Places, chart: str, day: str
) -> None:
    sign_in(client, "network_lead", places["network"])
    picture = address(f"network-{chart}-chart", places["network"])
    assert client.get(picture, {"as_at": "2025-07-31"}).status_code == 200
    refused = client.get(picture, {"as_at": day})
    assert (refused.status_code, refused["Content-Type"]) == (400, "text/html; charset=utf-8")
