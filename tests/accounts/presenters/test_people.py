"""People and their roles, as administrators and managers see them."""

import pytest

from accounts.presenters.people import people, staff
from accounts.queries.people import people_of, staff_of
from tests.factories.accounts import RoleGrantFactory, actor
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db


def test_manager_sees_names_and_roles_and_no_address() -> None:
    places = area_of_one_practice()
    manager = actor("practice_manager", places["practice"])
    nurse = RoleGrantFactory(organisation=places["practice"])
    rows = {row.name: row for row in staff(staff_of(places["practice"]), manager)}
    assert nurse.user.email not in str(rows)
    assert rows[nurse.user.name].role.end_id == str(nurse.public_id)
    assert rows[str(manager.user)].role.end_id == ""


def test_contract_is_told_and_not_the_managers_to_end() -> None:
    places = area_of_one_practice()
    RoleGrantFactory(organisation=places["practice"], holds_contract=True)
    manager = actor("practice_manager", places["practice"])
    held = [row.role for row in staff(staff_of(places["practice"]), manager)]
    assert [each.end_id for each in held if "holds the contract" in each.words] == [""]


def test_administrator_ends_every_role_but_the_own() -> None:
    places = area_of_one_practice()
    administrator = actor("hub_administrator", places["hub"])
    RoleGrantFactory(organisation=places["practice"])
    rows = people(people_of(places["hub"]), administrator)
    assert {row.is_me: bool(row.roles[0].end_id) for row in rows} == {True: False, False: True}
