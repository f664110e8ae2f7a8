"""Notices in words: what happened, to whose place, and what it means."""

import datetime as dt

import pytest

from accounts.models import Notice
from accounts.models.notice import NoticeKind, NoticeLine
from accounts.presenters.notices import notice_words
from tests.factories.organisations import PracticeFactory


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("closed", "Alder closes on 1 April 2027"),
        ("merged", "Alder merges into Birch on 1 April 2027"),
        ("joined", "Birch merges into Alder on 1 April 2027"),
        ("left_area", "Alder left Birch on 1 April 2027"),
        ("staff_told", "Somebody who works at Alder told you of a change from 1 April 2027"),
    ],
)
def test_the_heading_says_what_happened_and_when(kind: str, heading: str) -> None:
    places = [PracticeFactory.build(name=name) for name in ("Alder", "Birch")]
    notice = Notice(
        kind=kind,
        place=places[0],
        other=places[1],
        on=dt.date(2027, 4, 1),
        lines=["post_moved", "week_moved"],
    )
    (words,) = notice_words([notice])
    assert words.heading == heading
    assert words.lines == (NoticeLine.POST_MOVED.label, NoticeLine.WEEK_MOVED.label)


def test_every_kind_has_its_words_and_no_line_names_a_number() -> None:
    for kind in NoticeKind:
        place = PracticeFactory.build(name="Alder")
        assert notice_words([Notice(kind=kind, place=place, on=dt.date(2027, 4, 1))])
    assert not any(character.isdigit() for line in NoticeLine for character in line.label)
