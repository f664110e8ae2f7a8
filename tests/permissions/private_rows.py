"""Who may read private outlooks: whoever works in the network, its lead and the area's hub."""

from collections.abc import Mapping

from organisations.queries.agreements import KEEPING_POSTS
from retention.actions.private_outlooks import make_private_outlooks
from retention.models import PrivateSnapshot
from tests.factories.organisations import LONG_AGO, AgreementFactory
from tests.factories.private_outlooks import practice_with
from tests.permissions.rows import Area, Row, nobody, only

NETWORK = ("clinician", "contract_holder", "practice_manager", "network_lead")
HUB = ("hub_retention_lead", "hub_administrator", "board_viewer")


def network(area: Area) -> Mapping[str, object]:
    return {"code": area.network.code}


def hub(area: Area) -> Mapping[str, object]:
    return {"code": area.hub.code}


def chart(area: Area) -> Mapping[str, object]:
    """A network whose cell is let out, in the first area that is asked about.

    The other pages answer without; in test_non_interference they have these figures too.
    """
    if not PrivateSnapshot.objects.exists():
        places = {"network": area.network, "hub": area.hub, "sub_icb": area.sub_icb}
        AgreementFactory(hub=area.hub, purpose=KEEPING_POSTS, notice_given_on=LONG_AGO)
        for _ in range(3):
            practice_with(places, 4)
        make_private_outlooks()
    return {**network(area), "group": "gp", "size": "wide"}


PAGES = (
    "place-private",
    "place-private-board",
    "place-private-csv",
    "place-private-xlsx",
    "api-v1:get_private_outlook",
)
ROWS = [
    *(Row(n, kwargs=network, own=only(*NETWORK, *HUB), other=nobody()) for n in PAGES),
    *(Row(n, case="hub", kwargs=hub, own=only(*HUB), other=nobody()) for n in PAGES),
    Row("place-private-chart", kwargs=chart, own=only(*NETWORK, *HUB), other=nobody()),
]
