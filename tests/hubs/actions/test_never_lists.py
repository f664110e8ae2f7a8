"""A never list is replaced as a whole, and says nothing to anyone else."""

import pytest
from django.core.exceptions import ValidationError

from hubs.actions.never_lists import save_never_list
from hubs.models import NeverEntry
from hubs.queries.mentoring import never_list
from tests.factories.organisations import NetworkFactory
from tests.factories.retention import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_list_is_replaced() -> None:
    person, other = PersonFactory(), PersonFactory()
    save_never_list(person=other, lines=["kept@example.org"])
    save_never_list(person=person, lines=["a@example.org", "b@example.org"])
    save_never_list(person=person, lines=["b@example.org"])
    assert never_list(person) == ["b@example.org"]
    assert never_list(other) == ["kept@example.org"]


def test_an_empty_list_is_a_list() -> None:
    person = PersonFactory()
    save_never_list(person=person, lines=["a@example.org"])
    save_never_list(person=person, lines=["", "  "])
    assert not NeverEntry.objects.exists()


def test_only_a_practice_goes_by_its_code() -> None:
    network = NetworkFactory()
    with pytest.raises(ValidationError, match="code of a practice"):
        save_never_list(person=PersonFactory(), lines=[network.code])
