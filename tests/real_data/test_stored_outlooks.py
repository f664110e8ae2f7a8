"""Outlooks of real rows of June 2025, against sums made from the printed cells alone."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from accounts.actor import Actor
from models.forecast import HORIZONS
from models.standard_table import standard_table
from organisations.models import Organisation
from retention.actions.import_files import import_file
from retention.actions.stored_outlooks import make_outlooks
from retention.imports.cells import AGE_BANDS, StaffGroup, cell_name
from retention.models import StoredOutlook
from retention.queries.age_profile import BANDS
from retention.queries.public_outlook import made_outlooks, public_outlook, public_outlooks

pytestmark = pytest.mark.django_db
JUNE = dt.date(2025, 6, 1)
SAMPLE = "gpw-practice-level-detailed-2025-06-sample.csv"


@pytest.fixture
def printed(real_data: Path) -> dict[str, dict[str, str]]:
    """Load the sample's practices, and return their lines as printed, by code."""
    (report,) = import_file(by=Actor.command("test"), source=real_data / SAMPLE, name=SAMPLE)
    assert not report.is_refused
    with (real_data / SAMPLE).open(newline="", encoding="utf-8-sig") as file:
        return {row["prac_code"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("group", "population"), [("gp", "extgl"), ("nurses", "all"), ("dpc", "all"), ("admin", "all")]
)
def test_expected_losses_are_those_of_the_printed_cells(
    printed: dict[str, dict[str, str]], group: StaffGroup, population: str
) -> None:
    """Each band's people, times their chance, times the practice's average sessions."""
    make_outlooks(month=JUNE)
    code = "A81002"
    row = printed[code]
    bands = AGE_BANDS[group]
    heads = [float(row[cell_name(group, "hc", "total", population, band)]) for band in bands]
    known, unknown = heads[: len(BANDS[group])], heads[len(BANDS[group]) :]
    people = sum(known) + sum(unknown)
    sessions = float(row[cell_name(group, "fte", "total", population)]) * 9
    found = public_outlook(Organisation.objects.get(code=code), JUNE, group)
    assert found
    assert found.people == people >= 5
    chances = standard_table(group).band_incidence(HORIZONS, BANDS[group]).sum(axis=-1)
    for at, years in enumerate(HORIZONS):
        # Who is of unknown age is taken to be as old as the others.
        share = sum(n * float(p) for n, p in zip(known, chances[:, at], strict=True)) / sum(known)
        assert found.horizons[years].headcount_expected == pytest.approx(share * people)
        assert found.horizons[years].expected == pytest.approx(share * sessions, rel=1e-4)


def test_what_is_stored_of_real_rows_is_what_is_worked_out(
    printed: dict[str, dict[str, str]],
) -> None:
    make_outlooks(month=JUNE)
    places = list(Organisation.objects.filter(code__in=printed))
    for group in BANDS:
        wanted = made_outlooks(places, JUNE, staff_group=group)
        assert public_outlooks(places, JUNE, staff_group=group) == wanted


def test_na_and_few_people_have_no_outlook(printed: dict[str, dict[str, str]]) -> None:
    """A81001 printed NA of its nurses and one GP."""
    make_outlooks(month=JUNE)
    rows = StoredOutlook.objects.filter(organisation__code="A81001")
    found = dict(rows.values_list("edition__staff_group", "figures"))
    assert found["nurses"] is None
    assert found["gp"] is None
    assert found["admin"] is not None
