"""Puts the record back to what it was before a roster was loaded, person by person."""

from collections import defaultdict
from typing import Any

from django.db.models import Model

from accounts import audit
from accounts.actor import Actor
from accounts.models import Subject
from accounts.models.audit_event import Act
from retention.actions.roster_journal import MODELS, put_back, records, state_of
from retention.models import Absence, Person, Post, SessionPattern

WHY = "A roster was undone"
# What is made last goes first.
_ORDER = ("pattern", "post", "person")

Entry = dict[str, Any]


def undo_journal(*, by: Actor, entries: list[Entry]) -> tuple[int, list[str]]:
    """Undo what can be undone; returns of how many people, and the names of the others.

    All that the load did to a person is undone, or nothing of it: where anything has changed since,
    what somebody did after the load stays. Call it in a transaction that holds the practice.
    """
    found = {
        kind: records(kind, [e["pk"] for e in entries if e["kind"] == kind]) for kind in MODELS
    }
    of_person: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_person[entry["person"]].append(entry)
    hanging = _hanging(entries)
    undone = {
        person: parts
        for person, parts in of_person.items()
        if person not in hanging and all(_is_as_left(part, found) for part in parts)
    }
    _audit(by, undone, found)
    _put_back([part for parts in undone.values() for part in parts], found)
    kept = Person.objects.filter(pk__in=set(of_person) - set(undone)).values_list("name", flat=True)
    return len(undone), sorted(kept)


def _is_as_left(entry: Entry, found: dict[str, dict[int, Model]]) -> bool:
    record = found[entry["kind"]].get(entry["pk"])
    return record is not None and state_of(record) == entry["after"]


def _hanging(entries: list[Entry]) -> set[int]:
    """Return the people for whom something new hangs on what the load made.

    A draft is none of it: that there is one is not for the practice to learn.
    """
    made = {
        kind: {entry["pk"] for entry in entries if entry["kind"] == kind and not entry["before"]}
        for kind in MODELS
    }
    patterns = SessionPattern.objects.filter(post__in=made["post"], told_at__isnull=False)
    patterns = patterns.exclude(pk__in=made["pattern"])
    posts = Post.objects.filter(person__in=made["person"]).exclude(pk__in=made["post"])
    return {
        *patterns.values_list("post__person", flat=True),
        *Absence.objects.filter(post__in=made["post"]).values_list("post__person", flat=True),
        *posts.values_list("person", flat=True),
    }


def _put_back(entries: list[Entry], found: dict[str, dict[int, Model]]) -> None:
    for kind in _ORDER:
        of_kind = [entry for entry in entries if entry["kind"] == kind]
        # The week made goes before the one that it ended opens again: one is open at a time.
        made = [found[kind][entry["pk"]] for entry in of_kind if entry["before"] is None]
        _delete_made(MODELS[kind], _without_drafts(made) if kind == "post" else made)
        changed = [entry for entry in of_kind if entry["before"] is not None]
        if changed:
            _restore(MODELS[kind], changed, found[kind])


def _delete_made(model: type[Model], made: list[Model]) -> None:
    """Delete what the load made, and the audit's key to people whom nothing else knows."""
    subjects = [
        record.subject_id
        for record in made
        if isinstance(record, Person) and record.user_id is None
    ]
    model._default_manager.filter(pk__in=[record.pk for record in made]).delete()
    # The rows of the audit stay; without the key nobody knows whom they were about.
    Subject.objects.filter(pk__in=subjects, user__isnull=True, person__isnull=True).delete()


def _restore(model: type[Model], entries: list[Entry], records: dict[int, Model]) -> None:
    for entry in entries:
        put_back(records[entry["pk"]], entry["before"])
    # Only what the load changed is written: anything else may be newer than the journal.
    differs = _changed_fields(entries)
    names = [each.name for each in model._meta.concrete_fields if each.attname in differs]
    changed = [records[entry["pk"]] for entry in entries]
    model._default_manager.bulk_update(changed, names, batch_size=200)


def _without_drafts(made: list[Model]) -> list[Model]:
    """Return the posts to delete; one with a draft is from now on its person's alone.

    As if they had said themselves that they work here, which the practice does not see either.
    """
    drafts = SessionPattern.objects.filter(
        post__in=[post.pk for post in made], told_at__isnull=True
    )
    kept = set(drafts.values_list("post", flat=True))
    Post.objects.filter(pk__in=kept).update(
        confirmed_on=None,
        agreement=None,
        told_on=None,
        waits=False,
        staff_reference="",
        contracted_minutes=None,
    )
    return [post for post in made if post.pk not in kept]


def _changed_fields(entries: list[Entry]) -> set[str]:
    """Return the fields that any of the entries changed."""
    return {
        name
        for entry in entries
        for name, value in entry["before"].items()
        if entry["after"].get(name) != value
    }


def _audit(by: Actor, undone: dict[int, list[Entry]], found: dict[str, dict[int, Model]]) -> None:
    people = Person.objects.in_bulk(list(undone))
    items = [
        (people[person].subject_id, f"post:{found['post'][part['pk']].public_id}")  # type: ignore[attr-defined]  # a post
        for person, parts in undone.items()
        for part in parts
        if part["kind"] == "post"
    ]
    audit.record_many(by=by, act=Act.CHANGED_POST, items=items, why=WHY)
