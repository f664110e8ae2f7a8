"""A never list is one for all forms: each window changes what was changed in it, nothing else."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hubs.actions.never_lists import LONGEST, NeverEdit, save_never_list
from hubs.models import NeverEntry
from hubs.queries.mentoring import never_list
from retention.models import Person
from tests.factories.organisations import NetworkFactory, PracticeFactory
from tests.factories.retention import PersonFactory

A, B, C = "a@example.org", "b@example.org", "c@example.org"


def save(person: Person, typed: list[str], seen: list[str]) -> None:
    save_never_list(person=person, edit=NeverEdit(tuple(typed), tuple(seen)))


@pytest.mark.django_db
def test_a_list_is_changed_as_it_was_seen() -> None:
    person, other = PersonFactory(), PersonFactory()
    save(other, ["kept@example.org"], [])
    save(person, [A, B], [])
    save(person, [B], [A, B])
    assert never_list(person) == [B]
    assert never_list(other) == ["kept@example.org"]


@pytest.mark.django_db
def test_two_windows_that_saw_the_same_list_both_count() -> None:
    person = PersonFactory()
    save(person, [A], [])
    save(person, [A, B], [A])  # one window adds B
    save(person, [C], [A])  # the other, opened before, takes A off and adds C
    assert never_list(person) == [B, C]


@pytest.mark.django_db
def test_what_another_window_took_off_is_not_brought_back_unasked() -> None:
    person = PersonFactory()
    save(person, [A, B], [])
    save(person, [B], [A, B])
    save(person, [A, B, C], [A, B])
    assert never_list(person) == [B, C]
    # Typed anew, it is wanted.
    save(person, [A, B, C], [B, C])
    assert set(never_list(person)) == {A, B, C}


@pytest.mark.django_db
def test_an_empty_list_is_a_list() -> None:
    person = PersonFactory()
    save(person, [A], [])
    save(person, ["", "  "], [A])
    assert not NeverEntry.objects.exists()


@pytest.mark.django_db
def test_capitals_and_spaces_make_no_other_line() -> None:
    practice = PracticeFactory(code="Y00077")
    person = PersonFactory()
    save(person, [A, "y00077"], [])
    save(person, [" A@Example.org", " Y00077 "], [A, practice.code])
    assert never_list(person) == [A, practice.code]
    save(person, [], ["A@EXAMPLE.ORG", "y00077"])
    assert never_list(person) == []


@pytest.mark.django_db
def test_only_a_practice_goes_by_its_code() -> None:
    network = NetworkFactory()
    with pytest.raises(ValidationError, match="code of a practice"):
        save(PersonFactory(), [network.code], [])


@pytest.mark.django_db
def test_a_merged_list_that_is_too_long_is_refused_and_nothing_is_lost() -> None:
    person = PersonFactory()
    save(person, [f"first{n}@example.org" for n in range(LONGEST)], [])
    with pytest.raises(ValidationError, match="Another window has added"):
        save(person, [A], [])
    assert len(never_list(person)) == LONGEST


LINES = st.lists(st.sampled_from([f"p{n}@example.org" for n in range(6)]), unique=True)


class AnyTwoWindows(TestCase):
    """Sets are the oracle: what both windows left alone, and what either asked for last."""

    @given(start=LINES, first=LINES, second=LINES)
    def test_nothing_is_lost(self, start: list[str], first: list[str], second: list[str]) -> None:
        person = PersonFactory()
        save(person, start, [])
        save(person, first, start)
        save(person, second, start)
        seen, one, two = set(start), set(first), set(second)
        added, removed = (one | two) - seen, (seen - one) | (seen - two)
        assert set(never_list(person)) == (seen | added) - removed


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_the_same_moment() -> None:
    person = PersonFactory()
    line = Barrier(2)

    def add(address: str) -> None:
        line.wait(timeout=20)
        try:
            with transaction.atomic():
                # As saving an offer or a request does.
                save(Person.objects.select_for_update().get(pk=person.pk), [address], [])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(add, (A, B)))
    assert set(never_list(person)) == {A, B}
