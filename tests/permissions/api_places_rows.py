"""Who may use the API of places and of published files: as their pages."""

from collections.abc import Mapping
from typing import Any

from organisations.clock import today
from retention.models.import_run import ImportRun, ImportState
from retention.queries.network_staff import financial_year
from tests.permissions.api_row import ADMINISTRATOR, CLINICIAN, LEAD, MANAGER, api, place
from tests.permissions.rows import Area, Expected, Row, everyone, nobody, only

NETWORK = (CLINICIAN, "contract_holder", MANAGER, "network_lead")
HUB = (LEAD, ADMINISTRATOR, "board_viewer")


def checked_file(area: Area) -> Mapping[str, object]:
    run = ImportRun.objects.create(
        hub=area.hub, file_name="map.csv", content=b"x", state=ImportState.READY
    )
    return {"file_id": run.public_id}


def network(name: str, own: Expected, method: str = "get", **kwargs: Any) -> Row:
    """Return a row of an operation on the network."""
    build = {"kwargs": lambda area: {"code": area.network.code}, **kwargs}
    return api(name, method, own=own, other=nobody(), **build)


ROWS = [
    # Places: open data for everyone; outlooks as far as they reach.
    api("list_places", own=everyone()),
    place("get_place", everyone(), other=everyone()),
    place("list_places_within", everyone(), other=everyone()),
    place("get_profile", everyone(), other=everyone()),
    place("list_quality", everyone(), other=everyone()),
    place("get_population", everyone(), other=everyone()),
    # The staff are open data; the entitlement in the answer is for who may see the outlook.
    api(
        "get_network_staff",
        kwargs=lambda area: {"code": area.network.code},
        own=everyone(),
        other=everyone(),
    ),
    place(
        "get_outlook",
        only(MANAGER, LEAD),
        neighbour=only(LEAD),
        other=nobody(),
    ),
    place("get_staff_outlooks", only(MANAGER, LEAD), neighbour=only(LEAD), other=nobody()),
    place("get_outlook_changes", only(MANAGER, LEAD), neighbour=only(LEAD), other=nobody()),
    place("get_similar_places", everyone(), other=everyone()),
    place("get_years_ahead", only(MANAGER, LEAD), neighbour=only(LEAD), other=nobody()),
    network("list_entitlements", only(*NETWORK, *HUB)),
    network(
        "put_entitlement",
        only("network_lead", LEAD),
        method="put",
        kwargs=lambda area: {"code": area.network.code, "year": financial_year(today())},
        data=lambda area: {"version": 0, "pounds": "420000"},
    ),
    # Practices share with their network: a hub is another recipient.
    network("get_network_cover", only(*NETWORK)),
    api("get_method", own=everyone()),
    api("list_evaluations", own=everyone()),
    api("list_files", own=only(LEAD, ADMINISTRATOR)),
    api(
        "retry_file",
        "post",
        kwargs=checked_file,
        own=only(LEAD, ADMINISTRATOR, status=202),
        other=nobody(),
    ),
    api(
        "delete_file",
        "delete",
        kwargs=checked_file,
        own=only(LEAD, ADMINISTRATOR, status=204),
        other=nobody(),
    ),
    # Without a file it is 422: but only for those who may send one.
    api("load_file", "post", own=only(LEAD, ADMINISTRATOR, status=422)),
    api("get_file", kwargs=checked_file, own=only(LEAD, ADMINISTRATOR), other=nobody()),
    api(
        "load_checked_file",
        "post",
        kwargs=checked_file,
        own=only(LEAD, ADMINISTRATOR, status=202),
        other=nobody(),
    ),
]
