import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.organisations import PracticeFactory, add_practice, area_of_one_practice
from tests.factories.published import OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places(client: Client) -> Places:
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    profile_of(add_practice(found, PracticeFactory(name="=CMD() <b>Oak</b>")), OLD)
    add_up()
    client.force_login(UserFactory())
    return found


def read(client: Client, place: Organisation, query: str = "") -> str:
    response = client.get(f"/places/{place.code}/profile/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_page_compares_with_network_icb_and_england(client: Client, places: Places) -> None:
    text = read(client, places["practice"])
    assert text.count("<h1") == 1
    for part in (
        f'<th scope="col" class="nhsuk-table__header nhsuk-table__header--numeric">'
        f"{places['network'].name}",
        "Qualified permanent GPs by age and sex",
        "profile/charts/pyramid-narrow.svg?group=gp&amp;month=2025-06",
        "Share aged 55 and over, and 60 and over",
    ):
        assert part in text
    # The link to the page as it is shows the same page.
    link = re.search(r'href="/places/[^"]*profile/(\?[^"]+)"', text)
    assert link
    again = read(client, places["practice"], link[1].replace("&amp;", "&"))
    assert re.findall("<td.*?</td>", again) == re.findall("<td.*?</td>", text)


def test_a_place_that_is_found_is_compared_and_names_are_escaped(
    client: Client, places: Places
) -> None:
    text = read(client, places["practice"], "?group=gp&find=oak")
    assert "=CMD() &lt;b&gt;Oak&lt;/b&gt;" in text
    assert "<b>Oak" not in text
    assert 'value="oak"' not in text
    nothing = read(client, places["practice"], "?group=gp&find=zzz")
    assert "No other place fits what you typed." in nothing
    assert "Error: " in nothing


@pytest.mark.parametrize(
    "query", ["?group=x", "?month=2025-13", "?group=gp&month=9999-99&compare=%00", "?find=%00"]
)
def test_nonsense_in_the_address_shows_what_is_usual(
    client: Client, places: Places, query: str
) -> None:
    assert "GPs, June 2025" in read(client, places["practice"], query)


@pytest.mark.parametrize("kind", ["network", "sub_icb", "icb", "region", "country", "hub"])
def test_every_kind_of_place_has_a_profile(client: Client, places: Places, kind: str) -> None:
    assert "GPs, June 2025" in read(client, places[kind])


def test_downloads_hold_what_is_on_screen(client: Client, places: Places) -> None:
    oak = Organisation.objects.get(name__startswith="=CMD")
    query = f"?group=gp&month=2025-06&compare={oak.code}"
    address = f"/places/{places['practice'].code}/profile"
    text = client.get(f"{address}.csv{query}").content.decode("utf-8-sig")
    assert ",'=CMD() <b>Oak</b>,England" in text
    assert "Aged 55 and over,29%,100%,21%" in text
    response = client.get(f"{address}.xlsx{query}")
    assert "attachment" in response["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.content))
    page = book[book.sheetnames[0]]
    headers = ["Figure", places["practice"].name, oak.name, "England"]
    assert [cell.value for cell in page[2]] == headers
    assert "f" not in {cell.data_type for row in page.iter_rows() for cell in row}


def test_without_figures_the_page_says_so(client: Client, places: Places) -> None:
    text = read(client, places["practice"], "?group=dpc")
    assert "No figures of people in direct patient care have been loaded" in text
    assert "<img" not in text
    address = f"/places/{places['practice'].code}/profile/charts"
    for chart in ("pyramid-wide", "older-wide", "other-wide", "pyramid-huge"):
        group = "gp" if chart in ("other-wide", "pyramid-huge") else "dpc"
        assert client.get(f"{address}/{chart}.svg?group={group}").status_code == 404
    assert client.get("/places/NOWHERE/profile/").status_code == 404


def test_charts_are_drawn_and_kept_by_the_browser(client: Client, places: Places) -> None:
    address = f"/places/{places['practice'].code}/profile/charts/older-narrow.svg?month=2025-06"
    first = client.get(address)
    assert (first.status_code, first["Content-Type"]) == (200, "image/svg+xml")
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_queries_do_not_grow_with_practices(client: Client, places: Places) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, places["network"])
        return len(captured)

    read(client, places["network"])
    few = queries()
    for _ in range(4):
        profile_of(add_practice(places), SEVEN)
    add_up()
    assert queries() == few
