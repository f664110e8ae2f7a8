"""Writes a planned roster into the record: all of its good rows, or nothing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.many_posts import (
    NewWeek,
    add_people,
    add_posts,
    add_weeks,
    change,
    standing_weeks,
)
from retention.actions.posts import close_post
from retention.actions.roster_journal import Journal
from retention.models import Person, Post, SessionPattern
from retention.models.post import DEFAULT_SESSION_MINUTES
from retention.queries.roster_outcomes import Outcome, RowPlan
from retention.queries.roster_plan import RosterPlan
from retention.queries.roster_record import name_key
from retention.queries.roster_weeks import in_minutes

WHY = "By a roster that the practice loaded"
_DONE = (Outcome.CREATED, Outcome.CHANGED, Outcome.ENDED)


def apply_plan(
    *, by: Actor, practice: Organisation, plan: RosterPlan, endings: dict[str, Any]
) -> list[dict[str, Any]]:
    """Write a plan; call it in a transaction that holds the practice. Returns the journal.

    `endings` names the posts that are not in the file and end all the same: public ids under
    "posts", with "ends_on" (the first day without them) and "reason".
    """
    # Rows that ask or were rejected write nothing, and are handed back to be mended.
    journal = Journal()
    rows = [row for row in plan.rows if row.outcome in _DONE]
    # In this order: posts need their people, weeks their posts, and an end cuts weeks short.
    _write_people(rows, journal)
    _write_posts(rows, practice, journal)
    _write_weeks(rows, journal)
    _audit(by, rows)
    for row in rows:
        # An end in the record was given by somebody, with a reason: a file does not move it.
        if row.row and row.post and row.row.ends_on and row.post.ends_on is None:
            _end(by, row.post, row.row.ends_on, row.row.end_reason, journal)
    chosen = set(endings.get("posts", ()))
    for post in plan.absent:
        if str(post.public_id) in chosen:
            ends_on = dt.date.fromisoformat(endings["ends_on"])
            _end(by, post, ends_on, endings["reason"], journal)
    return journal.entries()


def _write_people(rows: Sequence[RowPlan], journal: Journal) -> None:
    """Add who is new, once for all of their rows, and change what the practice may change."""
    new: dict[str, Person] = {}
    changed: dict[int, Person] = {}
    names: set[str] = set()
    for plan in rows:
        if plan.person is None:
            person = new.setdefault(_key(plan), _new_person(plan))
            plan.person = person
        elif plan.person_values:
            journal.watch("person", plan.person, plan.person.pk)
            known = changed.setdefault(plan.person.pk, plan.person)
            known.version += 1  # A page that the person has open says something else by now.
            for name, value in plan.person_values.items():
                setattr(known, name, value)
            names |= {"version", *plan.person_values}
    add_people(list(new.values()))
    change(list(changed.values()), names)
    for person in new.values():
        journal.made("person", person, person.pk)


def _key(plan: RowPlan) -> str:
    row = plan.row
    assert row is not None  # a row that is done was read
    # As rows were matched: two rows of one new person, in two roles, make one person.
    return row.registration or row.staff_reference.casefold() or f"name {name_key(row.name)}"


def _new_person(plan: RowPlan) -> Person:
    row = plan.row
    assert row is not None  # a row that is done was read
    return Person(
        name=row.name,
        profession=row.profession,
        registration=row.registration,
        year_of_birth=row.year_of_birth,
        age_band=row.age_band,
        age_band_on=today() if row.age_band else None,
    )


def _write_posts(rows: Sequence[RowPlan], practice: Organisation, journal: Journal) -> None:
    made: list[Post] = []
    changed: list[Post] = []
    names: set[str] = set()
    for plan in rows:
        assert plan.person is not None  # written before
        plan.is_claim = False  # From now on the practice knows them.
        # None is an empty cell, which takes nothing away from a post that its person began.
        values = {name: value for name, value in plan.post_values.items() if value is not None}
        if plan.post is None:
            values.setdefault("session_minutes", DEFAULT_SESSION_MINUTES)
            plan.post = Post(
                person=plan.person,
                organisation=practice,
                role=plan.role,
                confirmed_on=today(),
                **values,
            )
            made.append(plan.post)
            continue
        journal.watch("post", plan.post, plan.person.pk)
        if plan.post.confirmed_on is None:
            # Said by the person before; the roster is the practice's word for it.
            values["confirmed_on"] = today()
        if values:
            for name, value in values.items():
                setattr(plan.post, name, value)
            changed.append(plan.post)
            names |= set(values)
    add_posts(made)
    change(changed, names)
    for post in made:
        journal.made("post", post, post.person_id)


def _write_weeks(rows: Sequence[RowPlan], journal: Journal) -> None:
    weeks = [
        NewWeek(plan.post, in_minutes(plan.row.week, plan.post.session_minutes), plan.week_from)
        for plan in rows
        if plan.post and plan.row and plan.row.week is not None and plan.week_from
    ]
    people = {week.post.pk: week.post.person_id for week in weeks}
    for pattern in standing_weeks(weeks):
        journal.watch("pattern", pattern, people[pattern.post_id])
    for pattern in add_weeks(weeks):
        journal.made("pattern", pattern, people[pattern.post_id])


def _end(by: Actor, post: Post, ends_on: dt.date, reason: str, journal: Journal) -> None:
    """End a post by the rules of ending one, and note what hung on it."""
    journal.watch("post", post, post.person_id)
    for pattern in SessionPattern.objects.filter(post=post, told_at__isnull=False):
        journal.watch("pattern", pattern, post.person_id)
    # Not by end_post, which takes a far day for a slip of the hand: a file is typed with care, and
    # its load would be refused over and over.
    ended = close_post(post=post, ends_on=max(ends_on, post.starts_on), reason=reason)
    thing = f"post:{ended.public_id}"
    audit.record(by=by, act=Act.ENDED_POST, subject=ended.person.subject_id, thing=thing)


def _audit(by: Actor, rows: Sequence[RowPlan]) -> None:
    for act, outcomes in (
        (Act.ADDED_POST, (Outcome.CREATED,)),
        (Act.CHANGED_POST, (Outcome.CHANGED, Outcome.ENDED)),
    ):
        items = [
            (row.person.subject_id, f"post:{row.post.public_id}")
            for row in rows
            if row.outcome in outcomes and row.person and row.post
        ]
        audit.record_many(by=by, act=act, items=items, why=WHY)
