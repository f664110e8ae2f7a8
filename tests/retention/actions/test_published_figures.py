"""What figures do to the record, and how lines become counts."""

import datetime as dt
import random

import pytest

from organisations.models import Organisation
from organisations.models.organisation import Kind
from retention.actions.import_report import FileReport
from retention.actions.published_figures import (
    FiguresOf,
    count_lines,
    differing,
    lines_in,
    outcome_of,
    places_by_code,
)
from retention.models import Deprivation, PublishedRelease
from tests.factories.organisations import PracticeFactory

SCORES = FiguresOf[Deprivation, int](Deprivation, Kind.PRACTICE, "practice", "year")
NAMES = {"Z90001": "ELM", "Z90002": "WILLOW"}


def said(**scores: float) -> dict[tuple[str, int], dict[str, float]]:
    return {(code, 2025): {"score": score} for code, score in scores.items()}


def release() -> PublishedRelease:
    return PublishedRelease(format="deprivation", month=dt.date(2025, 1, 1), rows=2, columns=[])


@pytest.mark.parametrize(
    ("known", "new", "outcome"),
    [(None, 3, "created"), (3, 3, "unchanged"), (3, 4, "changed"), (0, None, "changed")],
)
def test_outcomes(known: object, new: object, outcome: str) -> None:
    assert outcome_of(known, new) == outcome


@pytest.mark.django_db
def test_only_what_differs_is_written_and_under_its_own_release() -> None:
    first, second, report = release(), release(), FileReport("file.csv")
    both = said(Z90001=10.0, Z90002=20.0)
    SCORES.store(both, differing(SCORES.outcomes(both)), NAMES, report, first)
    later = said(Z90001=10.0, Z90002=21.0)
    outcomes = SCORES.outcomes(later)
    assert outcomes == {("Z90001", 2025): "unchanged", ("Z90002", 2025): "changed"}
    SCORES.store(later, differing(outcomes), NAMES, report, second)
    stored = {row.practice.code: (row.score, row.release_id) for row in Deprivation.objects.all()}
    assert stored == {"Z90001": (10.0, first.pk), "Z90002": (21.0, second.pk)}


@pytest.mark.django_db
def test_another_period_is_another_figure() -> None:
    figures = said(Z90001=10.0)
    SCORES.store(figures, list(figures), NAMES, FileReport("file.csv"), release())
    assert SCORES.outcomes({("Z90001", 2019): {"score": 10.0}}) == {("Z90001", 2019): "created"}


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [True, False])
def test_without_a_release_or_a_change_nothing_is_touched(changed: bool) -> None:
    figures = said(Z90001=10.0)
    kept = release()
    options = (list(figures), None) if changed else ([], kept)
    SCORES.store(figures, options[0], NAMES, FileReport("file.csv"), options[1])
    assert kept.pk is None
    assert not Organisation.objects.filter(code="Z90001").exists()


@pytest.mark.django_db
def test_no_figures_ask_the_record_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture that is called
        assert SCORES.outcomes({}) == {}


@pytest.mark.django_db
def test_places_are_added_once_and_known_ones_keep_their_name() -> None:
    PracticeFactory(code="Z90001", name="ASH")
    report = FileReport("file.csv")
    keys = places_by_code(NAMES, Kind.PRACTICE, report)
    assert list(keys) == list(NAMES)
    assert Organisation.objects.get(pk=keys["Z90001"]).name == "ASH"
    assert Organisation.objects.get(pk=keys["Z90002"]).name == "WILLOW"
    assert report.warnings[0].startswith(
        "Added without an area, since the record lacked them: 1 practice ("
    )
    assert places_by_code(NAMES, Kind.PRACTICE, report) == keys
    assert len(report.warnings) == 1


def test_lines_are_counted_in_one_order_whatever_theirs() -> None:
    lines = [
        (("gp", "partner"), 1.0),
        (("gp", "locum"), None),
        (("gp", "partner"), 0.1),
        (("gp", "locum"), 0.5),
        (("dpc", "pharmacist"), 0.3333333333),
    ]
    expected = [
        ["dpc", "pharmacist", 1, 0.333333],
        # One time is not known: the sum of the other would look complete.
        ["gp", "locum", 2, None],
        ["gp", "partner", 2, 1.1],
    ]
    assert count_lines(lines) == expected
    random.Random(1).shuffle(lines)
    assert count_lines(lines) == expected
    assert lines_in(count_lines(lines)) == 5
    assert lines_in([]) == 0
