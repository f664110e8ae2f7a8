import datetime as dt
from collections import Counter

import pytest

from hubs.demo.load import Demo
from hubs.demo.turnover import HISTORY_MONTHS, history_months, month_end
from models.standard_table import standard_table
from retention.models import Post
from retention.models.post import EndReason, PostRole


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (dt.date(2026, 11, 21), dt.date(2024, 11, 1), dt.date(2026, 10, 1)),
        (dt.date(2027, 1, 1), dt.date(2025, 1, 1), dt.date(2026, 12, 1)),
        (dt.date(2028, 2, 29), dt.date(2026, 2, 1), dt.date(2028, 1, 1)),
    ],
)
def test_history_is_the_last_24_complete_months(
    today: dt.date, first: dt.date, last: dt.date
) -> None:
    months = history_months(today)
    assert (months[0], months[-1], len(months)) == (first, last, HISTORY_MONTHS)
    assert months == sorted(set(months))


@pytest.mark.parametrize(
    ("month", "end"),
    [
        (dt.date(2026, 12, 1), dt.date(2026, 12, 31)),
        (dt.date(2028, 2, 1), dt.date(2028, 2, 29)),
    ],
)
def test_a_month_ends_on_its_last_day(month: dt.date, end: dt.date) -> None:
    assert month_end(month) == end


@pytest.fixture(scope="module")
def posts(made: Demo) -> list[Post]:
    """Return the posts of qualified people in practices that are open."""
    return [
        post
        for post in made.records.posts
        if post.role != PostRole.TRAINEE and post.organisation.ends_on is None
    ]


def ended(posts: list[Post]) -> list[Post]:
    return [post for post in posts if post.ends_on is not None]


def test_leavers_are_as_many_as_the_standard_table_expects(
    posts: list[Post], made_on: dt.date
) -> None:
    births = [post.person.year_of_birth for post in posts if post.ends_on is None]
    ages = [made_on.year - 1 - year for year in births if year is not None]
    expected = standard_table().hazards(ages).sum() * 2
    # Two years of chance, drawn once.
    assert len(ended(posts)) == pytest.approx(expected, abs=2.5 * expected**0.5)


def test_they_left_within_the_history_and_with_a_reason(
    posts: list[Post], made: Demo, made_on: dt.date
) -> None:
    for post in ended(posts):
        assert post.ends_on is not None
        assert made.months[0] < post.ends_on < made_on
        assert post.end_reason in EndReason.values
        assert post.starts_on < post.ends_on
    reasons = Counter(post.end_reason for post in ended(posts))
    assert set(reasons) == {"retired", "moved", "left", "not_known"}


def test_who_retired_was_older(posts: list[Post]) -> None:
    def mean_birth(*reasons: EndReason) -> float:
        years = [
            post.person.year_of_birth or 0 for post in ended(posts) if post.end_reason in reasons
        ]
        return sum(years) / len(years)

    assert mean_birth(EndReason.RETIRED) < mean_birth(EndReason.MOVED, EndReason.LEFT) - 10


def test_others_came_in_their_place(posts: list[Post], made: Demo) -> None:
    joiners = [p for p in posts if p.ends_on is None and p.starts_on >= made.months[0]]
    assert len(joiners) > len(ended(posts)) / 2


def test_trainees_move_on_each_august(made: Demo, made_on: dt.date) -> None:
    trainees = [post for post in made.records.posts if post.role == PostRole.TRAINEE]
    assert {(post.starts_on.month, post.starts_on.day) for post in trainees} == {(8, 1)}
    for month in (*made.months, made_on):
        here = [p for p in trainees if p.starts_on <= month and (p.ends_on or made_on) >= month]
        assert len(here) >= 36
    assert all(post.person.qualified_year is None for post in trainees)


def test_weeks_follow_each_other_without_a_gap(made: Demo) -> None:
    by_post: dict[int, list[tuple[dt.date | None, dt.date | None]]] = {}
    for pattern in made.records.patterns:
        by_post.setdefault(id(pattern.post), []).append((pattern.starts_on, pattern.ends_on))
    assert len(by_post) == len(made.records.posts)
    for post in made.records.posts:
        weeks = by_post[id(post)]
        assert weeks[0][0] == post.starts_on
        assert weeks[-1][1] == post.ends_on
        assert [ends for _, ends in weeks[:-1]] == [starts for starts, _ in weeks[1:]]


def test_older_people_mostly_cut_their_weeks(made: Demo, made_on: dt.date) -> None:
    """What they worked before lies above what they work now."""
    half_days = Counter(id(cell.pattern) for cell in made.records.cells)
    changes = []
    for earlier, later in zip(made.records.patterns, made.records.patterns[1:], strict=False):
        born = later.post.person.year_of_birth
        if earlier.post is later.post and born and made_on.year - born >= 57:
            changes.append(half_days[id(later)] - half_days[id(earlier)])
    assert len(changes) > 20
    assert sum(change < 0 for change in changes) > 0.8 * len(changes)
