"""The one shape of an error."""

import pytest

from accounts.api_errors import DOCUMENTED, ERRORS, error_body


@pytest.mark.parametrize("status", ERRORS)
def test_each_status_has_a_word_that_programs_can_rely_on(status: int) -> None:
    code, words = ERRORS[status]
    assert error_body(status) == {"error": {"code": code, "message": words, "fields": []}}


@pytest.mark.parametrize(("status", "as_"), [(418, 400), (451, 400), (502, 500), (503, 500)])
def test_a_status_of_somebody_elses_reads_as_the_nearest_of_ours(status: int, as_: int) -> None:
    assert error_body(status)["error"]["code"] == ERRORS[as_][0]


def test_each_field_at_fault_is_named_with_each_of_its_problems() -> None:
    body = error_body(422, "No.", {"week.0": ["Too long.", "Too late."], "name": ["Empty."]})
    assert body["error"]["message"] == "No."
    assert [(row["field"], row["message"]) for row in body["error"]["fields"]] == [
        ("week.0", "Too long."),
        ("week.0", "Too late."),
        ("name", "Empty."),
    ]


def test_a_fault_of_ours_is_nothing_to_build_on() -> None:
    assert 500 not in DOCUMENTED
