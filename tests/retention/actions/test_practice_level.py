"""Practice-level rows in the record: what is compared, what is written, and who is added."""

import datetime as dt
from typing import Any

import pytest

from organisations.models import Link, Organisation
from organisations.models.link import LinkKind
from retention.actions.practice_level import add_unknown_practices, outcomes_of, store
from retention.imports import practice_level
from retention.imports.practice_level import PracticeLevelRow
from retention.models import PublishedCount, PublishedRelease
from tests.factories.organisations import PracticeFactory
from tests.factories.published import printed_of
from tests.retention.imports.published_files import csv_bytes, level_rows, table

pytestmark = pytest.mark.django_db
JUNE = dt.date(2025, 6, 1)


def rows(*changes: dict[str, str]) -> list[PracticeLevelRow]:
    return list(practice_level.read(table(csv_bytes(level_rows(*changes)))).rows)


def stored(found: list[PracticeLevelRow]) -> PublishedRelease:
    release = PublishedRelease.objects.create(
        format="practice_level", month=JUNE, rows=len(found), columns=[]
    )
    _, cells = outcomes_of(found)
    store(cells, release)
    return release


def test_a_row_is_created_then_unchanged_then_changed() -> None:
    PracticeFactory(code="Z90001")
    first = rows({})
    assert outcomes_of(first)[0] == ["created"]
    stored(first)
    assert outcomes_of(first) == (["unchanged"], [])
    changed = rows({"total_gp_hc": "77"})
    outcomes, to_write = outcomes_of(changed)
    assert outcomes == ["changed"]
    # Only the staff group that differs is written again.
    assert [item.staff_group for item in to_write] == ["gp"]
    assert to_write[0].cells["total_gp_hc"] == 77


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    PracticeFactory(code="Z90001")
    stored(rows({}))
    before = PublishedCount.objects.count()
    later = stored(rows({"total_gp_hc": "77"}))
    assert PublishedCount.objects.count() == before
    assert {count.staff_group for count in PublishedCount.objects.filter(release=later)} == {"gp"}


def test_the_order_of_the_cells_makes_no_difference_to_what_is_compared() -> None:
    cells = {"total_gp_hc": 5, "total_gp_fte": 4.5}
    one = printed_of("Z90001", JUNE, "gp", cells)
    other = printed_of("Z90001", JUNE, "gp", dict(reversed(cells.items())))
    assert one.digest == other.digest
    assert one.digest != printed_of("Z90001", JUNE, "gp", cells | {"total_gp_hc": 6}).digest


def test_known_practices_cost_one_query_and_their_places_stay(
    django_assert_num_queries: Any,
) -> None:
    PracticeFactory(code="Z90001", name="ELM")
    with django_assert_num_queries(1):
        assert add_unknown_practices(rows({}), JUNE) == []
    assert Organisation.objects.get(code="Z90001").name == "ELM"
    assert not Link.objects.filter(child__code="Z90001").exists()


def test_unknown_practices_come_with_the_places_that_the_row_prints() -> None:
    PracticeFactory(code="Z90001")
    assert add_unknown_practices(rows({}, {}), JUNE) == ["Z90002"]
    links = Link.objects.filter(child__code="Z90002").values_list("kind", "starts_on")
    assert set(links) == {
        (LinkKind.PRACTICE_SUB_ICB.value, JUNE),
        (LinkKind.PRACTICE_NETWORK.value, JUNE),
    }


def test_a_practice_without_a_printed_place_is_added_bare() -> None:
    blank = {"sub_icb_code": "", "sub_icb_name": ""}
    assert add_unknown_practices(rows(blank), JUNE) == ["Z90001"]
    assert not Link.objects.filter(child__code="Z90001").exists()
