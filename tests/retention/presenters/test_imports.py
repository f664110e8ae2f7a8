"""An upload in words: what to do next, and never to mend what is not listed."""

from typing import Any

import pytest
from django.utils import timezone

from retention.imports.recognise import READERS, WORKBOOK_READERS
from retention.models import ImportRun
from retention.presenters.imports import FORMATS, REJECTIONS_SHOWN, present_run


def run(state: str, **terms: Any) -> ImportRun:
    return ImportRun(state=state, changed_at=timezone.now(), file_name="map.csv", **terms)


def report(*, rejected: int = 0, created: int = 0) -> dict[str, Any]:
    file = {
        "format": "practice_map",
        "rows": 60,
        "created": created,
        "changed": 0,
        "unchanged": 60 - created,
        "rejected": [{"line": line, "reason": "no code"} for line in range(rejected)],
        "warnings": [],
    }
    return {"files": [file]}


@pytest.mark.parametrize(
    ("state", "rejected", "sentence"),
    [
        ("refused", 1, "Nothing of this file was stored. Mend what is listed, then upload it"),
        ("failed", 0, "Nothing of this file was stored. Upload it again."),
        ("loaded", 0, "The whole file is in the record."),
    ],
)
def test_a_file_that_is_over_says_what_became_of_it(
    state: str, rejected: int, sentence: str
) -> None:
    assert present_run(run(state, report=report(rejected=rejected))).sentence.startswith(sentence)


def test_every_file_that_can_be_read_has_a_name() -> None:
    formats = {reader.format for reader in READERS}
    assert formats | {reader.format for reader in WORKBOOK_READERS} <= set(FORMATS)


def test_a_good_file_can_be_loaded_only_if_it_would_change_something() -> None:
    good = present_run(run("ready", report=report(created=3)))
    held = present_run(run("ready", report=report()))
    assert (good.can_confirm, held.can_confirm) == (True, False)
    assert held.sentence == "The record already holds all of this. There is nothing to load."


def test_a_long_list_of_faults_is_cut_and_counted() -> None:
    [file] = present_run(run("refused", report=report(rejected=REJECTIONS_SHOWN + 1))).files
    assert file.title == "Practice map"
    assert len(file.rejected) == REJECTIONS_SHOWN
    assert (file.rejected_more, file.counts["Rejected"]) == (1, REJECTIONS_SHOWN + 1)


@pytest.mark.parametrize(
    ("step", "rows", "words"),
    [
        ("", None, "Waiting for its turn"),
        ("reading", 1, "Step 1 of 2: reading the file: 1 row"),
        ("storing", 1_200, "Step 2 of 2: storing it: 1,200 rows"),
    ],
)
def test_how_far_a_worker_is(step: str, rows: int | None, words: str) -> None:
    assert present_run(run("loading", step=step, rows_read=rows)).step == words
