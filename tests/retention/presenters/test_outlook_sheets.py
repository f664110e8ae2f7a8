import pytest

from retention.presenters.outlook_sheets import cell_of, trust_sheet
from retention.presenters.spreadsheets import Figure
from retention.presenters.trust import trust_sentences


@pytest.mark.parametrize(
    ("text", "value", "number_format"),
    [
        ("0", 0, "#,##0"),
        ("1,234", 1234, "#,##0"),
        ("14%", 0.14, "0%"),
        ("12.5%", 0.125, "0.0%"),
        ("31.4", 31.4, "#,##0.0"),
        ("+15", 15, "#,##0"),
        ("\N{MINUS SIGN}1,200", -1200, "#,##0"),
    ],
)
def test_printed_numbers_are_numbers(text: str, value: float, number_format: str) -> None:
    cell = cell_of(text)
    assert isinstance(cell, Figure)
    assert cell.value == pytest.approx(value)
    assert cell.number_format == number_format
    assert float(cell.text.replace(",", "").rstrip("%")) != 0 or value == 0


def test_a_file_says_how_far_to_trust_it_in_the_words_of_the_page() -> None:
    assert trust_sheet().rows == [[text] for text in trust_sentences()]


@pytest.mark.parametrize(
    "text", ["", "3 to 14", "Not known", "less than 1%", "1.3 times", "=1+1", "-1", "+", "1 of 8"]
)
def test_other_texts_stay_texts(text: str) -> None:
    assert cell_of(text) == text
