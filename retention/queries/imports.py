"""A hub's uploads."""

from django.db.models import QuerySet

from organisations.models.organisation import Organisation
from retention.models.import_run import ImportRun

SHOWN = 20


def uploads() -> QuerySet[ImportRun]:
    """Return every upload with its hub, to fetch one from."""
    return ImportRun.objects.select_related("hub").defer("content")


def runs_of(hub: Organisation) -> QuerySet[ImportRun]:
    """Return the newest uploads of a hub, without the files themselves."""
    return uploads().filter(hub=hub)[:SHOWN]
