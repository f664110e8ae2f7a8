"""Makes rosters on their way in, and the files that they come from."""

import csv
import io
from collections.abc import Mapping, Sequence

import factory
from factory.django import DjangoModelFactory

from retention.models import RosterRun
from retention.models.roster_run import RosterState
from tests.factories.organisations import PracticeFactory

ANN = {
    "NAME": "Dr Ann Able",
    "STAFF_ROLE": "GP partner",
    "REGISTRATION_NUMBER": "1234567",
    "CONTRACTED_SESSION": "6",
    "START_DATE_CONTRACT": "2020-04-01",
}
BOB = {
    "NAME": "Dr Bob Baker",
    "STAFF_ROLE": "Salaried GP",
    "EMPLOYEE_NUMBER": "E-17",
    "CONTRACTED_HOURS": "25",
    "START_DATE_CONTRACT": "01/09/2021",
    "MON_AM": "clinical",
    "WED_PM": "admin 200",
}


def roster_csv(*rows: Mapping[str, str]) -> bytes:
    """Return rows as a CSV file, with every column that any of them has."""
    columns: list[str] = list(dict.fromkeys(column for row in rows for column in row))
    return csv_of([columns, *([row.get(column, "") for column in columns] for row in rows)])


def csv_of(lines: Sequence[Sequence[str]]) -> bytes:
    """Return lines of cells as a CSV file."""
    file = io.StringIO()
    csv.writer(file).writerows(lines)
    return file.getvalue().encode()


class RosterRunFactory(DjangoModelFactory[RosterRun]):
    """A checked roster that would change nothing."""

    class Meta:
        model = RosterRun

    practice = factory.SubFactory(PracticeFactory)
    file_name = "staff.csv"
    headers = ["NAME", "STAFF_ROLE"]
    rows = [[2, ["Dr Ann Able", "GP partner"]]]
    columns = {"NAME": "NAME", "STAFF_ROLE": "STAFF_ROLE"}
    state = RosterState.READY
    total = 1
