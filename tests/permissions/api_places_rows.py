"""Who may use the API of places and of published files: as their pages."""

from collections.abc import Mapping

from retention.models.import_run import ImportRun, ImportState
from tests.permissions.api_row import ADMINISTRATOR, LEAD, MANAGER, api, place
from tests.permissions.rows import Area, everyone, nobody, only


def checked_file(area: Area) -> Mapping[str, object]:
    run = ImportRun.objects.create(
        hub=area.hub, file_name="map.csv", content=b"x", state=ImportState.READY
    )
    return {"file_id": run.public_id}


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
