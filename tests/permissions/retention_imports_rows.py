"""Who may load published files: the hub's retention lead and its administrator."""

from collections.abc import Mapping

from retention.models.import_run import ImportRun, ImportState
from tests.permissions.rows import Area, Row, nobody, only

STAFF = ("hub_retention_lead", "hub_administrator")


def checked_file(area: Area) -> Mapping[str, object]:
    run = ImportRun.objects.create(
        hub=area.hub, file_name="map.csv", content=b"x", state=ImportState.READY
    )
    return {"run": run.public_id}


ROWS = [
    Row("imports", own=only(*STAFF)),
    # Without a file the form comes back and says so.
    Row("imports", "post", own=only(*STAFF)),
    Row("import-run", kwargs=checked_file, own=only(*STAFF), other=nobody()),
    *(
        Row(name, "post", kwargs=checked_file, own=only(*STAFF, status=302), other=nobody())
        for name in ("import-confirm", "import-retry", "import-drop")
    ),
]
