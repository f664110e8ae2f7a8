"""The accounts that a visitor of the demo signs in with."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from accounts import roles
from accounts.roles import Role
from hubs.demo.places import Places
from hubs.demo.staff import Colleague
from retention.models.post import PostRole

PASSWORD = "demo-retention-hub-2026"  # noqa: S105  (printed by load_demo; production refuses it)
# Reserved for examples (RFC 2606): no mail can ever reach anyone.
DOMAIN = "demo.example"
# The practice of the senior GP, its contract holder and its manager, in the flagged network.
HOME = 0
# An age at which the own outlook has most to show; nothing in the service asks for it.
SENIOR_TO = 64
# Next to the first network, so that the two can meet in person.
MENTEE_NETWORK = 1


@dataclass(frozen=True)
class DemoAccount:
    """One account: `key` names it in code and tests, `label` on the screen."""

    key: str
    label: str
    role: Role
    holds_contract: bool = False
    # A name for those who are no colleague in a practice.
    name: str = ""

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key.replace('_', '.')}@{DOMAIN}"


ACCOUNTS = (
    DemoAccount("senior_gp", "Clinician: a senior GP", roles.CLINICIAN),
    DemoAccount("mentee", "Clinician: a new GP, to be a mentee", roles.CLINICIAN),
    DemoAccount(
        "partner",
        "Clinician: a partner who holds the contract, with a second post",
        roles.CLINICIAN,
        holds_contract=True,
    ),
    DemoAccount(
        "practice_manager", "Practice manager", roles.PRACTICE_MANAGER, name="Marigold Penhallock"
    ),
    DemoAccount("network_lead", "Network lead", roles.NETWORK_LEAD, name="Lowell Ashquill"),
    DemoAccount(
        "retention_lead", "Hub retention lead", roles.HUB_RETENTION_LEAD, name="Rosalind Fernwick"
    ),
    DemoAccount(
        "administrator", "Hub administrator", roles.HUB_ADMINISTRATOR, name="Ambrose Tidewell"
    ),
    DemoAccount("board_viewer", "Board viewer", roles.BOARD_VIEWER, name="Beryl Oakenshaw"),
)
BY_KEY = {account.key: account for account in ACCOUNTS}


def clinicians(staff: Sequence[Colleague], places: Places, today: dt.date) -> dict[str, Colleague]:
    """Choose the colleagues that the clinicians' accounts belong to, by the accounts' keys."""
    partners = [one for one in staff if one.practice == HOME and one.role == PostRole.PARTNER]
    senior = max(
        (one for one in partners if one.age_is_known and one.age_on(today) <= SENIOR_TO),
        key=lambda one: one.age_on(today),
    )
    others = [one for one in partners if one is not senior]
    new = [
        one
        for one in staff
        if one.role == PostRole.SALARIED and places.network_of[one.practice] == MENTEE_NETWORK
    ]
    return {
        # Chosen, not made: the demo's people keep the ages that were published for England.
        "senior_gp": senior,
        "mentee": max(new, key=lambda one: (one.qualified_year or 0, one.key)),
        "partner": min(others, key=lambda one: one.starts_on),
    }
