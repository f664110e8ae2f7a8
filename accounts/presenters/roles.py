"""Roles in words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.access import may
from accounts.actor import Actor
from accounts.models.role_grant import RoleGrant
from accounts.permissions import Permission


@dataclass(frozen=True)
class MyRole:
    """One of my roles, as the page of roles shows it."""

    public_id: str
    name: str
    organisation: str
    description: str
    period: str
    is_active: bool
    links: list[tuple[str, str]]


def my_roles(held: Sequence[RoleGrant], actor: Actor) -> list[MyRole]:
    """Return the roles that are held today, with the active one marked."""
    return [
        MyRole(
            public_id=str(grant.public_id),
            name=grant.definition.name,
            organisation=grant.organisation.name,
            description=_description(grant),
            period=period(grant.starts_on, grant.ends_on),
            is_active=grant == actor.role,
            # Of the active role alone: the pages of another would answer 404 until it is chosen.
            links=_links(grant, actor) if grant == actor.role else [],
        )
        for grant in held
    ]


def _description(grant: RoleGrant) -> str:
    if not grant.holds_contract:
        return grant.definition.description
    return (
        f"{grant.definition.description} As you hold the practice's contract, you decide what it"
        " shares with its network and hub."
    )


def _links(grant: RoleGrant, actor: Actor) -> list[tuple[str, str]]:
    """Return pages of the active role that no menu has."""
    place = grant.organisation
    links = []
    if may(actor, Permission.SET_SHARING, place):
        links.append(("What the practice shares", reverse("practice-sharing", args=[place.code])))
    if may(actor, Permission.INVITE_STAFF, place):
        links.append(("Who has access", reverse("practice-access", args=[place.code])))
    if may(actor, Permission.SEE_AGREEMENTS, place):
        links.append(("Agreements", reverse("agreements", args=[place.slug])))
    if may(actor, Permission.SEE_AUDIT, place):
        links.append(("Audit log", reverse("hub-audit", args=[place.slug])))
    return links


def period(starts_on: dt.date, ends_on: dt.date | None) -> str:
    """Return "since 1 April 2026" or "from 1 April 2026 until 30 June 2026"."""
    if ends_on is None:
        return f"since {day(starts_on)}"
    return f"from {day(starts_on)} until {day(ends_on)}"


def day(date: dt.date) -> str:
    """Return "1 April 2026"."""
    return f"{date.day} {date:%B %Y}"
