"""Warnings are short and say how much they leave out."""

from retention.imports.results import Rejection, column_warnings, counted, shortened


def test_many_names_are_shortened_with_a_count() -> None:
    assert shortened(["a", "b"]) == "a, b"
    assert shortened([str(number) for number in range(12)]).endswith("8, 9 and 2 more")


def test_numbers_agree_with_their_noun() -> None:
    assert counted(1, "row", "rows") == "1 row"
    assert counted(1204, "row", "rows") == "1,204 rows"


def test_columns_left_out_and_missing_are_two_warnings() -> None:
    assert column_warnings([], []) == []
    assert column_warnings(["x"], ["y", "z"]) == [
        "1 column is unknown and not read: x.",
        "2 columns are not in this edition: y, z.",
    ]


def test_a_rejection_says_all_that_is_wrong_and_nothing_of_what_is_right() -> None:
    assert Rejection.of(7, ["The code is missing.", "", "The name is missing."]) == Rejection(
        7, "The code is missing. The name is missing."
    )
