import pytest
from django.test import Client
from django.urls import reverse

from organisations.clock import today
from organisations.models import Organisation
from retention.models import NetworkEntitlement
from retention.queries.network_staff import financial_year
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import NetworkWorkforceFactory

pytestmark = pytest.mark.django_db
YEAR = financial_year(today())


@pytest.fixture
def places() -> dict[str, Organisation]:
    found = area_of_one_practice()
    NetworkWorkforceFactory(network=found["network"])
    return found


def sign_in(client: Client, role: str, place: Organisation) -> None:
    user = UserFactory()
    RoleGrantFactory(user=user, role=role, organisation=place)
    client.force_login(user)


def address(places: dict[str, Organisation], year: int = YEAR) -> str:
    return reverse("network-entitlement", args=[places["network"].code, year])


def test_lead_enters_it_and_reads_it_on_the_page(
    client: Client, places: dict[str, Organisation]
) -> None:
    sign_in(client, "network_lead", places["network"])
    page = places["network"].get_absolute_url()
    before = client.get(page).content.decode()
    assert "Nobody has entered the entitlement" in before
    assert address(places) in before
    assert client.get(address(places)).status_code == 200
    sent = {"version": 0, "pounds": "420000", "committed": "210000", "fte": ""}
    assert client.post(address(places), sent, follow=True).redirect_chain == [(page, 302)]
    text = client.get(page).content.decode()
    assert "£420,000. £210,000 of it is committed: 50%." in text
    assert "by a network lead" in text
    assert 'value="420000.00"' in client.get(address(places)).content.decode()


def test_staff_are_open_and_the_entitlement_is_not(
    client: Client, places: dict[str, Organisation]
) -> None:
    NetworkEntitlement.objects.create(
        network=places["network"], year=YEAR, pounds=77, entered_on=today()
    )
    client.force_login(UserFactory())
    text = client.get(places["network"].get_absolute_url()).content.decode()
    assert "3 posts in additional roles" in text
    assert "Pharmacists" in text
    assert "£77" not in text
    assert "ntitlement" not in text


def test_who_reads_the_outlook_reads_it_and_may_not_enter(
    client: Client, places: dict[str, Organisation]
) -> None:
    sign_in(client, "board_viewer", places["hub"])
    text = client.get(places["network"].get_absolute_url()).content.decode()
    assert "Nobody has entered the entitlement" in text
    assert address(places) not in text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"pounds": "lots"}, "Enter a number, such as 420000 or 9.5"),
        ({"pounds": "-1"}, "Enter a number that is not below zero"),
        ({}, "Enter the entitlement in pounds, in FTE, or both"),
        ({"committed": "5", "fte": "1"}, "Enter the entitlement in pounds that this is part of"),
        ({"fte": "123456.00"}, "There is a problem"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    client: Client, places: dict[str, Organisation], sent: dict[str, str], said: str
) -> None:
    sign_in(client, "network_lead", places["network"])
    response = client.post(address(places), {"version": 0, **sent})
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not NetworkEntitlement.objects.exists()


def test_second_window_is_told_and_can_save_again(
    client: Client, places: dict[str, Organisation]
) -> None:
    sign_in(client, "network_lead", places["network"])
    client.post(address(places), {"version": 0, "pounds": "1"})
    stale = client.post(address(places), {"version": 0, "pounds": "2"})
    assert "changed this since you opened the page" in stale.content.decode()
    assert 'name="version" value="1"' in stale.content.decode()
    assert client.post(address(places), {"version": 1, "pounds": "2"}).status_code == 302
    assert NetworkEntitlement.objects.get().pounds == 2


@pytest.mark.parametrize("year", [YEAR - 2, YEAR + 2, 99999])
def test_far_years_have_no_form(client: Client, places: dict[str, Organisation], year: int) -> None:
    sign_in(client, "network_lead", places["network"])
    assert client.get(address(places, year)).status_code == 404
