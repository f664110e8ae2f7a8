"""The words of a roster and the codes of the record."""

from retention.imports import roster, roster_words
from retention.models.person import Profession
from retention.models.post import REASONS_TO_CHOOSE, PostRole
from retention.models.session_pattern import CellKind
from tests.retention.imports.test_roster import plain


def test_every_code_of_the_record_has_words_and_no_other_has() -> None:
    assert set(roster_words.ROLES.values()) == set(PostRole.values)
    assert set(roster_words.PROFESSIONS.values()) == set(Profession.values)
    assert set(roster_words.END_REASONS.values()) == {reason.value for reason in REASONS_TO_CHOOSE}
    assert set(roster_words.KINDS.values()) == set(CellKind.values)
    assert set(roster.PROFESSION_OF_ROLE) == set(PostRole.values)


def test_the_lists_offer_what_pages_call_it_and_all_of_it_is_read() -> None:
    assert set(roster_words.LISTS["STAFF_ROLE"]) == set(PostRole.labels)
    assert set(roster_words.LISTS["REASON_FOR_LEAVING"]) == {
        reason.label for reason in REASONS_TO_CHOOSE
    }
    for name, words in (
        ("STAFF_ROLE", roster_words.ROLES),
        ("PROFESSION", roster_words.PROFESSIONS),
        ("REASON_FOR_LEAVING", roster_words.END_REASONS),
        ("AGE_BAND", roster_words.AGE_BANDS),
        ("HALF_DAY", roster_words.KINDS),
    ):
        assert {plain(each) for each in roster_words.LISTS[name]} <= set(words), name
