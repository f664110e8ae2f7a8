"""Places in a list: how sure a rank is."""

import pytest

from models.ranking import RankRange
from retention.presenters.place_lists import PlaceRow, ranks_words


@pytest.mark.parametrize(
    ("ranks", "words"),
    [(RankRange(3, 3, 12), "3 of 12"), (RankRange(1, 7, 12), "1 to 7 of 12")],
)
def test_a_rank_is_a_range_unless_the_intervals_leave_one(ranks: RankRange, words: str) -> None:
    assert ranks_words(ranks) == words


def test_a_note_fills_the_columns_that_have_no_figure() -> None:
    assert PlaceRow("Oak Surgery", "/", ["7", "44"], "Not shared with you").note_columns == 1
    assert PlaceRow("North PCN", "/", [], "No figures", columns=5).note_columns == 5
