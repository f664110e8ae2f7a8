"""A network's cover through the API: the page's bands, for those who work there."""

import datetime as dt

import pytest

from organisations.queries.agreements import KEEPING_POSTS
from tests.factories.api import caller
from tests.factories.organisations import (
    AgreementFactory,
    SharingFactory,
    add_practice,
    area_of_one_practice,
)
from tests.factories.retention import PostFactory, SessionCellFactory, SessionPatternFactory

pytestmark = pytest.mark.django_db
LONG_AGO = dt.datetime(2021, 4, 1, tzinfo=dt.UTC)


def test_bands_of_each_half_day_for_who_works_in_the_network() -> None:
    places = area_of_one_practice()
    AgreementFactory(hub=places["hub"], purpose=KEEPING_POSTS, notice_given_on=LONG_AGO.date())
    for practice in (places["practice"], add_practice(places), add_practice(places)):
        SharingFactory(practice=practice, recipient=places["network"], thing="patterns")
        for _ in range(6):
            post = PostFactory(organisation=practice)
            SessionCellFactory(pattern=SessionPatternFactory(post=post, told_at=LONG_AGO))
    path = f"/api/v1/networks/{places['network'].code}/cover"
    found = caller("practice_manager", places["practice"]).get(path).json()
    half_days = {(one["weekday"], one["part"]): one for one in found["half_days"]}
    assert len(half_days) == 18
    monday = half_days[0, "am"]
    assert (monday["value"], monday["up_to"], monday["withheld"]) == (16, 23, False)
    tuesday = half_days[1, "am"]
    assert (tuesday["value"], tuesday["up_to"], tuesday["withheld"]) == (None, None, True)
    # Practices share with their network: a hub is another recipient.
    assert caller("hub_retention_lead", places["hub"]).get(path).status_code == 404
    assert caller("clinician", area_of_one_practice()["practice"]).get(path).status_code == 404
