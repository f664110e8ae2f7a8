"""What a roster would do to the record: row by row, before anything is done."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retention.imports.results import Rejection
from retention.imports.roster import RosterRow
from retention.models import Person, Post
from retention.queries.roster_changes import RowChanges
from retention.queries.roster_matching import Matcher, Refused
from retention.queries.roster_outcomes import Outcome, RowPlan, Terms
from retention.queries.roster_record import PracticeRecord

ASK_WHO = "Say who this is: the name is known here, and the row has no known number."
ASK_WHICH = "Say who this is: two people of yours have this registration number."


@dataclass
class RosterPlan:
    """A whole roster; `absent` are posts of the practice that the file does not name."""

    rows: list[RowPlan]
    absent: list[Post]

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each outcome."""
        counts = {outcome.value: 0 for outcome in Outcome}
        for row in self.rows:
            counts[row.outcome] += 1
        return counts

    def digest(self) -> str:
        """Return what stands for the plan: another digest means that the record has moved on."""
        told = [
            # A claim that came meanwhile changes nothing that was shown.
            (row.line, row.outcome, row.details, *row.known)
            for row in self.rows
        ]
        text = json.dumps([told, sorted(post.pk for post in self.absent)])
        return hashlib.sha256(text.encode()).hexdigest()


def make_plan(
    rows: Iterable[RosterRow],
    rejected: Sequence[Rejection],
    record: PracticeRecord,
    answers: Mapping[str, str],
    terms: Terms,
) -> RosterPlan:
    """Compare typed rows with the record; nothing is asked of the database."""
    matcher = Matcher(record, answers)
    plans = [_plan_row(row, matcher, record, terms) for row in rows]
    plans += [RowPlan(each.line, "", "", Outcome.REJECTED, reason=each.reason) for each in rejected]
    plans.sort(key=lambda plan: plan.line)
    named = {plan.post.pk for plan in plans if plan.post}
    # A post may also be absent because its row was rejected: the practice decides, nothing ends.
    absent = [post for post in record.visible if post.pk not in named and _lasts(post, terms.today)]
    return RosterPlan(plans, absent)


def _plan_row(row: RosterRow, matcher: Matcher, record: PracticeRecord, terms: Terms) -> RowPlan:
    plan = RowPlan(row.line, row.name, row.role, Outcome.UNCHANGED, row=row)
    try:
        match = matcher.match(row)
    except Refused as refused:
        plan.reject(str(refused))
        return plan
    if match.candidates:
        plan.outcome, plan.candidates = Outcome.ASK, match.candidates
        has_number = match.candidates[0].registration == row.registration != ""
        plan.reason = ASK_WHICH if has_number else ASK_WHO
        return plan
    changes = RowChanges(plan, row, record, terms)
    if person := match.person:
        plan.person, plan.is_claim = person, match.is_claim
        plan.post = _post_of(person, row, record, terms.today)
        changes.person(person)
    # Until a practice confirms it, a post that somebody named for themselves is news to it.
    if plan.post is None or plan.post.confirmed_on is None:
        changes.new_post()
    else:
        changes.known_post(plan.post)
    return plan


def _post_of(person: Person, row: RosterRow, record: PracticeRecord, today: dt.date) -> Post | None:
    """Return the post that a row means: the one that lasts, else the one that began that day.

    A hidden one is meant only while it is open: then a second one cannot be made beside it.
    """
    posts = [
        post
        for post in record.posts.get((person.pk, row.role), [])
        if post.pk not in record.hidden or post.ends_on is None
    ]
    # Of two open ones that would be the same, the practice knows the first.
    posts.sort(key=lambda post: post.pk in record.hidden)
    lasting = [post for post in posts if _lasts(post, today)]
    left = [
        post
        for post in posts
        if row.ends_on and row.ends_on <= today and post.pk not in record.hidden
        if post.ends_on == row.ends_on or post.starts_on == row.starts_on
    ]
    return next(iter([*lasting, *left]), None)


def _lasts(post: Post, today: dt.date) -> bool:
    return post.ends_on is None or post.ends_on > today
