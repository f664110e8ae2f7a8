"""Cells of an age profile: a figure keeps the number it prints, and unknown is never nought."""

import pytest

from retention.presenters.profile_sheets import pyramid_sheet, share, tenth, whole
from retention.presenters.spreadsheets import Figure
from retention.queries.age_profile import BandRow


def test_a_file_holds_no_more_than_the_page_prints() -> None:
    assert whole(1234.5) == Figure("1,235", 1235)
    assert tenth(12.345) == Figure("12.3", 12.3, "#,##0.0")
    assert share(0.1249) == Figure("12%", 0.12, "0%")


def test_what_is_not_known_is_a_word() -> None:
    assert (whole(None), tenth(None), share(None)) == ("Not known", "Not known", "Not known")
    assert whole(0) == Figure("0", 0)


@pytest.mark.parametrize(
    ("people", "women", "men", "rest"),
    [
        (5, 2, 1, "2"),
        (5, 3, 2, "0"),
        # A file that prints more by sex than in all: nobody knows who is of neither.
        (5, 4, 2, "Not known"),
        (None, 2, 1, "Not known"),
        (5, None, 1, "Not known"),
    ],
)
def test_who_is_of_no_known_sex(
    people: int | None, women: int | None, men: int | None, rest: str
) -> None:
    sheet = pyramid_sheet([BandRow("30 to 34", women, men, people, 1.0)], "GPs")
    [row] = sheet.texts.rows
    assert dict(zip(sheet.headers, row, strict=True))["Sex not known"] == rest
