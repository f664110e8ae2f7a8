"""A change of one's own post in words."""

import datetime as dt

import pytest

from retention.models import Post, PostChange
from retention.models.post_change import Change
from retention.presenters.post_changes import change_words, what_telling_does
from tests.factories.organisations import PracticeFactory

DAY, BACK = dt.date(2027, 4, 1), dt.date(2027, 10, 1)


@pytest.mark.parametrize(
    ("change", "back", "words"),
    [
        ("retired", None, "Retired: without this post from 1 April 2027"),
        ("not_known", None, "Not known or not said: without this post from 1 April 2027"),
        ("parental", None, "Parental leave: away from 1 April 2027"),
        ("parental", BACK, "Parental leave: away from 1 April 2027, back on 1 October 2027"),
        ("back", None, "Back from 1 April 2027"),
    ],
)
def test_a_change_reads_as_its_practice_will_read_it(
    change: str, back: dt.date | None, words: str
) -> None:
    assert change_words(PostChange(change=change, starts_on=DAY, back_on=back)) == words


@pytest.mark.parametrize(
    ("change", "ended", "words"),
    [
        ("retired", False, "1 April 2027 is the first day without it"),
        ("career_break", False, "never counted as leaving"),
        ("back", False, "Your leave ends"),
        ("back", True, "confirms your new post"),
    ],
)
def test_what_telling_does_is_said_before(change: str, ended: bool, words: str) -> None:
    practice = PracticeFactory.build(name="Alder Practice")
    post = Post(organisation=practice, ends_on=DAY if ended else None)
    said = " ".join(what_telling_does(post, PostChange(change=change, starts_on=DAY)))
    assert words in said


def test_no_word_is_about_health() -> None:
    words = " ".join(label.lower() for label in Change.labels)
    assert not any(word in words for word in ("sick", " ill", "health", "matern", "medical"))
