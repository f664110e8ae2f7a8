"""Agreements: their days, their basis, and that their hub cannot go."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from organisations.models import Agreement
from tests.factories.organisations import AgreementFactory

pytestmark = pytest.mark.django_db
START, END = dt.date(2026, 4, 1), dt.date(2027, 4, 1)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "is_in_force"), [(START - DAY, False), (START, True), (END - DAY, True), (END, False)]
)
def test_it_is_in_force_until_the_first_day_without_it(day: dt.date, is_in_force: bool) -> None:
    AgreementFactory(starts_on=START, ends_on=END)
    assert Agreement.objects.as_at(day).exists() == is_in_force


@pytest.mark.parametrize("wrong", [{"lawful_basis": "6(1)(d)"}, {"ends_on": dt.date(1999, 1, 1)}])
def test_the_database_refuses_a_basis_or_a_period_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        AgreementFactory(**wrong)


def test_on_what_ground_data_was_kept_stays_known() -> None:
    agreement = AgreementFactory()
    with pytest.raises(ProtectedError):
        agreement.hub.delete()
