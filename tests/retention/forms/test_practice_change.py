"""What an administrator says of a practice that closes or merges."""

import pytest

from retention.forms.practice_change import PracticeChangeForm

CHANGE = {"what": "merge", "into": "Y01234", "on": "2026-04-01"}


def test_a_merger_needs_the_other_practice_and_a_closure_does_not() -> None:
    assert PracticeChangeForm(CHANGE).is_valid()
    assert PracticeChangeForm({**CHANGE, "what": "close", "into": ""}).is_valid()
    assert list(PracticeChangeForm({**CHANGE, "into": ""}).errors) == ["into"]


@pytest.mark.parametrize("code", ["Y" * 13, "Y0\x00"])
def test_a_wrong_code_is_told_once(code: str) -> None:
    errors = PracticeChangeForm({**CHANGE, "into": code}).errors
    assert {field: len(problems) for field, problems in errors.items()} == {"into": 1}
