import pytest
from django.test import Client

from organisations.clock import today
from organisations.models import Organisation
from retention.models import RosterConfirmation
from retention.views import data_quality
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import (
    PracticeFactory,
    SharingFactory,
    add_practice,
    area_of_one_practice,
)
from tests.factories.published import SEVEN, add_up, profile_of
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    found = area_of_one_practice(PracticeFactory(name="Good Surgery"))
    profile_of(found["practice"], SEVEN)
    profile_of(add_practice(found, PracticeFactory(name="=Lost <b>")), None)
    add_up()
    return found


def sign_in(client: Client, role: str = "", place: Organisation | None = None) -> None:
    user = UserFactory()
    if role:
        RoleGrantFactory(user=user, role=role, organisation=place)
    client.force_login(user)


def test_everyone_sees_what_is_published_and_nobody_else_the_records(
    client: Client, places: Places
) -> None:
    SharingFactory(practice=places["practice"], recipient=places["hub"], thing="patterns")
    RosterConfirmation.objects.create(practice=places["practice"], confirmed_on=today())
    address = f"/places/{places['hub'].code}/data-quality/"
    for role, sees in (("", False), ("board_viewer", False), ("hub_retention_lead", True)):
        sign_in(client, role, places["hub"])
        text = client.get(address).content.decode()
        assert "=Lost &lt;b&gt;" in text
        assert "GPs: no valid figures; none in any loaded month" in text
        assert "good for 1 of 2 practices" in text
        assert ("Own records" in text) is sees
        csv = client.get(address.rstrip("/") + ".csv").content.decode()
        assert "'=Lost <b>" in csv
        assert ("last confirmed it" in csv) is sees


def test_a_long_list_comes_in_pages_and_keeps_its_filter(
    client: Client, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_quality, "ON_A_PAGE", 1)
    profile_of(add_practice(places, PracticeFactory(name="Second")), None)
    add_up()
    sign_in(client)
    address = f"/places/{places['icb'].code}/data-quality/?group=gp&month=2025-06"
    first = client.get(address).content.decode()
    assert "Second" not in first
    assert "group=gp&amp;month=2025-06&amp;page=2" in first
    assert "Second" in client.get(f"{address}&page=2").content.decode()


@pytest.mark.parametrize("query", ["?group=x", "?month=never", "?month=1999-01", "?page=x"])
def test_nonsense_in_the_address_shows_what_is_usual(
    client: Client, places: Places, query: str
) -> None:
    sign_in(client)
    response = client.get(f"/places/{places['network'].code}/data-quality/{query}")
    assert "Figures of 30 June 2025" in response.content.decode()


def test_a_place_without_figures_has_a_page(client: Client) -> None:
    sign_in(client)
    code = area_of_one_practice()["network"].code
    text = client.get(f"/places/{code}/data-quality/").content.decode()
    assert "No workforce figures have been loaded" in text
    assert client.get(f"/places/{code}/data-quality.xlsx").status_code == 200


def test_a_manager_reads_what_to_mend(client: Client, places: Places) -> None:
    post = PostFactory(organisation=places["practice"], person__name="Dr <i>Ann")
    sign_in(client, "practice_manager", places["practice"])
    text = client.get(f"/practices/{places['practice'].code}/people/to-check/").content.decode()
    assert "Dr &lt;i&gt;Ann" in text
    assert "No contracted hours, and no week told" in text
    assert "1 to check, 1 open post. You never confirmed the whole list." in text
    assert f"/people/{post.public_id}/end/" in text
    post.delete()
    text = client.get(f"/practices/{places['practice'].code}/people/to-check/").content.decode()
    assert "Nothing to check." in text
