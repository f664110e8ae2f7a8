"""A timeline in words."""

import datetime as dt

from organisations.models import Organisation
from retention.models import Post
from retention.presenters.timeline import timeline_sentences, timeline_table
from retention.queries.patterns import Shape, pattern_totals
from retention.queries.timeline import Period, Timeline

WEEK = {(0, "am"): ("clinical", 250), (0, "pm"): ("clinical", 250)}
POST = Post(role="partner", organisation=Organisation(name="Elm Surgery"))
PERIOD = Period(POST, dt.date(2024, 4, 1), dt.date(2026, 4, 1), pattern_totals(Shape(WEEK), 250))


def timeline(sessions: float | None, one: float | None, three: float | None) -> Timeline:
    return Timeline(dt.date(2026, 11, 1), (PERIOD,), sessions, {1: one, 3: three})


def test_changes_are_said_in_sessions() -> None:
    assert timeline_sentences(timeline(6, -1.5, 1)) == [
        "Today: 6 sessions a week.",
        "Compared with a year ago: 1.5 sessions fewer.",
        "Compared with three years ago: 1 session more.",
    ]


def test_no_change_and_what_is_not_known_are_different_things() -> None:
    _, one, three = timeline_sentences(timeline(6, 0.01, None))
    assert one == "Compared with a year ago: as many."
    assert "not known" in three
    assert timeline_sentences(timeline(None, None, None))[0] == "No week is told for today."


def test_the_table_names_the_post_only_where_there_may_be_several() -> None:
    own = timeline_table(timeline(2, None, None), with_places=True)
    assert own.headers == ("When", "Post", "Sessions", "Hours", "FTE")
    assert own.rows == (
        (
            "1 April 2024 to 31 March 2026",
            "GP partner, Elm Surgery",
            "2",
            "8 hours 20 minutes",
            "0.22",
        ),
    )
    assert timeline_table(timeline(2, None, None), with_places=False).headers[1] == "Sessions"
