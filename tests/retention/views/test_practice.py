import pytest
from django.test import Client

from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
AT_RISK = "Estimated sessions at risk if nobody joins"


def page(client: Client, heads: dict[str, int] | None, role: str = "") -> str:
    practice: Organisation = area_of_one_practice()["practice"]
    profile_of(practice, heads)
    add_up()
    user = UserFactory()
    if role:
        RoleGrantFactory(user=user, role=role, organisation=practice)
    client.force_login(user)
    response = client.get(practice.get_absolute_url())
    assert response.status_code == 200
    return str(response.content.decode())


def test_manager_reads_the_outlook_from_five_gps(client: Client) -> None:
    text = page(client, {"60to64": 5}, "practice_manager")
    assert AT_RISK in text
    assert "outlook-wide.svg" in text


def test_four_gps_have_none_even_for_their_manager(client: Client) -> None:
    text = page(client, {"60to64": 4}, "practice_manager")
    assert AT_RISK not in text
    assert "Chance of losing" not in text
    assert "If any one GP left" in text
    assert "Look at the outlook of its network" in text
    assert "Sessions at risk in 1, 3, 5 and 10" not in text
    # What the publisher printed stands as printed.
    assert "Qualified permanent GPs by age and sex" in text


def test_clinician_reads_what_is_published(client: Client) -> None:
    text = page(client, SEVEN, "clinician")
    assert AT_RISK not in text
    assert "The outlook of a practice is for its practice manager" in text
    assert "GPs in training, not in the outlook" in text


def test_na_is_not_known(client: Client) -> None:
    text = page(client, None, "practice_manager")
    assert "the publisher printed NA" in text
    assert "Not known" in text
    assert "age-wide.svg" not in text


def test_practice_is_never_flagged(client: Client) -> None:
    text = page(client, {"60to64": 9}, "practice_manager")
    assert AT_RISK in text
    assert "Flagged" not in text
    assert "flagged" not in text
