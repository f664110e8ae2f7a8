"""Printed numbers, and the texts that mean “not known”."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.imports import numbers
from retention.imports.numbers import NumberError, Numbers, parse_count, parse_fte


@pytest.mark.parametrize("text", ["NA", "ND", "", " ", "na", " NA "])
def test_not_known_is_none_and_never_zero(text: str) -> None:
    assert parse_count(text) is None
    assert parse_fte(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("7", 7), (" 12 ", 12), ("3.0", 3), ("18,735", 18735), ("1,234,567", 1234567)],
)
def test_heads_are_whole(text: str, value: int) -> None:
    assert parse_count(text) == value
    assert isinstance(parse_count(text), int)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0),
        ("4.84", 4.84),
        ("6.546666667", 6.546666667),
        ("1,204.5", 1204.5),
        ("5E-05", 5e-5),
    ],
)
def test_fte_is_a_decimal(text: str, value: float) -> None:
    assert parse_fte(text) == value
    assert isinstance(parse_fte(text), float)


@pytest.mark.parametrize("text", ["2.5", "two", "1_000", "1,00", "*", "\u0661", "9" * 5000, "=1+1"])
def test_what_is_no_head_count_is_refused(text: str) -> None:
    with pytest.raises(NumberError, match="not a whole number; write NA if it is not known"):
        parse_count(text)


@pytest.mark.parametrize("text", ["nan", "inf", "1e999", "1.2.3", "0x10", "#REF!", "9" * 5000])
def test_what_is_no_fte_is_refused(text: str) -> None:
    with pytest.raises(NumberError, match="not a number; write NA if it is not known"):
        parse_fte(text)


@pytest.mark.parametrize("text", ["-1", "-0.5"])
def test_below_zero_has_its_own_message(text: str) -> None:
    for parse in (parse_count, parse_fte):
        with pytest.raises(NumberError, match="below zero"):
            parse(text)


@given(st.integers(0, 999_999_999))
def test_a_written_head_count_reads_back(value: int) -> None:
    assert parse_count(str(value)) == parse_count(f"{value}.0") == value


@given(st.integers(0, 10**6))
def test_a_written_fte_reads_back(halves_of_an_hour: int) -> None:
    value = round(halves_of_an_hour / 2 / 37.5, 9)
    assert parse_fte(f"{value:.9f}") == value


def test_a_text_is_parsed_once() -> None:
    parsed: list[str] = []

    def parse(text: str) -> int:
        parsed.append(text)
        return int(text)

    known = Numbers(parse)
    assert [known["5"], known["5"], known["6"]] == [5, 5, 6]
    assert parsed == ["5", "6"]


def test_a_hostile_file_cannot_fill_the_memory_with_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "TEXTS_KEPT", 2)
    known = Numbers(parse_count)
    assert [known[str(value)] for value in range(5)] == [0, 1, 2, 3, 4]
    assert len(known) == 2
