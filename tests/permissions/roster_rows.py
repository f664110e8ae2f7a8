"""Who may use a practice's rosters: its manager alone; and everyone their own objection."""

from collections.abc import Mapping

from retention.models.roster_run import RosterState
from tests.factories.rosters import RosterRunFactory
from tests.permissions.rows import Area, Row, everyone, nobody, only

MANAGER = "practice_manager"


def practice(area: Area) -> Mapping[str, object]:
    return {"code": area.practice.code}


def roster(area: Area) -> Mapping[str, object]:
    return {"run": RosterRunFactory(practice=area.practice).public_id}


def unnamed(area: Area) -> Mapping[str, object]:
    return {"run": RosterRunFactory(practice=area.practice, state=RosterState.COLUMNS).public_id}


def roster_id(area: Area) -> Mapping[str, object]:
    return {"run_id": roster(area)["run"]}


def managers(name: str, method: str = "get", *, status: int = 200, **kwargs: object) -> Row:
    return Row(
        name, method, own=only(MANAGER, status=status), neighbour=nobody(), other=nobody(),
        **kwargs,  # type: ignore[arg-type]  # as Row takes them
    )  # fmt: skip


PAGES = [
    managers("rosters", kwargs=practice),
    # Without a file the form comes back and says so.
    managers("rosters", "post", kwargs=practice),
    managers("roster-unchanged", "post", kwargs=practice, status=302),
    managers("roster-csv", kwargs=practice),
    managers("roster-xlsx", kwargs=practice),
    managers("roster", kwargs=roster),
    managers("roster-columns", kwargs=unnamed),
    managers("roster-columns", "post", kwargs=unnamed),
    managers("roster-rejected", kwargs=roster),
    managers("roster-who", "post", kwargs=roster, status=302),
    managers("roster-confirm", "post", kwargs=roster, status=302),
    managers("roster-notice", "post", kwargs=roster),
    managers("roster-undo", "post", kwargs=roster, status=302),
    managers("roster-retry", "post", kwargs=roster, status=302),
    managers("roster-remove", "post", kwargs=roster, status=302),
    Row("objection", own=everyone()),
    Row("objection", "post", own=everyone(302)),
]
API = [
    # The missing file is told before the practice is looked for; only managers come that far.
    Row(
        "api-v1:upload_roster", "post", kwargs=practice, own=only(MANAGER, status=422),
        other=only(MANAGER, status=422),
    ),
    managers("api-v1:read_roster_run", kwargs=roster_id),
    managers(
        "api-v1:name_roster_columns", "post", kwargs=roster_id, data=lambda area: {"columns": {}},
        status=422,
    ),
    managers(
        "api-v1:load_roster_run", "post", kwargs=roster_id, data=lambda area: {"reason": None},
        status=202,
    ),
    managers(
        "api-v1:answer_roster_who", "post", kwargs=roster_id, data=lambda area: {"answers": []},
        status=202,
    ),
    managers(
        "api-v1:name_roster_notice", "post", kwargs=roster_id,
        data=lambda area: {"agreement_hub": "none", "told_on": "2026-04-01"}, status=422,
    ),
    managers("api-v1:read_rejected_rows", kwargs=roster_id),
    managers("api-v1:undo_roster_run", "post", kwargs=roster_id, status=422),
    managers("api-v1:retry_roster_run", "post", kwargs=roster_id, status=202),
    managers("api-v1:delete_roster_run", "delete", kwargs=roster_id, status=204),
    managers("api-v1:say_unchanged", "post", kwargs=practice),
    Row("api-v1:read_objection", own=everyone()),
    Row("api-v1:make_objection", "put", own=everyone()),
    Row("api-v1:delete_objection", "delete", own=everyone()),
]  # fmt: skip
ROWS = [*PAGES, *API]
