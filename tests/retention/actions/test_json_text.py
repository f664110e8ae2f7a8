"""Numbers are written as JSON that reads back as the same numbers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.actions import json_text
from retention.actions.json_text import NumberTexts

NUMBERS = st.one_of(
    st.none(), st.integers(0, 10**9), st.floats(0, 1e9, allow_nan=False, allow_infinity=False)
)


@given(st.lists(NUMBERS))
def test_an_array_reads_back_as_it_was(numbers: list[float | None]) -> None:
    assert json.loads(NumberTexts().array(numbers)) == numbers


def test_the_text_is_short_and_one_for_one_number() -> None:
    assert NumberTexts().array([0, 0.0, 3.0, 3, None, 0.533333333]) == "[0,0,3,3,null,0.533333333]"


def test_only_so_many_texts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "TEXTS_KEPT", 2)
    texts = NumberTexts()
    assert texts.array([1, 2, 3, 4]) == "[1,2,3,4]"
    assert len(texts) == 2
