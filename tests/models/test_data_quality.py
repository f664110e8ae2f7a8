"""The grade of figures, each threshold worked by hand on both of its sides."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.data_quality import (
    Doubt,
    Grade,
    PostFacts,
    PublishedFacts,
    grade_of,
    post_findings,
    published_findings,
)

TODAY = dt.date(2026, 7, 1)
FULL = 2_250


def doubts(facts: PublishedFacts) -> dict[Doubt, Grade]:
    return {finding.doubt: finding.grade for finding in published_findings(facts)}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (PublishedFacts(20, 15.0, 0, 20, 15.0), {}),
        # 1 of 20 is 5 %, and allowed; 2 of 20 is not; 4 of 20 is 20 %, 5 of 20 is more.
        (PublishedFacts(20, 15.0, 1), {}),
        (PublishedFacts(20, 15.0, 2), {Doubt.AGE_UNKNOWN: Grade.CARE}),
        (PublishedFacts(20, 15.0, 4), {Doubt.AGE_UNKNOWN: Grade.CARE}),
        (PublishedFacts(20, 15.0, 5), {Doubt.AGE_UNKNOWN: Grade.POOR}),
        # 30 FTE of 20 people are 1.5 each.
        (PublishedFacts(20, 30.0, 0), {}),
        (PublishedFacts(20, 30.1, 0), {Doubt.HIGH_FTE: Grade.POOR}),
        (PublishedFacts(0, 0.4, 0), {Doubt.HIGH_FTE: Grade.POOR}),
        (PublishedFacts(3, 0.0, 0), {Doubt.NO_FTE: Grade.POOR}),
        (PublishedFacts(0, 0.0, 0), {}),
        # From 4 to 6 is 50 %, from 4 to 7 more; from 1 to 2 is one person, and no error.
        (PublishedFacts(6, 5.0, 0, 4, 5.0), {}),
        (PublishedFacts(7, 5.0, 0, 4, 5.0), {Doubt.JUMP_PEOPLE: Grade.CARE}),
        (PublishedFacts(2, 1.0, 0, 1, 1.0), {}),
        (PublishedFacts(1, 1.0, 0, 3, 1.2), {Doubt.JUMP_PEOPLE: Grade.CARE}),
        (PublishedFacts(4, 1.9, 0, 4, 3.0), {}),
        (PublishedFacts(4, 1.4, 0, 4, 3.0), {Doubt.JUMP_FTE: Grade.CARE}),
        (PublishedFacts(1, 0.9, 0, 1, 0.4), {}),
        # Nobody before is no jump: a practice that begins to send is welcome.
        (PublishedFacts(9, 6.0, 0, 0, 0.0), {}),
        (PublishedFacts(None, None, None, months_old=2), {Doubt.NO_FIGURES: Grade.POOR}),
        (PublishedFacts(None, None, None, months_old=3), {Doubt.NO_FIGURES: Grade.NONE}),
        (PublishedFacts(None, None, None, months_old=None), {Doubt.NO_FIGURES: Grade.NONE}),
        (
            PublishedFacts(None, None, None, months_old=1, in_file=False),
            {Doubt.NOT_IN_FILE: Grade.POOR},
        ),
    ],
)
def test_thresholds_of_published_figures(
    facts: PublishedFacts, expected: dict[Doubt, Grade]
) -> None:
    assert doubts(facts) == expected


def test_findings_say_how_much_and_the_worst_comes_first() -> None:
    found = published_findings(PublishedFacts(10, 16.0, 1, 30, 16.0))
    assert [finding.doubt for finding in found] == [
        Doubt.HIGH_FTE,
        Doubt.JUMP_PEOPLE,
        Doubt.AGE_UNKNOWN,
    ]
    assert [finding.value for finding in found] == pytest.approx([1.6, -2 / 3, 0.1])
    assert grade_of(found) == Grade.POOR
    assert grade_of(()) == Grade.GOOD


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (PostFacts(TODAY, 1_000), []),
        (PostFacts(TODAY - dt.timedelta(days=365), 1_000), []),
        (PostFacts(TODAY - dt.timedelta(days=366), 1_000), [Doubt.NOT_CONFIRMED]),
        (PostFacts(None, 1_000), [Doubt.NOT_CONFIRMED]),
        (PostFacts(TODAY, None), [Doubt.NO_HOURS]),
        (PostFacts(TODAY, None, has_week=True), []),
        (PostFacts(TODAY, FULL, other_minutes=[FULL]), [Doubt.TWO_FULL_TIME]),
        (PostFacts(TODAY, FULL, other_minutes=[FULL // 2]), []),
        (PostFacts(TODAY, FULL, other_minutes=[FULL // 2 + 1]), [Doubt.LONG_HOURS]),
        (PostFacts(TODAY, FULL * 3 // 2), []),
        (PostFacts(TODAY, FULL * 3 // 2 + 1), [Doubt.LONG_HOURS]),
        (
            PostFacts(None, None, left_for_good=True),
            [Doubt.ENDED_FOR_GOOD, Doubt.NOT_CONFIRMED, Doubt.NO_HOURS],
        ),
    ],
)
def test_thresholds_of_own_posts(post: PostFacts, expected: list[Doubt]) -> None:
    assert [finding.doubt for finding in post_findings(post, TODAY)] == expected


def test_a_post_says_for_how_many_months_it_was_not_confirmed() -> None:
    post = PostFacts(dt.date(2025, 1, 1), 1_000)
    (found,) = post_findings(post, TODAY)
    assert (found.doubt, found.grade) == (Doubt.NOT_CONFIRMED, Grade.CARE)
    # 546 days of 30.4375 to a month.
    assert found.value == pytest.approx(17.94, abs=0.01)


COUNTS = st.integers(0, 60)


@given(COUNTS, st.floats(0, 90), COUNTS, COUNTS, COUNTS)
def test_more_unknown_ages_never_make_a_better_grade(
    people: int, fte: float, before: int, few: int, more: int
) -> None:
    few, more = sorted((min(few, people), min(more, people)))
    better, worse = (
        grade_of(published_findings(PublishedFacts(people, fte, unknown, before, fte)))
        for unknown in (few, more)
    )
    assert better <= worse
