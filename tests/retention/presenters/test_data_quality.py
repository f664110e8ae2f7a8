import datetime as dt

import pytest

from models.data_quality import Doubt, Finding, Grade
from organisations.models import Organisation
from retention.presenters.data_quality import (
    age_words,
    completeness_words,
    dated_words,
    post_reason,
    quality_page,
    reason,
    records_sheet,
)
from retention.queries.data_quality import PlaceQuality, RecordConfirmed


@pytest.mark.parametrize(
    ("doubt", "value", "words"),
    [
        (Doubt.NOT_IN_FILE, 1.0, "not in the file; the last are 1 month older"),
        (Doubt.NO_FIGURES, None, "no valid figures; none in any loaded month"),
        (Doubt.AGE_UNKNOWN, 0.25, "age not known of 25% of people"),
        (Doubt.HIGH_FTE, 1.64, "1.6 FTE a head"),
        (Doubt.HIGH_FTE, None, "FTE, and nobody"),
        (Doubt.NO_FTE, None, "people, and no FTE"),
        (Doubt.JUMP_PEOPLE, -0.6, "people down 60% since the month before"),
        (Doubt.JUMP_FTE, 1.2, "FTE up 120% since the month before"),
    ],
)
def test_reasons_in_words(doubt: Doubt, value: float | None, words: str) -> None:
    assert reason(Finding(doubt, Grade.CARE, value)) == words


@pytest.mark.parametrize(
    ("doubt", "value", "words"),
    [
        (Doubt.NOT_CONFIRMED, None, "Never confirmed"),
        (Doubt.NOT_CONFIRMED, 14.2, "Not confirmed for 14 months"),
        (Doubt.LONG_HOURS, 1.75, "1.8 full-time weeks of contracted hours in the practice"),
        (Doubt.CAN_STILL_SIGN_IN, None, "Left, and still has a role in the practice"),
    ],
)
def test_reasons_of_posts_in_words(doubt: Doubt, value: float | None, words: str) -> None:
    assert post_reason(Finding(doubt, Grade.CARE, value)) == words


def test_every_doubt_has_words() -> None:
    published = {doubt: reason(Finding(doubt, Grade.CARE, 1.0)) for doubt in list(Doubt)[:7]}
    own = {doubt: post_reason(Finding(doubt, Grade.CARE, 1.0)) for doubt in list(Doubt)[7:]}
    assert len({*published.values(), *own.values()}) == len(Doubt)


def test_age_of_figures_in_words() -> None:
    assert [age_words(months) for months in (0, 1, 13)] == [
        "less than a month old",
        "1 month old",
        "13 months old",
    ]


@pytest.mark.parametrize(
    ("on", "old"),
    [
        (dt.date(2025, 7, 29), "less than a month old"),
        (dt.date(2025, 7, 30), "1 month old"),
        (dt.date(2025, 8, 2), "1 month old"),
        (dt.date(2026, 2, 27), "7 months old"),
        (dt.date(2026, 2, 28), "8 months old"),
        (dt.date(2026, 6, 30), "12 months old"),
    ],
)
def test_a_month_that_is_not_over_makes_figures_no_older(on: dt.date, old: str) -> None:
    assert dated_words(dt.date(2025, 6, 30), on) == f"30 June 2025, {old}"


def test_a_place_without_figures_says_so() -> None:
    place = Organisation(code="U1", kind="network", name="Empty PCN")
    quality = PlaceQuality(place, None, (), (), ())
    page = quality_page(quality)
    assert page.sentences == ["No workforce figures have been loaded for Empty PCN yet."]
    assert (page.rows, page.address, page.records) == ([], "", None)
    assert completeness_words(quality) == "Nothing is loaded."


def test_records_tell_days_and_no_people() -> None:
    practice = Organisation(code="Y1", kind="practice", name="Oak")
    records = [
        RecordConfirmed(practice, None),
        RecordConfirmed(practice, dt.date(2026, 5, 4)),
    ]
    assert records_sheet(records).rows == [["Oak", "Never"], ["Oak", "4 May 2026"]]
