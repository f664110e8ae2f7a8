"""The roles, so that a person can read them. Changing one is a change of code, reviewed as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from accounts.permissions import Permission, Reach
from organisations.models.organisation import Kind

# Everyone signed in, role or not; the first is open data, the others are one's own things.
EVERYONE = frozenset({Permission.SEE_PUBLISHED, Permission.SEE_OPEN_SCHEMES})
OWN = frozenset({Permission.OWN_RECORD, Permission.OWN_MENTORING})


@dataclass(frozen=True)
class Role:
    """A role held in an organisation of one of `kinds`, with the reach of each permission."""

    key: str
    name: str
    description: str
    kinds: frozenset[Kind]
    permissions: Mapping[Permission, Reach]


def _role(
    key: str, name: str, description: str, kinds: set[Kind], permissions: dict[Permission, Reach]
) -> Role:
    return Role(key, name, description, frozenset(kinds), MappingProxyType(permissions))


CLINICIAN = _role(
    "clinician",
    "Clinician",
    "Keeps their own session pattern and plan, sees their own outlook, and can offer or ask for"
    " mentoring. Sees the outlook of their own network. Sees nobody else's record.",
    {Kind.PRACTICE, Kind.NETWORK, Kind.TRAINING_HUB},
    {
        Permission.SEE_PLACE_OUTLOOK: Reach.OWN_NETWORK,
        Permission.SEE_PRIVATE_OUTLOOK: Reach.OWN_NETWORK,
        # Reaches nothing unless the holder signs the practice's contract; a manager never has it.
        Permission.SET_SHARING: Reach.CONTRACT,
    },
)
PRACTICE_MANAGER = _role(
    "practice_manager",
    "Practice manager",
    "Keeps the posts of one practice, sees the patterns that its people have told it, and invites"
    " its staff. Sees the practice's and its network's outlook. Never sees a plan, a draft or a"
    " person's outlook.",
    {Kind.PRACTICE},
    {
        Permission.SEE_POSTS: Reach.OWN_PLACE,
        Permission.EDIT_POSTS: Reach.OWN_PLACE,
        Permission.INVITE_STAFF: Reach.OWN_PLACE,
        Permission.SEE_PRACTICE_OUTLOOK: Reach.OWN_PLACE,
        Permission.SEE_PLACE_OUTLOOK: Reach.OWN_NETWORK,
        Permission.SEE_PRIVATE_OUTLOOK: Reach.OWN_NETWORK,
    },
)
NETWORK_LEAD = _role(
    "network_lead",
    "Network lead",
    "Sees the outlook of one network, and of those of its practices that share theirs. Enters the"
    " network's entitlement to additional roles. Sees counts of mentors and mentees, never names.",
    {Kind.NETWORK},
    {
        Permission.EDIT_ENTITLEMENT: Reach.OWN_PLACE,
        Permission.SEE_PRACTICE_OUTLOOK: Reach.SHARED,
        Permission.SEE_PLACE_OUTLOOK: Reach.OWN_NETWORK,
        Permission.SEE_PRIVATE_OUTLOOK: Reach.OWN_NETWORK,
        # Counts are made for whole places; the practices inside one have none.
        Permission.SEE_MENTORING_COUNTS: Reach.OWN_PLACE,
    },
)
HUB_RETENTION_LEAD = _role(
    "hub_retention_lead",
    "Hub retention lead",
    "Sees the outlook of every place in the hub's area, drafts schemes, and pairs mentors with"
    " mentees who joined the hub. Sees when practices that share their record last confirmed it."
    " Can enter a network's entitlement to additional roles."
    " Invites whole networks to confidential conversations, and sees who asked for one. Sees no"
    " plan that was not shared with the hub.",
    {Kind.TRAINING_HUB},
    {
        Permission.SEE_PRACTICE_OUTLOOK: Reach.AREA,
        Permission.SEE_PLACE_OUTLOOK: Reach.AREA,
        Permission.SEE_PRIVATE_OUTLOOK: Reach.AREA,
        Permission.EDIT_ENTITLEMENT: Reach.AREA,
        Permission.SEE_SHARED_PLANS: Reach.OWN_PLACE,
        Permission.SEE_RECORD_AGE: Reach.OWN_PLACE,
        Permission.IMPORT_PUBLISHED: Reach.OWN_PLACE,
        Permission.SEE_SCHEME: Reach.OWN_PLACE,
        Permission.EDIT_SCHEME: Reach.OWN_PLACE,
        Permission.SEE_MENTORING: Reach.OWN_PLACE,
        Permission.EDIT_PAIRINGS: Reach.OWN_PLACE,
        Permission.SEE_MENTORING_COUNTS: Reach.AREA,
        Permission.SEE_CONVERSATIONS: Reach.OWN_PLACE,
        Permission.INVITE_TO_CONVERSATION: Reach.AREA,
        Permission.SEE_AGREEMENTS: Reach.OWN_PLACE,
    },
)
HUB_ADMINISTRATOR = _role(
    "hub_administrator",
    "Hub administrator",
    "Invites people, recognises clinicians, grants and ends roles (never their own), opens and"
    " closes schemes, and reads the audit log without plans and drafts. Sees the outlook of the"
    " area's networks, not of single practices.",
    {Kind.TRAINING_HUB},
    {
        Permission.SEE_PLACE_OUTLOOK: Reach.AREA,
        Permission.SEE_PRIVATE_OUTLOOK: Reach.AREA,
        Permission.IMPORT_PUBLISHED: Reach.OWN_PLACE,
        Permission.SEE_SCHEME: Reach.OWN_PLACE,
        # And not to edit one: whoever opens a scheme must not have written it.
        Permission.OPEN_SCHEME: Reach.OWN_PLACE,
        Permission.DECIDE_RECOGNITION: Reach.OWN_PLACE,
        Permission.EDIT_ROLES: Reach.AREA,
        Permission.SEE_AGREEMENTS: Reach.OWN_PLACE,
        Permission.EDIT_AGREEMENTS: Reach.OWN_PLACE,
        Permission.SEE_AUDIT: Reach.OWN_PLACE,
    },
)
BOARD_VIEWER = _role(
    "board_viewer",
    "Board viewer",
    "Reads the outlook of the area's networks and ICBs, and counts of mentors and mentees. Sees no"
    " names and no single practice's outlook.",
    {Kind.TRAINING_HUB},
    {
        Permission.SEE_PLACE_OUTLOOK: Reach.AREA,
        Permission.SEE_PRIVATE_OUTLOOK: Reach.AREA,
        Permission.SEE_MENTORING_COUNTS: Reach.AREA,
    },
)

ALL = (
    CLINICIAN,
    PRACTICE_MANAGER,
    NETWORK_LEAD,
    HUB_RETENTION_LEAD,
    HUB_ADMINISTRATOR,
    BOARD_VIEWER,
)
BY_KEY: Mapping[str, Role] = MappingProxyType({role.key: role for role in ALL})
