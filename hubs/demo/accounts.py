"""The accounts that a visitor of the demo signs in with."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts import roles
from accounts.roles import Role
from hubs.demo.staff import Colleague
from retention.models.post import PostRole

PASSWORD = "demo-retention-hub-2026"  # noqa: S105  (printed by load_demo; production refuses it)
# Reserved for examples (RFC 2606): no mail can ever reach anyone.
DOMAIN = "demo.example"
# The practice of the senior GP, its contract holder and its manager, in the flagged network.
HOME = 0


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
    DemoAccount("partner", "Clinician: a partner who holds the contract", roles.CLINICIAN, True),
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


def clinicians(staff: Sequence[Colleague]) -> dict[str, Colleague]:
    """Choose the colleagues that the clinicians' accounts belong to, by the accounts' keys."""
    home = [one for one in staff if one.practice == HOME and one.role == PostRole.PARTNER]
    # A contract is held a long time; a senior GP is near the end of a career.
    by_age = sorted(home, key=lambda one: one.born, reverse=True)
    new = [
        one
        for one in staff
        if one.role == PostRole.SALARIED and one.practice != HOME and one.age_is_known
    ]
    return {
        "senior_gp": next(one for one in reversed(by_age) if one.qualified_year),
        "partner": by_age[len(by_age) // 2],
        "mentee": max(new, key=lambda one: (one.qualified_year or 0, -one.practice)),
    }
