"""When places move, the months in which that counts are added up again, and no others."""

import datetime as dt
from typing import Any

import pytest

from accounts.actor import Actor
from organisations.models import Link, Organisation
from organisations.models.link import LinkKind
from retention.actions import moved_places
from retention.actions.import_files import import_file
from retention.actions.published_profiles import months_with_profiles, rebuild_places
from retention.models import PublishedProfile
from tests.retention.imports.published_files import csv_bytes, level_rows, map_rows

pytestmark = pytest.mark.django_db
APRIL, JUNE, JULY = (dt.date(2026, month, 1) for month in (4, 6, 7))
MONTHS = [APRIL, JUNE, JULY]
IN_JULY = {"EXTRACT_DATE": "01Jul2026"}
ALDER = {"PCN_CODE": "U90002", "PCN_NAME": "ALDER PCN"}


def load(rows: list[dict[str, str]]) -> None:
    (report,) = import_file(by=Actor.command("test"), source=csv_bytes(rows), name="file.csv")
    assert not report.rejected


def everything() -> list[dict[str, Any]]:
    rows = PublishedProfile.objects.order_by("organisation__code", "month", "staff_group").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


@pytest.fixture
def added_up(monkeypatch: pytest.MonkeyPatch) -> list[dt.date]:
    """Load three months and a map of April; return the months that are added up after that."""
    load(map_rows(*[{"EXTRACT_DATE": "01Apr2026"}] * 2))
    for month in MONTHS:
        printed = {"year": str(month.year), "month": f"{month.month:02d}"}
        load(level_rows(*[printed] * 3))
    months: list[dt.date] = []

    def noted(month: dt.date) -> None:
        months.append(month)
        rebuild_places(month)

    monkeypatch.setattr(moved_places, "rebuild_places", noted)
    return months


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"PRACTICE_NAME": "ASH LANE SURGERY"}, []),
        (ALDER, [JULY]),
        ({"PCN_CODE": "U"}, [JULY]),
        ({"SUB_ICB_LOCATION_CODE": "98Z", "SUB_ICB_LOCATION_NAME": "NHS Other - 98Z"}, [JULY]),
        # Its April network was the first that was known, and stood for the time before as well.
        (ALDER | {"EXTRACT_DATE": "01Apr2026"}, MONTHS),
        # A sub-ICB changes its ICB on 1 April, though the map that tells is of July.
        ({"ICB_CODE": "QZY", "ICB_NAME": "NHS New ICB"}, None),
    ],
)
def test_months_before_a_move_stay(
    added_up: list[dt.date], second: dict[str, str], expected: list[dt.date] | None
) -> None:
    first = {key: value for key, value in second.items() if key.startswith(("EXTRACT", "ICB"))}
    load(map_rows(IN_JULY | first, IN_JULY | second, IN_JULY | first))
    if expected is not None:
        assert added_up == expected
    assert_as_if_all_were_added_up()


def test_a_practice_first_seen_now_was_there_before(added_up: list[dt.date]) -> None:
    third = Organisation.objects.get(code="Z90003")
    Link.objects.filter(child=third).delete()
    load(map_rows(IN_JULY, IN_JULY, IN_JULY | ALDER))
    assert added_up == MONTHS
    alder = PublishedProfile.objects.filter(organisation__code="U90002", staff_group="gp")
    assert sorted(alder.values_list("month", flat=True)) == MONTHS
    assert_as_if_all_were_added_up()


def test_a_new_practice_without_figures_changes_no_month_before(added_up: list[dt.date]) -> None:
    load(map_rows(IN_JULY, IN_JULY, IN_JULY, IN_JULY))
    assert Link.objects.filter(child__code="Z90004", kind=LinkKind.PRACTICE_NETWORK).exists()
    assert added_up == [JULY]
    assert_as_if_all_were_added_up()


def assert_as_if_all_were_added_up() -> None:
    found = everything()
    for month in months_with_profiles():
        rebuild_places(month)
    assert found == everything()
