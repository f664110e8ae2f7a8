import datetime as dt

import pytest

from retention.queries.network_staff import financial_year, network_staff
from tests.factories.organisations import NetworkFactory
from tests.factories.published import JUNE, NetworkWorkforceFactory

pytestmark = pytest.mark.django_db
JUNE_ENDS = dt.date(2025, 6, 30)
CARE = "Other Direct Patient Care staff"
OFFICE = "Other Admin/Non-clinical staff"


def test_additional_roles_come_first_and_add_up() -> None:
    network = NetworkFactory()
    NetworkWorkforceFactory(network=network)
    found = network_staff(network, JUNE_ENDS)
    assert found
    assert [(role.name, role.posts, role.fte) for role in found.roles] == [
        ("Pharmacists", 2, 1.5),
        ("Paramedics", 1, None),
        ("Medical Clinical Director (GP)", 1, 0.2),
    ]
    assert found.posts(additional=True) == 3
    # One post's hours are not known: a sum of the others would look complete.
    assert found.fte(additional=True) is None
    assert (found.posts(additional=False), found.fte(additional=False)) == (1, 0.2)


def test_a_role_of_several_returns_is_one_row() -> None:
    network = NetworkFactory()
    NetworkWorkforceFactory(
        network=network,
        roles=[
            ["NWRS", CARE, "Pharmacists", "Pharmacist", 2, 1.5],
            ["NWRS", CARE, "Pharmacists", "Clinical Pharmacist", 1, 0.5],
            ["NWRS contracted services", CARE, "Pharmacists", "Pharmacist", 1, 1.0],
        ],
    )
    found = network_staff(network, JUNE_ENDS)
    assert found
    assert [(role.posts, role.fte) for role in found.roles] == [(4, 3.0)]


@pytest.mark.parametrize(
    ("group", "name", "additional"),
    [
        (CARE, "Paramedics", True),
        ("Other Nurses", "Enhanced Practice Nurses", True),
        ("Other GPs", "Salaried GPs", True),
        (OFFICE, "Digital and Transformation Leads", True),
        (OFFICE, "Receptionists", False),
        ("Directors", "Clinical Director (Nurse)", False),
    ],
)
def test_who_counts_as_additional(group: str, name: str, additional: bool) -> None:
    network = NetworkFactory()
    NetworkWorkforceFactory(network=network, roles=[["", group, name, "", 1, 1.0]])
    found = network_staff(network, JUNE_ENDS)
    assert found
    assert found.posts(additional=additional) == 1
    assert found.posts(additional=not additional) == 0
    assert found.fte(additional=not additional) == 0


def test_the_newest_month_that_had_ended_by_the_day_is_read() -> None:
    network = NetworkFactory()
    for month, posts in ((JUNE, 1), (dt.date(2025, 9, 1), 2)):
        roles = [["", CARE, "Paramedics", "", posts, 1.0]]
        NetworkWorkforceFactory(network=network, month=month, roles=roles)
    assert network_staff(network, dt.date(2025, 6, 29)) is None
    for day, posts in ((JUNE_ENDS, 1), (dt.date(2025, 9, 29), 1), (dt.date(2025, 9, 30), 2)):
        found = network_staff(network, day)
        assert found
        assert found.posts(additional=True) == posts


@pytest.mark.parametrize(
    ("day", "year"),
    [(dt.date(2026, 3, 31), 2025), (dt.date(2026, 4, 1), 2026), (dt.date(2026, 12, 31), 2026)],
)
def test_financial_year_begins_in_april(day: dt.date, year: int) -> None:
    assert financial_year(day) == year
