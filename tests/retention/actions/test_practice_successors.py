"""Mergers go in once, between practices that are known, and by a hub for its own area only."""

import datetime as dt

import pytest

from accounts.actor import Actor
from organisations.models import Link, Organisation
from organisations.models.link import LinkKind
from organisations.queries.history import successor_of
from retention.actions.import_files import import_file
from retention.actions.import_report import FileReport
from tests.factories.organisations import HubFactory, PracticeFactory, area_of_one_practice
from tests.retention.imports.published_files import csv_bytes

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 7, 1)


def load(
    practice: Organisation,
    successor: Organisation | str,
    on: str = "2025-04-01",
    hub: Organisation | None = None,
) -> FileReport:
    code = successor if isinstance(successor, str) else successor.code
    row = {"PRACTICE_CODE": practice.code, "SUCCESSOR_CODE": code, "MERGED_ON": on}
    (report,) = import_file(
        by=Actor.command("test"), source=csv_bytes([row]), name="m.csv", hub=hub
    )
    return report


def test_a_merger_is_stored_once_and_can_be_corrected() -> None:
    old, new, other = (PracticeFactory() for _ in range(3))
    assert load(old, new).created == 1
    assert successor_of(old, TODAY) == new
    assert load(old, new).unchanged == 1
    assert load(old, other, "2025-05-01").changed == 1
    link = Link.objects.get(kind=LinkKind.SUCCEEDED_BY)
    assert (link.parent, link.starts_on) == (other, dt.date(2025, 5, 1))


def test_a_practice_that_is_not_in_the_record_is_named() -> None:
    report = load(PracticeFactory(), "Z99999")
    assert "practice Z99999 is not in the record" in report.rejected[0].reason
    assert not Link.objects.exists()


@pytest.mark.parametrize("together", [True, False])
def test_mergers_never_run_in_a_circle(together: bool) -> None:
    """Each practice would become the other's past, and read what is the other's."""
    one, two, three = (PracticeFactory() for _ in range(3))
    pairs = [(one, two), (two, three), (three, one)]
    rows = [
        {"PRACTICE_CODE": a.code, "SUCCESSOR_CODE": b.code, "MERGED_ON": "2025-04-01"}
        for a, b in pairs
    ]
    files = [rows] if together else [rows[:2], rows[2:]]
    for file in files:
        (report,) = import_file(by=Actor.command("test"), source=csv_bytes(file), name="m.csv")
    assert "would succeed itself" in report.rejected[0].reason
    assert Link.objects.count() == (0 if together else 2)


def test_a_hub_tells_of_its_own_area_only() -> None:
    mine, theirs = area_of_one_practice(), area_of_one_practice()
    homeless = PracticeFactory()
    hub = mine["hub"]
    assert load(homeless, mine["practice"], hub=hub).created == 1
    report = load(theirs["practice"], mine["practice"], hub=hub)
    assert "in the area of another training hub" in report.rejected[0].reason
    assert load(theirs["practice"], mine["practice"], hub=HubFactory()).created == 0
    assert load(theirs["practice"], mine["practice"]).created == 1
