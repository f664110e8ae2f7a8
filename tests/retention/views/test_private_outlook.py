"""The doors of private outlooks: the same figures at each, and nothing where withheld."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation
from retention.actions.private_outlooks import make_private_outlooks
from retention.models import Post, PrivateOutlook
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.api import caller
from tests.factories.organisations import area_of_one_practice
from tests.factories.private_outlooks import (
    Places,
    another_network,
    hub_area,
    practice_with,
    working,
)
from tests.factories.published import SEVEN, profile_of

pytestmark = pytest.mark.django_db
HEADING = "With your practices\N{RIGHT SINGLE QUOTATION MARK} own records"
PAGES = ("place-private", "place-private-board", "place-private-csv", "place-private-xlsx")


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    with time_machine.travel("2026-11-18 12:00 +0000", tick=False):
        yield


@pytest.fixture
def area() -> Places:
    """A network whose GPs may be told of, with published figures beside; its nurses may not."""
    places = hub_area()
    for _ in range(3):
        profile_of(practice_with(places, 4), SEVEN, dt.date(2026, 9, 1))
    practice_with(places, 2, role="nurse")
    return places


def sign_in(client: Client, role: str, place: Organisation) -> None:
    user = UserFactory()
    RoleGrantFactory(user=user, role=role, organisation=place)
    client.force_login(user)


def text(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, address
    return str(response.content.decode("utf-8-sig"))


def address(name: str, place: Organisation) -> str:
    return reverse(name, args=[place.code])


@pytest.fixture
def lead(client: Client, area: Places) -> Client:
    make_private_outlooks()
    sign_in(client, "network_lead", area["network"])
    return client


def test_the_network_page_has_a_section_of_its_own(lead: Client, area: Places) -> None:
    page = text(lead, area["network"].get_absolute_url())
    figures = PrivateOutlook.objects.get(place=area["network"]).figures
    three = figures["horizons"][1]
    assert HEADING in page
    assert f"GPs. If nobody joined, about {three['expected']} of 36 sessions a week" in page
    assert "By published figures alone it would be" in page
    assert "8 to 15 people of the staff group (GPs) in practices that share" in page
    assert "nothing that it could be added to" not in page


def test_the_hub_page_has_it_too(client: Client, area: Places) -> None:
    make_private_outlooks()
    sign_in(client, "board_viewer", area["hub"])
    assert HEADING in text(client, area["hub"].get_absolute_url())


@pytest.mark.parametrize("role", ["clinician", "practice_manager"])
def test_who_works_in_the_network_reads_its_section_and_not_the_hubs(
    client: Client, area: Places, role: str
) -> None:
    make_private_outlooks()
    sign_in(client, role, area["practice"])
    assert HEADING in text(client, area["network"].get_absolute_url())
    assert HEADING not in text(client, area["hub"].get_absolute_url())


def test_nobody_else_has_the_section(client: Client, area: Places) -> None:
    make_private_outlooks()
    sign_in(client, "network_lead", area_of_one_practice()["network"])
    for place in ("network", "hub"):
        assert HEADING not in text(client, area[place].get_absolute_url())


def test_all_doors_tell_the_same_figures(lead: Client, area: Places) -> None:
    network = area["network"]
    told = caller("network_lead", network).get(f"/api/v1/places/{network.code}/private-outlook")
    [gps, nurses, *_] = told.json()["cells"]
    expected = [each["expected"] for each in gps["outlook"]["private"]["horizons"]]
    rows = list(csv.reader(io.StringIO(text(lead, address("place-private-csv", network)))))
    losses = rows.index(["GPs: sessions at risk"])
    assert [int(row[1]) for row in rows[losses + 2 : losses + 6]] == expected
    book = lead.get(address("place-private-xlsx", network)).content
    sheet = load_workbook(io.BytesIO(book))["3 GPs  sessions at risk"]
    assert [row[1].value for row in sheet.iter_rows(min_row=3, max_row=6)] == expected
    for name in ("place-private", "place-private-board"):
        page = text(lead, address(name, network))
        cells = re.findall(r"numeric\">(\d+)</td>", page)
        assert all(str(number) in cells for number in expected)
    svg = text(lead, reverse("place-private-chart", args=[network.code, "gp", "wide"]))
    assert str(expected[0]) in svg
    assert nurses["withheld"] is True
    assert nurses["outlook"] is None


def test_a_withheld_cell_says_why_and_names_no_practice(lead: Client, area: Places) -> None:
    network = area["network"]
    for name in PAGES[:3]:
        page = text(lead, address(name, network))
        assert "Withheld: it would tell too much about few people" in page
        assert "at least three practices share their posts with the network" in page
        for practice in Organisation.objects.filter(kind="practice"):
            assert practice.code not in page
            assert practice.name not in page
    chart = reverse("place-private-chart", args=[network.code, "nurses", "wide"])
    assert lead.get(chart).status_code == 404


@pytest.mark.parametrize("group", ["everyone", "gp2"])
def test_there_is_no_other_cell(lead: Client, area: Places, group: str) -> None:
    chart = reverse("place-private-chart", args=[area["network"].code, group, "wide"])
    assert lead.get(chart).status_code == 404


def test_before_the_first_month_the_pages_say_so(client: Client, area: Places) -> None:
    sign_in(client, "network_lead", area["network"])
    for page in (area["network"].get_absolute_url(), address("place-private", area["network"])):
        assert "None has been made yet" in text(client, page)


def test_an_earlier_day_has_what_stood_then(client: Client, area: Places) -> None:
    make_private_outlooks(month=dt.date(2026, 9, 1))
    for practice in {post.organisation for post in Post.objects.filter(role="partner")}:
        for _ in range(8):
            working(practice, starts_on=dt.date(2026, 9, 20))
    make_private_outlooks()
    sign_in(client, "network_lead", area["network"])
    page = address("place-private", area["network"])
    now, then = text(client, page), text(client, page, as_at="2026-10-05")
    assert "of 108 sessions a week" in now
    assert "The figure before, of September 2026, was" in now
    assert "of 36 sessions a week" in then
    assert "The figure before" not in then
    # Files and charts of that page are of its day.
    assert "private-outlook.csv?as_at=2026-10-05" in then
    assert "gp-wide.svg?as_at=2026-10-05" in then
    assert "None has been made yet" in text(client, page, as_at="2026-08-31")


@pytest.mark.parametrize("day", ["last week", "2030-01-01", "1948-07-05"])
def test_a_day_that_is_none_is_refused_at_every_door(lead: Client, area: Places, day: str) -> None:
    network = area["network"]
    doors = [address(name, network) for name in PAGES]
    doors.append(reverse("place-private-chart", args=[network.code, "gp", "wide"]))
    for door in doors:
        response = lead.get(door, {"as_at": day})
        assert response.status_code == 400, door
        page = response.content.decode()
        assert "There is a problem" in page
        assert 'name="as_at"' in page
        assert "sessions a week could be lost" not in page


def test_it_is_read_from_what_is_frozen_in_a_few_queries(
    lead: Client, area: Places, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        lead.get(address("place-private", area["network"]))


@pytest.mark.parametrize("kind", ["practice", "icb", "sub_icb", "region"])
def test_other_places_have_none(client: Client, area: Places, kind: str) -> None:
    make_private_outlooks()
    sign_in(client, "hub_retention_lead", area["hub"])
    for name in PAGES:
        assert client.get(address(name, area[kind])).status_code == 404


def test_another_network_of_the_area_is_for_its_hub(client: Client, area: Places) -> None:
    other = another_network(area)
    practice_with(other, 3)
    make_private_outlooks()
    sign_in(client, "network_lead", area["network"])
    assert client.get(address("place-private", other["network"])).status_code == 404
    sign_in(client, "hub_administrator", area["hub"])
    assert "Withheld" in text(client, address("place-private", other["network"]))
