"""How a row of the permission matrix is written.

Each part of the service lists its rows in tests/permissions/<part>_rows.py as `ROWS: list[Row]`,
one for every URL name and method that answers; test_matrix.py runs them and fails where one is
missing.

    ROWS = [
        # A page of one practice: its manager's, not the manager's of the practice next door.
        Row("practice-people", kwargs=lambda area: {"code": area.practice.code},
            own=only("practice_manager"), neighbour=nobody(), other=nobody()),
        # Open data: the same for everyone signed in, wherever it is.
        Row("network", kwargs=lambda area: {"code": area.network.code},
            own=everyone(), other=everyone()),
        # No place in the address: `other` is left out.
        Row("me", own=everyone()),
        # A write; `data` is what the form sends. Success redirects.
        Row("pair-answer", "post", kwargs=lambda area: {"pair": PairFactory(...).public_id},
            data=lambda area: {"answer": "accept"}, own=only("clinician", status=302),
            neighbour=nobody(), other=nobody()),
        # An API operation: the name in the API's namespace; `data` is sent as JSON.
        Row("api-v1:list_schemes", own=everyone()),
    ]

Who asks: the columns of WHO, every role being held in the *own* area: clinicians and the manager in
`own.practice`, the network lead in `own.network`, the others in `own.hub`; "contract_holder" is a
clinician who holds the practice's contract; "no_role" is signed in without one.

What is asked for: `kwargs` and `data` are called with three areas, and may make records in them
(`area.users["clinician"]` is somebody's user in that area):
  own        the area of those who ask,
  neighbour  another practice of the same network, ICB and hub,
  other      a practice, network, ICB and hub that have nothing to do with them.

What is expected: a mapping of who to status; who is not named gets 404. `neighbour` left out means
"as own" (right only where the address does not name a practice or what belongs to one); `other`
left out means that the address names no place. Signed out is 302 to the sign-in page, or 401 for
the API, unless `signed_out` says otherwise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from accounts.models import User
from organisations.models import Organisation

WHO = (
    "clinician",
    "contract_holder",
    "practice_manager",
    "network_lead",
    "hub_retention_lead",
    "hub_administrator",
    "board_viewer",
    "no_role",
)
Expected = Mapping[str, int]


@dataclass(frozen=True)
class Area:
    """A practice with all above it, and in it one user for each of WHO."""

    practice: Organisation
    network: Organisation
    sub_icb: Organisation
    icb: Organisation
    region: Organisation
    hub: Organisation
    users: Mapping[str, User] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One address and method, and who gets which status for it."""

    name: str
    method: str = "get"
    # Tells rows of one address and method apart, as "their own role".
    case: str = ""
    kwargs: Callable[[Area], Mapping[str, object]] = lambda area: {}
    data: Callable[[Area], Mapping[str, object]] = lambda area: {}
    own: Expected = field(default_factory=dict)
    neighbour: Expected | None = None
    other: Expected | None = None
    signed_out: int | None = None

    @property
    def is_api(self) -> bool:
        """Whether it is an operation of the API."""
        return self.name.startswith("api-v1:")

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.case}".strip()


def everyone(status: int = 200) -> Expected:
    """Everyone signed in gets `status`."""
    return dict.fromkeys(WHO, status)


def only(*who: str, status: int = 200) -> Expected:
    """The named get `status`, all others 404."""
    unknown = set(who) - set(WHO)
    if unknown:
        raise ValueError(f"Not in WHO: {sorted(unknown)}")
    return dict.fromkeys(who, status)


def nobody() -> Expected:
    """All get 404."""
    return {}
