"""A hub's uploads."""

from django.db.models import QuerySet

from organisations.models.organisation import Organisation
from retention.models.import_run import ImportRun

SHOWN = 20


def runs_of(hub: Organisation) -> QuerySet[ImportRun]:
    """Return the newest uploads of a hub, without the files themselves."""
    return ImportRun.objects.filter(hub=hub).defer("content")[:SHOWN]
