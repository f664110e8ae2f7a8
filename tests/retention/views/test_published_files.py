"""What was published on a place, as files: the page's figures, no more for any reader."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from organisations.clock import today
from organisations.models import Organisation
from retention.models import NetworkEntitlement
from retention.queries.network_staff import financial_year
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import (
    SEVEN,
    DeprivationFactory,
    NetworkWorkforceFactory,
    RegisteredPatientsFactory,
    add_up,
    profile_of,
)

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
LATER = "After 5\N{NO-BREAK SPACE}years"
SPENT = "Entitlement for"


@pytest.fixture
def places() -> Places:
    """A network of one practice with all that is published, and an entitlement."""
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    RegisteredPatientsFactory(practice=found["practice"], each=10)
    DeprivationFactory(practice=found["practice"], score=33.5)
    NetworkWorkforceFactory(network=found["network"])
    add_up()
    NetworkEntitlement.objects.create(
        network=found["network"], year=financial_year(today()), pounds=420, entered_on=today()
    )
    return found


def sign_in(client: Client, role: str, place: Organisation) -> None:
    user = UserFactory()
    RoleGrantFactory(user=user, role=role, organisation=place)
    client.force_login(user)


def rows_of(client: Client, name: str, place: Organisation) -> list[list[str]]:
    response = client.get(reverse(name, args=[place.code]))
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def text_of(rows: list[list[str]]) -> str:
    return "\n".join(" ".join(row) for row in rows)


def plain(row: list[str]) -> list[str]:
    """Return cells without the commas of thousands, which a file's numbers have not."""
    return [cell.replace(",", "") for cell in row]


def test_the_tables_of_the_page_are_in_the_file(client: Client, places: Places) -> None:
    network = places["network"]
    sign_in(client, "network_lead", network)
    page = client.get(network.get_absolute_url()).context
    rows = rows_of(client, "published-csv", network)
    plain_rows = [plain(row) for row in rows]
    tables = [
        page["population"].ages,
        page["population"].per_session,
        page["staff"].roles,
        page["page"].published.profile.table,
    ]
    for printed in (row for table in tables for row in table.rows):
        assert plain(printed) in plain_rows
    said = [*page["population"].sentences, page["similar"].said, *page["staff"].used]
    assert len(said) == 6
    assert [[sentence] for sentence in said if [sentence] not in rows] == []


def test_who_may_not_see_the_outlook_gets_neither_the_loss_nor_the_entitlement(
    client: Client, places: Places
) -> None:
    sign_in(client, "clinician", area_of_one_practice()["practice"])
    text = text_of(rows_of(client, "published-csv", places["network"]))
    assert "33.5" in text
    assert "Pharmacists" in text
    for hidden in (LATER, SPENT, "80%"):
        assert hidden not in text


def test_the_outlooks_file_has_the_same_sections(client: Client, places: Places) -> None:
    network = places["network"]
    sign_in(client, "network_lead", network)
    outlook = rows_of(client, "place-outlook-csv", network)
    published = rows_of(client, "published-csv", network)
    start = ["Its patients"]
    assert outlook[outlook.index(start) :] == published[published.index(start) :]
    text = text_of(published)
    assert LATER in text
    assert SPENT in text


def test_a_workbook_holds_numbers(client: Client, places: Places) -> None:
    sign_in(client, "board_viewer", places["hub"])
    response = client.get(reverse("published-xlsx", args=[places["network"].code]))
    book = load_workbook(io.BytesIO(response.content))
    sheet = next(book[name] for name in book.sheetnames if "Patients by age" in name)
    assert [cell.value for cell in sheet[3]][:4] == ["Under 15", 30, 30, 60]


def test_a_day_before_anything_was_published(client: Client, places: Places) -> None:
    sign_in(client, "clinician", places["practice"])
    address = reverse("published-csv", args=[places["icb"].code])
    response = client.get(address, {"as_at": "2024-01-01"})
    assert "2024-01-01.csv" in response["Content-Disposition"]
    then = response.content.decode()
    assert "Patients by age are not loaded for this place." in then
    assert "Under 15" not in then


def test_a_day_that_is_none_is_refused_and_gives_no_file(client: Client, places: Places) -> None:
    sign_in(client, "clinician", places["practice"])
    address = reverse("published-xlsx", args=[places["icb"].code])
    assert client.get(address, {"as_at": "2024-02-30"}).status_code == 400
