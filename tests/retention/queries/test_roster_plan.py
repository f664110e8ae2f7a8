"""A whole roster beside the record: who is meant, what is absent, and what stands for it all."""

import datetime as dt

from retention.imports.results import Rejection
from retention.imports.roster import RosterRow
from retention.queries.roster_matching import SOMEONE_NEW
from retention.queries.roster_outcomes import Outcome, Terms
from retention.queries.roster_plan import RosterPlan, make_plan
from retention.queries.roster_record import PracticeRecord
from tests.retention.queries.roster_worlds import TODAY, person, post, record, row

DAY = dt.timedelta(days=1)


def plan(
    known: PracticeRecord,
    *rows: RosterRow,
    rejected: tuple[Rejection, ...] = (),
    answers: dict[str, str] | None = None,
) -> RosterPlan:
    return make_plan(rows, rejected, known, answers or {}, Terms(TODAY))


def test_rows_come_in_the_order_of_the_file_whatever_becomes_of_them() -> None:
    made = plan(record(), row(4), row(2, name="Bo Elm"), rejected=(Rejection(3, "No role."),))
    assert [(each.line, each.outcome) for each in made.rows] == [
        (2, Outcome.CREATED),
        (3, Outcome.REJECTED),
        (4, Outcome.CREATED),
    ]
    assert made.counts() == {
        "created": 2, "changed": 0, "ended": 0, "unchanged": 0, "ask": 0, "rejected": 1,
    }  # fmt: skip


def test_a_known_name_without_a_number_is_asked_about_and_an_answer_decides() -> None:
    someone = person()
    known = record(post(someone))
    (asked,) = plan(known, row()).rows
    assert (asked.outcome, asked.candidates, asked.post) == (Outcome.ASK, [someone], None)
    (same,) = plan(known, row(), answers={"2": str(someone.public_id)}).rows
    assert (same.outcome, same.person) == (Outcome.UNCHANGED, someone)
    (other,) = plan(known, row(), answers={"2": SOMEONE_NEW}).rows
    assert (other.outcome, other.person) == (Outcome.CREATED, None)


def test_a_row_of_another_practice_is_refused_with_its_reason() -> None:
    for code, words in (("Z90002", "take the row out"), ("Z99999", "There is no organisation")):
        (refused,) = plan(record(), row(org_code=code)).rows
        assert refused.outcome == Outcome.REJECTED
        assert words in refused.reason


def test_posts_that_last_and_are_not_named_are_absent() -> None:
    named, gone = person(registration="GMC 1"), person(3)
    left = post(named, ends_on=TODAY, pk=1, end_reason="other")
    lasting = post(named, pk=2, role="partner")
    lost = post(gone, pk=3, ends_on=TODAY + DAY)
    made = plan(record(left, lasting, lost), row(registration="GMC 1", role="partner"))
    assert made.absent == [lost]


def test_the_post_that_lasts_is_meant_before_the_one_that_ended() -> None:
    someone = person(registration="GMC 1")
    ended = post(someone, pk=1, ends_on=TODAY - DAY, end_reason="other")
    lasting = post(someone, pk=2, starts_on=TODAY - DAY)
    said = row(registration="GMC 1", ends_on=TODAY - DAY)
    assert plan(record(ended, lasting), said).rows[0].post == lasting
    # With no other, the row tells once more of the end that the record has.
    (again,) = plan(record(ended), said).rows
    assert (again.post, again.outcome) == (ended, Outcome.UNCHANGED)


def test_the_digest_moves_with_what_was_shown_and_with_nothing_else() -> None:
    someone = person(registration="GMC 1")

    def digest(*rows: RosterRow, posts: int = 1) -> str:
        found = [post(someone, pk=number + 1) for number in range(posts)]
        return plan(record(*found), *rows).digest()

    same = row(registration="GMC 1")
    assert digest(same) == digest(same)
    others = {
        digest(same),
        digest(),
        digest(row(registration="GMC 1", contracted_minutes=600)),
        digest(row(3, registration="GMC 1")),
        digest(same, posts=2),
    }
    assert len(others) == 5
