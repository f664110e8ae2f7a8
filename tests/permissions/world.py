"""Two areas with people in every role: one's own, and one that has nothing to do with it."""

from accounts.models import User
from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.permissions.rows import WHO, Area

# Where each role is held.
_HOME = {
    "clinician": "practice",
    "contract_holder": "practice",
    "practice_manager": "practice",
    "network_lead": "network",
    "hub_retention_lead": "hub",
    "hub_administrator": "hub",
    "board_viewer": "hub",
}


def build_world() -> dict[str, Area]:
    """Make the areas "own", "neighbour" (the practice next door) and "other"."""
    own = area_of_one_practice()
    return {
        "own": _area(own),
        "neighbour": _area({**own, "practice": add_practice(own)}),
        "other": _area(area_of_one_practice()),
    }


def _area(places: dict[str, Organisation]) -> Area:
    kept = {kind: place for kind, place in places.items() if kind != "country"}
    return Area(**kept, users={who: _user(who, places) for who in WHO})


def _user(who: str, places: dict[str, Organisation]) -> User:
    user = UserFactory()
    if who in _HOME:
        RoleGrantFactory(
            user=user,
            role="clinician" if who == "contract_holder" else who,
            organisation=places[_HOME[who]],
            holds_contract=who == "contract_holder",
        )
    return user
