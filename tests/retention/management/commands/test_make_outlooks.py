"""The make_outlooks command says of each month what it did."""

import io

import pytest
from django.core.management import call_command

from retention.models import OutlookEdition
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import JUNE, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db


def told(*options: str) -> str:
    out = io.StringIO()
    call_command("make_outlooks", *options, stdout=out)
    return out.getvalue().strip()


def test_without_figures_there_is_nothing_to_store() -> None:
    assert told() == "No workforce figures are loaded."


def test_a_month_is_stored_once() -> None:
    profile_of(area_of_one_practice()["practice"], SEVEN)
    add_up()
    assert told() == f"{JUNE:%B %Y}: stored for 1 staff group."
    assert told() == f"{JUNE:%B %Y}: nothing to do."
    assert OutlookEdition.objects.count() == 1
