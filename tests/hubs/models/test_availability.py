"""When and where somebody can meet: in the order of the week, and never what could not be."""

import pytest
from django.core.exceptions import ValidationError

from hubs.models import MentorOffer
from hubs.models.availability import HALF_DAYS
from tests.factories.hubs import MentorOfferFactory, districts

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer() -> MentorOffer:
    districts()
    made: MentorOffer = MentorOfferFactory()
    return made


def test_half_days_are_those_of_a_week_with_saturday() -> None:
    assert len(HALF_DAYS) == 18
    assert next(iter(HALF_DAYS)) == "0am"
    assert HALF_DAYS["2pm"] == "Wednesday afternoon"


def test_codes_are_put_in_order_each_once(offer: MentorOffer) -> None:
    offer.half_days, offer.interests = ["3am", "0am", "3am"], ["teaching", "career"]
    offer.clean()
    assert (offer.half_days, offer.interests) == (["0am", "3am"], ["career", "teaching"])


@pytest.mark.parametrize("half_days", [["9am"], "0am", [["0am"]], None])
def test_what_is_no_list_of_half_days_is_refused(offer: MentorOffer, half_days: object) -> None:
    offer.half_days = half_days
    with pytest.raises(ValidationError, match="from the lists"):
        offer.clean()


def test_a_district_is_read_as_people_type_it_and_must_be_known(offer: MentorOffer) -> None:
    offer.district = " zz1 "
    offer.clean()
    assert offer.district == "ZZ1"
    offer.district = "ZZ7"
    with pytest.raises(ValidationError, match="ZZ7 is not a postcode district"):
        offer.clean()


@pytest.mark.parametrize(("missing", "words"), [("district", "Enter a post"), ("half_days", "day")])
def test_who_does_not_meet_remotely_says_where_and_when(
    offer: MentorOffer, missing: str, words: str
) -> None:
    offer.remote, offer.district = False, "ZZ1"
    offer.clean()
    setattr(offer, missing, type(getattr(offer, missing))())
    with pytest.raises(ValidationError, match=words) as problem:
        offer.clean()
    assert list(problem.value.message_dict) == [missing]
    offer.remote = True
    offer.clean()
