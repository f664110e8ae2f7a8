"""A roster on its way in: what is kept of a file, its columns, who may, and asking again."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404

from accounts.actor import Actor
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.roster_runs import (
    drop_roster,
    name_columns,
    start_roster,
)
from retention.models import (
    Person,
    RosterMapping,
    RosterRun,
)
from tests.factories.accounts import actor
from tests.factories.organisations import AgreementFactory, PracticeFactory
from tests.factories.rosters import ANN, BOB, csv_of, roster_csv
from tests.retention.actions.roster_steps import loaded, uploaded

pytestmark = pytest.mark.django_db(transaction=True)
NI, BORN = "AB123456C", "03/05/1966"


def everything_stored() -> str:
    """Return all that the database holds as text, to look for what must not be there."""
    with connection.cursor() as cursor:
        texts = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (a table of ours)
            texts.append(str(cursor.fetchall()))
    return "".join(texts)


def test_ni_numbers_and_birth_dates_are_stored_nowhere(
    by: Actor, practice: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {**ANN, "NI_NUMBER": NI, "DATE_OF_BIRTH": BORN, "EMPLOYEE_NUMBER": NI}
    run = start_roster(
        by=by, practice=practice, name=f"{NI}.csv", data=roster_csv(row, {**BOB, "STAFF_ROLE": "?"})
    )
    run.refresh_from_db()
    loaded(by, run)
    assert Person.objects.get().year_of_birth == 1966
    stored = everything_stored() + capsys.readouterr().err
    assert NI not in stored
    assert BORN not in stored
    assert "1966-05" not in stored
    assert len(run.notes) == 3


def test_a_spreadsheet_of_ones_own_is_mapped_once(by: Actor, practice: Organisation) -> None:
    data = csv_of([["Clinician", "What", "Shoe"], ["Ann Able", "GP partner", "7"]])
    run = start_roster(by=by, practice=practice, name="rota.csv", data=data)
    assert (run.state, run.columns["Clinician"]) == ("columns", "NAME")
    with pytest.raises(ValidationError, match="holds the role"):
        name_columns(by=by, run=run, columns={"Clinician": "NAME"})
    name_columns(by=by, run=run, columns={"Clinician": "NAME", "What": "STAFF_ROLE"})
    run.refresh_from_db()
    assert (run.state, run.headers) == ("ready", ["Clinician", "What"])
    # What is not read is not kept either.
    assert run.rows == [[2, ["Ann Able", "GP partner"]]]
    again = csv_of([["What", "clinician ", "SHOE"], ["GP partner", "Bob", "8"]])
    second = start_roster(by=by, practice=practice, name="rota.csv", data=again)
    second.refresh_from_db()
    assert (second.state, second.report["rows"][0]["name"]) == ("ready", "Bob")
    third = start_roster(by=by, practice=practice, name="r", data=again, choose_columns=True)
    assert third.state == "columns"
    other = PracticeFactory()
    theirs = start_roster(by=actor("practice_manager", other), practice=other, name="r", data=again)
    assert theirs.state == "columns"
    assert RosterMapping.objects.count() == 1


def test_a_header_that_the_file_has_not_loses_no_column(by: Actor, practice: Organisation) -> None:
    data = csv_of([["Clinician", "What"], ["Ann Able", "GP partner"]])
    run = start_roster(by=by, practice=practice, name="rota.csv", data=data)
    with pytest.raises(ValidationError, match="no column “Wat”. Its columns are: Clinician, What"):
        name_columns(by=by, run=run, columns={"Clinician": "NAME", "Wat": "STAFF_ROLE"})
    run.refresh_from_db()
    assert (run.state, run.rows) == ("columns", [[2, ["Ann Able", "GP partner"]]])
    assert not RosterMapping.objects.exists()


@pytest.mark.parametrize("role", ["clinician", "network_lead", "hub_administrator"])
def test_only_the_practices_own_manager_uploads(practice: Organisation, role: str) -> None:
    for by in (actor(role, practice), actor("practice_manager", PracticeFactory())):
        with pytest.raises(Http404):
            uploaded(by, practice, ANN)


def test_a_file_that_cannot_be_read_is_refused_at_once(by: Actor, practice: Organisation) -> None:
    with pytest.raises(ValidationError, match="picture"):
        start_roster(by=by, practice=practice, name="a.csv", data=b"\x89PNG")
    assert RosterRun.objects.count() == 0


def test_agreement_and_notice_must_be_ones_that_can_be(by: Actor, practice: Organisation) -> None:
    foreign = AgreementFactory(purpose="Keeping posts and session patterns")
    with pytest.raises(ValidationError, match="in your area"):
        uploaded(by, practice, ANN, agreement=foreign, told_on=today())
    with pytest.raises(ValidationError, match="not later"):
        uploaded(by, practice, ANN, told_on=today() + dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="Choose the agreement"):
        uploaded(by, practice, ANN, told_on=today())


def test_what_was_not_loaded_can_be_removed_and_what_was_cannot(
    by: Actor, practice: Organisation
) -> None:
    run = uploaded(by, practice, ANN)
    done = loaded(by, uploaded(by, practice, BOB))
    for each in (run, done):
        drop_roster(by=by, run=each)
    assert list(RosterRun.objects.all()) == [done]
    assert json.dumps(done.report)
