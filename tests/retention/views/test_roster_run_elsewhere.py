"""Whether a registration number is held elsewhere: no door of a roster answers it, to the byte."""

import json
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actor import Actor
from organisations.models import Organisation
from retention.actions.roster_after import undo_roster
from retention.models import RosterRun
from tests.factories.accounts import actor
from tests.factories.api import caller
from tests.factories.organisations import area_of_one_practice
from tests.factories.retention import PersonFactory, PostFactory, RegisteredPersonFactory
from tests.factories.rosters import ANN, BOB
from tests.retention.actions.roster_steps import loaded, outcomes, uploaded

pytestmark = pytest.mark.django_db(transaction=True)

CAT = {"NAME": "Cat Cole", "STAFF_ROLE": "nurse", "REGISTRATION_NUMBER": "22A2222E"}
# Somebody new, a name that is known here, a reference that is known here, and a row too many.
ROWS = (
    ANN,
    CAT,
    {**BOB, "REGISTRATION_NUMBER": "3333333"},
    {**ANN, "NAME": "Ann Once More"},
)
NUMBERS = ("GMC 1234567", "NMC 22A2222E", "GMC 3333333")
# Of each request and each upload, and of nobody: random ids, tokens, and keys of the database.
RANDOM = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?i:csrf\w+)" ?(: ?|value=)"\w+"')


@pytest.fixture
def practice() -> Organisation:
    """Make a practice that knows Cat by name and Bob by its own reference, without numbers."""
    practice = area_of_one_practice()["practice"]
    PostFactory(organisation=practice, person=PersonFactory(name="Cat Cole"), role="nurse")
    bob = PersonFactory(name=BOB["NAME"])
    PostFactory(organisation=practice, person=bob, role="salaried", staff_reference="E-17")
    return practice


@pytest.fixture
def by(practice: Organisation) -> Actor:
    return actor("practice_manager", practice)


def held_by_nobody() -> None:
    pass


def held_elsewhere() -> None:
    """Two by people whom only another practice lists, one by somebody with an account."""
    for number in NUMBERS[1:]:
        PostFactory(person=PersonFactory(registration=number))
    PostFactory(person=RegisteredPersonFactory(registration=NUMBERS[0]))


def seen(by: Actor, practice: Organisation) -> Iterator[str]:
    """Upload, look, load and look again; yield all that a manager can read on the way."""
    page, program = Client(), caller("practice_manager", practice)
    assert by.user is not None
    page.force_login(by.user)
    run = uploaded(by, practice, *ROWS)
    yield json.dumps({**run.report, "digest": ""})
    yield from _doors(page, program, run)
    yield loaded(by, run).state
    yield from _doors(page, program, run)
    yield page.get(reverse("practice-people", args=[practice.code])).content.decode()
    # Next month's file says the same, but for a name.
    again = uploaded(by, practice, {**ANN, "NAME": "Dr Ann Abler"}, *ROWS[1:3])
    yield str(outcomes(again))
    yield from _doors(page, program, again)


def _doors(page: Client, program: Client, run: RosterRun) -> Iterator[str]:
    for client, address in (
        (page, reverse("roster", args=[run.public_id])),
        (page, reverse("roster-rejected", args=[run.public_id])),
        (program, f"/api/v1/rosters/{run.public_id}"),
        (program, f"/api/v1/rosters/{run.public_id}/rejected.csv"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        yield answer.content.decode()


def test_every_answer_is_the_same_wherever_the_numbers_are_held(
    by: Actor, practice: Organisation
) -> None:
    answers = []
    for held in (held_by_nobody, held_elsewhere):
        held()
        answers.append([RANDOM.sub("", text) for text in seen(by, practice)])
        undo_roster(by=by, run=RosterRun.objects.get(state="loaded"))
        RosterRun.objects.all().delete()
    nowhere, elsewhere = answers
    assert elsewhere == nowhere
