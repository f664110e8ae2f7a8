"""The names of a place: one that is today's."""

import pytest
from django.db import IntegrityError, transaction

from organisations.models import OrganisationName
from tests.factories.organisations import LONG_AGO, PracticeFactory

pytestmark = pytest.mark.django_db


def test_a_place_has_one_name_today_and_none_twice_from_the_same_day() -> None:
    place = PracticeFactory()
    later = LONG_AGO.replace(year=2024)
    OrganisationName.objects.create(
        organisation=place, name="Alder", starts_on=LONG_AGO, ends_on=later
    )
    OrganisationName.objects.create(organisation=place, name="Birch", starts_on=later)
    for day, ends_on in ((later.replace(year=2025), None), (LONG_AGO, later)):
        with pytest.raises(IntegrityError), transaction.atomic():
            OrganisationName.objects.create(
                organisation=place, name="Cedar", starts_on=day, ends_on=ends_on
            )
