"""A network's additional roles in words: who is there, and how much of the entitlement is used."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts import roles
from retention.models.entitlement import NetworkEntitlement
from retention.presenters.age_profile import fte as fte_words
from retention.presenters.outlook import NOT_KNOWN, Table, number, percent, plural
from retention.presenters.place_history import day
from retention.queries.network_staff import NetworkStaff, StaffRole

NO_FILE = "The published file of network staff is not loaded for this network."
WHAT_COUNTS = (
    "The file does not say how a post is paid for. Counted as additional roles is everyone but "
    "directors and office staff; digital and transformation leads are counted. A person can hold "
    "several posts."
)


@dataclass(frozen=True)
class StaffSection:
    """What a network's page tells of its own staff.

    `used` are sentences on the entitlement, empty for who may not see it.
    """

    said: str
    roles: Table | None
    caption: str
    used: list[str]


def staff_section(
    staff: NetworkStaff | None,
    entered: NetworkEntitlement | None,
    *,
    year: int,
    may_see: bool,
) -> StaffSection:
    """Return the section; year: the financial year that `entered` is of, if anything was."""
    return StaffSection(
        said=_said(staff) if staff else NO_FILE,
        roles=_table(staff) if staff else None,
        caption=f"Staff of the network by role in {staff.month:%B %Y}" if staff else "",
        used=_used(staff, entered, year) if may_see else [],
    )


def _said(staff: NetworkStaff) -> str:
    posts = staff.posts(additional=True)
    hours = staff.fte(additional=True)
    known = "the FTE of some is not known" if hours is None else f"{fte_words(hours)} FTE"
    there = f"In {staff.month:%B %Y} the network had {plural(posts, 'post')} in additional roles"
    return f"{there}: {known}."


def _table(staff: NetworkStaff) -> Table:
    additional = [role for role in staff.roles if role.is_additional]
    others = [role for role in staff.roles if not role.is_additional]
    rows = [*_rows(additional), _total("Additional roles, all", staff, additional=True)]
    if others:
        # Apart: directors and office staff are no additional roles.
        rows += [*_rows(others), _total("Directors and office, all", staff, additional=False)]
    return Table(["Role", "Posts", "FTE"], rows)


def _rows(found: Sequence[StaffRole]) -> list[list[str]]:
    return [[role.name, number(role.posts), _hours(role.fte)] for role in found]


def _total(label: str, staff: NetworkStaff, *, additional: bool) -> list[str]:
    posts, hours = staff.posts(additional=additional), staff.fte(additional=additional)
    return [label, number(posts), _hours(hours)]


def _hours(value: float | None) -> str:
    return NOT_KNOWN if value is None else fte_words(value)


def _used(staff: NetworkStaff | None, entered: NetworkEntitlement | None, year: int) -> list[str]:
    if entered is None:
        return [f"Nobody has entered the entitlement for {year_words(year)} yet."]
    return [
        *([_pounds(entered.pounds, entered.committed, year)] if entered.pounds is not None else []),
        *([_fte(float(entered.fte), staff, year)] if entered.fte is not None else []),
        f"Entered on {day(entered.entered_on)} {by_words(entered.entered_role)}; no publisher "
        "prints it.",
    ]


def _pounds(pounds: Decimal, committed: Decimal | None, year: int) -> str:
    said = f"Entitlement for {year_words(year)}: {money(pounds)}."
    if committed is None:
        return f"{said} How much of it is committed was not entered."
    # There is no share of nothing.
    if not pounds:
        return f"{said} {money(committed)} is committed."
    return f"{said} {money(committed)} of it is committed: {percent(float(committed / pounds))}."


def _fte(entitled: float, staff: NetworkStaff | None, year: int) -> str:
    said = f"Entitlement for {year_words(year)}: {fte_words(entitled)} FTE."
    in_post = staff.fte(additional=True) if staff else None
    if staff is None or in_post is None:
        return f"{said} How many of them are in post is not known."
    there = f"{fte_words(in_post)} FTE were in post in {staff.month:%B %Y}"
    return f"{said} {there}: {percent(in_post / entitled)}." if entitled else f"{said} {there}."


def money(pounds: Decimal) -> str:
    """Return pounds, with pence only where there are any."""
    return f"£{pounds:,.0f}" if pounds == pounds.to_integral_value() else f"£{pounds:,.2f}"


def by_words(role: str) -> str:
    """Return in which role something was entered; the audit log knows who it was."""
    held = roles.BY_KEY.get(role)
    return f"by a {held.name.lower()}" if held else "by the service"


def year_words(year: int) -> str:
    """Return a financial year: April 2026 to March 2027."""
    return f"{dt.date(year, 4, 1):%B %Y} to {dt.date(year + 1, 3, 1):%B %Y}"
