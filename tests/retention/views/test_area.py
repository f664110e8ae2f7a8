import pytest
from django.test import Client

from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import OLD, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    found = area_of_one_practice()
    profile_of(found["practice"], OLD)
    add_up()
    return found


@pytest.mark.parametrize("kind", ["icb", "sub_icb", "region", "country"])
def test_everyone_reads_what_is_published(client: Client, places: Places, kind: str) -> None:
    client.force_login(UserFactory())
    response = client.get(places[kind].get_absolute_url())
    assert response.status_code == 200
    text = response.content.decode()
    assert "Age profile" in text
    assert "Flagged" not in text
    assert "highest first" not in text


@pytest.mark.parametrize("role", ["hub_retention_lead", "hub_administrator", "board_viewer"])
def test_hub_reads_the_outlook_and_the_ranked_networks(
    client: Client, places: Places, role: str
) -> None:
    user = UserFactory()
    RoleGrantFactory(user=user, role=role, organisation=places["hub"])
    client.force_login(user)
    text = client.get(places["icb"].get_absolute_url()).content.decode()
    assert "Estimated sessions at risk if nobody joins" in text
    assert "highest first" in text
    assert places["network"].name in text
    # The ICB in its summary, and the network in the list.
    assert text.count("Flagged") == 2


def test_a_hub_has_its_page_elsewhere(client: Client, places: Places) -> None:
    client.force_login(UserFactory())
    assert client.get(f"/areas/{places['hub'].code}/").status_code == 404
