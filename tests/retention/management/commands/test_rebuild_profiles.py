"""The rebuild_profiles command gives a hub that came later its figures."""

import io

import pytest
from django.core.management import call_command

from accounts.actor import Actor
from organisations.models import Organisation
from organisations.models.link import LinkKind
from retention.actions.import_files import import_file
from retention.models import PublishedProfile
from tests.factories.organisations import HubFactory, LinkFactory
from tests.retention.imports.published_files import csv_bytes, map_rows
from tests.retention.imports.workforce import workforce_row


@pytest.mark.django_db
def test_a_hub_made_after_the_files_has_figures() -> None:
    by = Actor.command("test")
    for rows in (map_rows({}), [workforce_row("Z90001", {"60to64": 2}, fte=1.5)]):
        import_file(by=by, source=csv_bytes(rows), name="file.csv")
    hub = HubFactory()
    LinkFactory(kind=LinkKind.ICB_HUB, child=Organisation.objects.get(code="QZZ"), parent=hub)
    assert not PublishedProfile.objects.filter(organisation=hub).exists()
    out = io.StringIO()
    call_command("rebuild_profiles", stdout=out)
    assert out.getvalue().strip() == "Months added up again: 1."
    assert PublishedProfile.objects.get(organisation=hub, staff_group="gp").people == 2
