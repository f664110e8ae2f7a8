import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from organisations.models import Link, Organisation
from retention.queries import england
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import SharingFactory, add_practice, area_of_one_practice
from tests.factories.published import OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
AUGUST = dt.date(2025, 8, 1)


@pytest.fixture
def places() -> Places:
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    found["older"] = add_practice(found)
    profile_of(found["older"], OLD)
    add_up()
    return found


def sign_in(client: Client, role: str, place: Organisation) -> None:
    user = UserFactory()
    RoleGrantFactory(user=user, role=role, organisation=place)
    client.force_login(user)


def read(client: Client, place: Organisation, **asked: str | int) -> str:
    response = client.get(place.get_absolute_url(), asked)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("kind", ["practice", "network", "icb", "sub_icb", "hub"])
def test_switches_change_the_page_without_a_script(
    client: Client, places: Places, kind: str
) -> None:
    sign_in(client, "hub_retention_lead", places["hub"])
    as_it_is = read(client, places[kind])
    assert "Ten years ahead" in as_it_is
    assert "What drives the loss" in as_it_is
    assert "With your assumptions" not in as_it_is
    assumed = read(client, places[kind], retire=-2)
    assert "With your assumptions it would be about" in assumed
    assert "ahead-wide.svg?retire=-2" in assumed
    assert '<option value="-2" selected>' in assumed


def test_wrong_choice_is_told_and_no_figure_is_made(client: Client, places: Places) -> None:
    sign_in(client, "hub_retention_lead", places["hub"])
    text = read(client, places["network"], fewer=99)
    assert "There is a problem" in text
    assert "ahead-wide.svg" not in text


def test_a_lead_closes_only_practices_that_share(client: Client, places: Places) -> None:
    sign_in(client, "network_lead", places["network"])
    assert "A practice closes" not in read(client, places["network"])
    SharingFactory(practice=places["older"], recipient=places["network"])
    text = read(client, places["network"], closes=places["older"].code)
    assert "With your assumptions it would be about" in text
    assert "There is a problem" in read(client, places["network"], closes=places["practice"].code)
    chart = reverse("network-ahead-chart", args=[places["network"].code, "wide"])
    assert client.get(chart, {"closes": places["practice"].code}).status_code == 404
    assert client.get(chart, {"closes": places["older"].code}).status_code == 200


def test_who_sees_no_outlook_sees_no_switches(client: Client, places: Places) -> None:
    client.force_login(UserFactory())
    for kind in ("network", "icb"):
        text = read(client, places[kind], retire=-2)
        assert "Ten years ahead" not in text
        assert "What drives the loss" not in text


def test_a_region_has_no_years_ahead(client: Client, places: Places) -> None:
    sign_in(client, "hub_retention_lead", places["hub"])
    assert "Ten years ahead" not in read(client, places["region"])
    chart = reverse("area-ahead-chart", args=[places["region"].code, "wide"])
    assert client.get(chart).status_code == 404


@pytest.mark.parametrize("role", ["network_lead", "board_viewer"])
def test_england_has_years_ahead_for_everyone_once_the_files_cover_it(
    client: Client, places: Places, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    sign_in(client, role, places["network" if role == "network_lead" else "hub"])
    place = places["country"]
    chart = reverse("area-ahead-chart", args=[place.code, "wide"])
    assert "Ten years ahead" not in read(client, place)
    assert client.get(chart).status_code == 404
    cache.clear()
    monkeypatch.setattr(england, "COVERED_FROM", 1)
    text = read(client, place, retire=-2)
    assert "Ten years ahead" in text
    assert "With your assumptions it would be about" in text
    assert "A practice closes" not in text
    assert client.get(chart).status_code == 200
    assert client.get(reverse("place-board", args=[place.code])).status_code == 200


def test_networks_are_told_apart_from_england_only_where_they_clearly_differ(
    client: Client, places: Places
) -> None:
    sign_in(client, "hub_retention_lead", places["hub"])
    text = read(client, places["icb"])
    assert "This is no league table." in text
    assert "1 of 1" in text
    assert "About the same" in text


def test_a_past_day_has_the_years_ahead_and_the_practices_of_that_day(
    client: Client, places: Places
) -> None:
    """In August a practice left and new figures came; what is assumed keeps the day."""
    left, network = places["older"], places["network"]
    Link.objects.filter(child=left, parent=network).update(ends_on=AUGUST)
    profile_of(places["practice"], OLD, AUGUST)
    add_up(AUGUST)
    for practice in (left, places["practice"]):
        SharingFactory(practice=practice, recipient=places["hub"])
    sign_in(client, "hub_retention_lead", places["hub"])
    day = "2025-07-31"
    then = read(client, network, as_at=day, closes=left.code)
    assert "With your assumptions it would be about" in then
    assert f'<input type="hidden" name="as_at" value="{day}">' in then
    assert f"ahead-wide.svg?closes={left.code}&amp;as_at={day}" in then
    assert "They show the place as it was on 31 July 2025, without assumptions." in then
    for name in ("place-board", "place-outlook-csv", "place-outlook-xlsx"):
        assert f'{reverse(name, args=[network.code])}?as_at={day}"' in then
    assert "There is a problem" in read(client, network, closes=left.code)
    chart = reverse("network-ahead-chart", args=[network.code, "wide"])
    assert client.get(chart, {"closes": left.code, "as_at": day}).status_code == 200
    assert client.get(chart, {"closes": left.code}).status_code == 404
    pictures = [client.get(chart, asked).content for asked in ({}, {"as_at": day})]
    assert pictures[0] != pictures[1]
    assert client.get(chart, {"as_at": "2020-01-31"}).status_code == 404


def test_a_bad_day_is_told_beside_the_switches(client: Client, places: Places) -> None:
    sign_in(client, "hub_retention_lead", places["hub"])
    text = read(client, places["network"], as_at="31/07/2025", retire=-2)
    assert "<title>Error: " in text
    assert "Enter a date, such as 2025-03-31" in text
    assert "There is a problem" in text
    assert "With your assumptions it would be about" in text
    assert "ahead-wide.svg?retire=-2" in text
    assert 'type="hidden" name="as_at"' not in text
