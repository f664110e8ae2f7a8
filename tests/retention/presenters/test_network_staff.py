import datetime as dt
from decimal import Decimal

import pytest

from retention.models import NetworkEntitlement
from retention.presenters.network_staff import (
    NO_FILE,
    StaffSection,
    by_words,
    money,
    staff_section,
    year_words,
)
from retention.queries.network_staff import NetworkStaff, StaffRole

STAFF = NetworkStaff(
    dt.date(2026, 6, 1),
    (
        StaffRole("Care", "Pharmacists", 4, 3.25, True),
        StaffRole("Care", "Paramedics", 1, 1.0, True),
        StaffRole("Directors", "Director", 1, 0.2, False),
    ),
)
YEAR = "April 2026 to March 2027"


def entered(**values: Decimal | int | None) -> NetworkEntitlement:
    given = {"pounds": None, "committed": None, "fte": None} | values
    return NetworkEntitlement(
        year=2026, entered_on=dt.date(2026, 5, 3), entered_role="network_lead", **given
    )


def section(
    staff: NetworkStaff | None = STAFF,
    found: NetworkEntitlement | None = None,
    *,
    may_see: bool = True,
) -> StaffSection:
    return staff_section(staff, found, year=2026, may_see=may_see)


def test_roles_add_up_apart_from_directors_and_office() -> None:
    found = section()
    assert found.said == "In June 2026 the network had 5 posts in additional roles: 4.2 FTE."
    assert found.roles
    assert found.roles.rows == [
        ["Pharmacists", "4", "3.2"],
        ["Paramedics", "1", "1.0"],
        ["Additional roles, all", "5", "4.2"],
        ["Director", "1", "0.2"],
        ["Directors and office, all", "1", "0.2"],
    ]
    assert found.caption == "Staff of the network by role in June 2026"


def test_hours_that_are_not_known_are_said() -> None:
    staff = NetworkStaff(STAFF.month, (StaffRole("Care", "Paramedics", 1, None, True),))
    found = section(staff, entered(fte=Decimal(9)))
    assert found.said.endswith("1 post in additional roles: the FTE of some is not known.")
    assert found.roles
    assert found.roles.rows == [
        ["Paramedics", "1", "Not known"],
        ["Additional roles, all", "1", "Not known"],
    ]
    assert found.used[0].endswith("How many of them are in post is not known.")


def test_no_file_is_said_and_the_entitlement_stands() -> None:
    found = section(None, entered(fte=Decimal(9)))
    assert found.said == NO_FILE
    assert found.roles is None
    assert found.used[0] == (
        f"Entitlement for {YEAR}: 9.0 FTE. How many of them are in post is not known."
    )


def test_share_used_of_pounds_and_of_fte() -> None:
    values = {"pounds": Decimal(420_000), "committed": Decimal(315_000), "fte": Decimal("8.5")}
    assert section(found=entered(**values)).used == [
        f"Entitlement for {YEAR}: £420,000. £315,000 of it is committed: 75%.",
        f"Entitlement for {YEAR}: 8.5 FTE. 4.2 FTE were in post in June 2026: 50%.",
        "Entered on 3 May 2026 by a network lead; no publisher prints it.",
    ]


def test_more_than_all_of_it_is_told_as_it_is() -> None:
    found = section(found=entered(pounds=Decimal(100), committed=Decimal(150)))
    assert found.used[0].endswith("£150 of it is committed: 150%.")


def test_nothing_is_divided_by_nothing() -> None:
    used = section(found=entered(pounds=Decimal(0), committed=Decimal(5), fte=Decimal(0))).used
    assert used[0] == f"Entitlement for {YEAR}: £0. £5 is committed."
    assert used[1].endswith("0.0 FTE. 4.2 FTE were in post in June 2026.")


def test_what_was_not_entered_is_not_invented() -> None:
    assert section().used == [f"Nobody has entered the entitlement for {YEAR} yet."]
    used = section(found=entered(pounds=Decimal(420_000))).used
    assert used[0].endswith("How much of it is committed was not entered.")
    assert len(used) == 2


def test_who_may_not_see_it_cannot_tell_whether_it_was_entered() -> None:
    assert section(found=entered(pounds=Decimal(1)), may_see=False) == section(may_see=False)
    assert section(may_see=False).used == []


@pytest.mark.parametrize(
    ("pounds", "said"), [("420000", "£420,000"), ("0.5", "£0.50"), ("1234.56", "£1,234.56")]
)
def test_money(pounds: str, said: str) -> None:
    assert money(Decimal(pounds)) == said


def test_words() -> None:
    assert year_words(2026) == YEAR
    assert by_words("hub_retention_lead") == "by a hub retention lead"
    assert by_words("") == "by the service"
