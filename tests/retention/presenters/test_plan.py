"""Plans in words."""

import datetime as dt

from retention.models import Person, PlanShare
from retention.presenters.plan import plan_rows, shared_plan_words
from retention.queries.plans import PlanContent, SharedPlan


def test_a_plan_says_when_and_what_instead() -> None:
    assert plan_rows(PlanContent(2031, ("remote", "talk"))) == [
        ("May retire", "Around 2031"),
        ("Would like instead", "Some work from home\nTo talk it over with someone first"),
    ]


def test_an_empty_plan_says_so() -> None:
    assert [value for _, value in plan_rows(PlanContent(None, ()))] == [
        "Not known",
        "Nothing chosen",
    ]


def test_a_shared_plan_says_for_how_long() -> None:
    share = PlanShare(ends_on=dt.date(2027, 5, 21))
    words = shared_plan_words(SharedPlan(share, Person(name="Dr Ada Birch"), PlanContent(None, ())))
    assert words.name == "Dr Ada Birch"
    assert words.rows[-1] == ("You can read this until", "21 May 2027")
