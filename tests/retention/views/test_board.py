import csv
import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from organisations.models import Organisation, OrganisationName
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
LIMIT = "It must not be used about a person."
Places = dict[str, Organisation]


@pytest.fixture
def places(client: Client) -> Places:
    """A network of two practices, whose lead is signed in; neither practice shares."""
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    profile_of(add_practice(found), OLD)
    add_up()
    user = UserFactory()
    RoleGrantFactory(user=user, role="network_lead", organisation=found["network"])
    client.force_login(user)
    return found


def csv_rows(client: Client, place: Organisation) -> list[list[str]]:
    response = client.get(reverse("place-outlook-csv", args=[place.code]))
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def losses(rows: list[list[str]]) -> list[list[str]]:
    return [row for row in rows if row and row[0].endswith("years")]


def test_one_page_says_what_the_dashboard_says(client: Client, places: Places) -> None:
    network = places["network"]
    board = client.get(reverse("place-board", args=[network.code])).content.decode()
    for sentence in client.get(network.get_absolute_url()).context["page"].summary.sentences:
        assert sentence in board
    for part in ("Flagged: ", "Next step:", "ahead-wide.svg", "Chance of losing at least", LIMIT):
        assert part in board
    assert "<details" not in board


def test_files_hold_the_figures_of_the_page_as_numbers(client: Client, places: Places) -> None:
    network = places["network"]
    page = client.get(network.get_absolute_url()).context
    rows = csv_rows(client, network)
    for printed in page["ahead"].table.rows:
        assert any(row[:3] == printed[:3] for row in rows)
    book = client.get(reverse("place-outlook-xlsx", args=[network.code])).content
    sheet = load_workbook(io.BytesIO(book))["4 Estimated sessions left"]
    assert sheet["B3"].value == 95


def test_no_file_tells_the_outlook_of_a_practice_that_does_not_share(
    client: Client, places: Places
) -> None:
    rows = csv_rows(client, places["network"])
    first = rows.index(["Practices by name"]) + 2
    assert [row[3] for row in rows[first : first + 2]] == ["Not shared with you"] * 2


def test_a_name_is_no_formula(client: Client, places: Places) -> None:
    Organisation.objects.filter(pk=places["practice"].pk).update(name="=1+1 SURGERY")
    rows = csv_rows(client, places["network"])
    assert any(row[:1] == ["'=1+1 SURGERY"] for row in rows)


def test_assumptions_come_along_and_wrong_ones_have_no_page(client: Client, places: Places) -> None:
    address = reverse("place-board", args=[places["network"].code])
    assert "With your assumptions" in client.get(address, {"fewer": 10}).content.decode()
    assert client.get(address, {"fewer": 11}).status_code == 404


@pytest.mark.parametrize("kind", ["practice", "region", "country"])
def test_other_places_have_no_page_for_a_board(client: Client, places: Places, kind: str) -> None:
    for name in ("place-board", "place-outlook-csv", "place-outlook-xlsx"):
        assert client.get(reverse(name, args=[places[kind].code])).status_code == 404


DOORS = ("place-board", "place-outlook-csv", "place-outlook-xlsx")
AUGUST = dt.date(2025, 8, 1)


def test_on_a_past_day_paper_and_files_are_of_that_day(client: Client, places: Places) -> None:
    """In August new figures came, and the network got its name of today."""
    network = places["network"]
    OrganisationName.objects.create(
        organisation=network, name="Old Alliance", starts_on=dt.date(2020, 4, 1), ends_on=AUGUST
    )
    then = csv_rows(client, network)
    profile_of(places["practice"], OLD, AUGUST)
    add_up(AUGUST)
    asked = {"as_at": "2025-07-31"}
    board = client.get(reverse("place-board", args=[network.code]), asked).content.decode()
    assert "Old Alliance</h1>" in board
    assert "As at 31 July 2025" in board
    assert "ahead-wide.svg?as_at=2025-07-31" in board
    assert "August 2025" not in board
    response = client.get(reverse("place-outlook-csv", args=[network.code]), asked)
    assert f"outlook-{network.code}-2025-07-31.csv" in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert ["As at 31 July 2025."] in rows
    # What was handed out then, but for the words "today" and the name.
    assert losses(rows) == losses(then)
    assert losses(rows) != losses(csv_rows(client, network))
    book = client.get(reverse("place-outlook-xlsx", args=[network.code]), asked)
    assert f"outlook-{network.code}-2025-07-31.xlsx" in book["Content-Disposition"]


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31/07/2025", "Enter a date, such as 2025-03-31"),
        ("2999-01-01", "date or an earlier one"),
        ("2010-01-01", "There is no outlook of this place for that day"),
    ],
)
def test_of_a_bad_day_nothing_is_handed_out(
    client: Client, places: Places, name: str, typed: str, message: str
) -> None:
    response = client.get(reverse(name, args=[places["network"].code]), {"as_at": typed})
    text = response.content.decode()
    assert response.status_code == 400
    assert message in text
    assert "There is a problem" in text
    assert f'value="{typed}"' in text


def test_a_bad_day_tells_a_stranger_nothing(client: Client, places: Places) -> None:
    client.force_login(UserFactory())
    for name in DOORS:
        address = reverse(name, args=[places["network"].code])
        assert client.get(address, {"as_at": "soon"}).status_code == 404


def test_network_without_figures_has_none(client: Client) -> None:
    network = Organisation.objects.create(kind="network", code="U77777", name="Empty PCN")
    user = UserFactory()
    RoleGrantFactory(user=user, role="network_lead", organisation=network)
    client.force_login(user)
    assert client.get(reverse("place-board", args=["U77777"])).status_code == 404
