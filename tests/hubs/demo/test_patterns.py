"""The kinds of weeks that a visitor finds in the manager's practice."""

import datetime as dt

from hubs.demo.accounts import HOME
from hubs.demo.load import make_demo
from retention.models.session_pattern import Basis, Rhythm, WeekInTurn

ON = dt.date(2026, 11, 20)


def test_one_week_alternates_one_is_of_term_time_one_by_the_year_and_somebody_is_away() -> None:
    demo = make_demo(ON)
    practice = demo.places.practices[HOME]
    patterns = [p for p in demo.records.patterns if p.post.organisation is practice]
    (two,) = [p for p in patterns if p.rhythm == Rhythm.ALTERNATE]
    turns = [cell.week for cell in demo.records.cells if cell.pattern is two]
    assert turns.count(WeekInTurn.B) == turns.count(WeekInTurn.A) - 1
    (term,) = [p for p in patterns if p.basis == Basis.TERM_TIME]
    (year,) = [p for p in patterns if p.basis == Basis.ANNUALISED]
    (leave,) = demo.absences
    assert leave.post.organisation is practice
    assert leave.starts_on <= ON
    assert leave.ends_on is not None
    assert leave.ends_on > ON
    people = [two.post.person, term.post.person, year.post.person, leave.post.person]
    assert len({person.public_id for person in people}) == 4
    assert {person.user for person in people} == {None}
    for pattern in (two, term, year):
        pattern.clean_fields(exclude=["post"])
