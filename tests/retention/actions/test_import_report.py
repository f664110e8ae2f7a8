"""The account of a file always adds up, whatever became of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.actions.import_report import FileReport, Outcome
from retention.imports.results import ReadResult, Rejection

OUTCOMES = st.lists(st.sampled_from(["created", "changed", "unchanged"]), min_size=1)


def report_of(good: int, bad: int = 0) -> FileReport:
    rejected = [Rejection(line, "Wrong.") for line in range(2, 2 + bad)]
    return FileReport.of("file.csv", ReadResult("f", ["row"] * good, good + bad, rejected))


def adds_up(report: FileReport) -> bool:
    parts = report.created + report.changed + report.unchanged + len(report.rejected)
    return parts == report.rows


@given(OUTCOMES)
def test_rows_are_counted_by_what_became_of_them(outcomes: list[Outcome]) -> None:
    report = report_of(len(outcomes))
    report.count(outcomes)
    assert adds_up(report)
    assert report.created == outcomes.count("created")
    assert not report.is_refused


@given(OUTCOMES)
def test_a_file_refused_after_it_was_counted_has_changed_nothing(outcomes: list[Outcome]) -> None:
    report = report_of(len(outcomes))
    report.count(outcomes)
    report.refuse("The disk is full.", line=3)
    assert adds_up(report)
    assert (report.created, report.changed, report.is_refused) == (0, 0, True)
    assert report.rejected[-1] == Rejection(3, "The disk is full.")


@pytest.mark.parametrize(("good", "bad"), [(3, 0), (3, 2), (0, 1)])
def test_with_a_rejected_row_the_good_ones_count_as_unchanged(good: int, bad: int) -> None:
    report = report_of(good, bad)
    assert adds_up(report)
    assert (report.unchanged, report.is_refused) == (good, bool(bad))


def test_a_file_that_cannot_be_read_is_one_rejected_row() -> None:
    report = FileReport.unreadable("file.csv", "This is a picture.")
    assert adds_up(report)
    assert report.as_json() == {
        "file": "file.csv",
        "format": "",
        "rows": 1,
        "created": 0,
        "changed": 0,
        "unchanged": 0,
        "rejected": [{"line": 1, "reason": "This is a picture."}],
        "warnings": [],
    }
