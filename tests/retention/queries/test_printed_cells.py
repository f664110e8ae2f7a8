"""Cells come back by name, whatever the order they are stored in."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation
from retention.actions.practice_level import store
from retention.models import PublishedCount, PublishedLayout, PublishedRelease
from retention.queries.printed_cells import cells_of_month, printed_cells
from tests.factories.organisations import PracticeFactory
from tests.factories.published import printed_of

JUNE, JULY = dt.date(2025, 6, 1), dt.date(2025, 7, 1)
GPS = {"total_gp_hc": 3, "total_gp_fte": 2.25, "female_gp_hc": None}
pytestmark = pytest.mark.django_db


@pytest.fixture
def practices() -> list[Organisation]:
    """Return two practices: GPs and nurses of the first, GPs of the second in another edition."""
    found: list[Organisation] = [PracticeFactory(code=f"Z9000{number}") for number in (1, 2)]
    release = PublishedRelease.objects.create(
        format="practice_level", file_name="june.csv", sha256="0" * 64, month=JUNE, rows=2
    )
    store(
        [
            printed_of("Z90001", JUNE, "gp", GPS),
            printed_of("Z90001", JUNE, "nurses", {"total_nurses_hc": 1}),
            printed_of("Z90002", JUNE, "gp", {"total_gp_hc": 9}),
            printed_of("Z90002", JULY, "gp", {"total_gp_hc": 8}),
        ],
        release,
    )
    return found


def test_cells_are_found_by_practice_and_group(
    practices: list[Organisation], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, two = (practice.pk for practice in practices)
    with django_assert_num_queries(2):
        found = printed_cells([one, two], JUNE)
    assert found == {
        (one, "gp"): GPS,
        (one, "nurses"): {"total_nurses_hc": 1},
        (two, "gp"): {"total_gp_hc": 9},
    }
    assert set(printed_cells([one], JUNE, ["nurses"])) == {(one, "nurses")}
    assert printed_cells([one], JULY) == {}


def test_a_month_comes_by_layout(practices: list[Organisation]) -> None:
    found = {(block.staff_group, block.names): block for block in cells_of_month(JUNE)}
    names = ("female_gp_hc", "total_gp_hc", "total_gp_fte")
    assert set(found) == {
        ("gp", names),
        ("gp", ("total_gp_hc",)),
        ("nurses", ("total_nurses_hc",)),
    }
    block = found["gp", names]
    assert (block.practices, block.rows) == ([practices[0].pk], [[None, 3, 2.25]])


def test_a_layout_is_kept_once(practices: list[Organisation]) -> None:
    assert PublishedLayout.objects.count() == 3
    assert PublishedCount.objects.count() == 4
    assert PublishedLayout.objects.filter(names=["total_gp_hc"]).get().printed == ["total_gp_hc"]
