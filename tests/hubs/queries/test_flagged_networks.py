"""Flags rest on stored outlooks, wherever they are told."""

import json

import pytest
from django.core.cache import cache

from accounts.models import User
from hubs.queries.digest import digest_facts
from hubs.queries.flagged_networks import network_flags
from organisations.models import Organisation
from retention.actions.stored_outlooks import make_outlooks
from retention.models import StoredOutlook
from retention.queries import england
from retention.queries.england import yardstick
from retention.queries.place_figures import place_figures
from retention.queries.public_outlook import england_share
from tests.factories.accounts import RoleGrantFactory, UserFactory, actor
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Places:
    """A network in an England that is loaded, all outlooks stored."""
    monkeypatch.setattr(england, "COVERED_FROM", 1)
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    profile_of(add_practice(found), OLD)
    add_up()
    make_outlooks(month=JUNE)
    cache.clear()

    def refuse(*args: object, **given: object) -> None:
        raise AssertionError("a flag was worked out anew")

    monkeypatch.setattr("retention.queries.public_outlook.outlook_inputs", refuse)
    return found


def halve_what_retirement_takes(place: Organisation) -> None:
    row = StoredOutlook.objects.get(organisation=place, edition__staff_group="gp")
    *counts, horizons = row.figures
    figures = [[*each[:7], each[7] / 2, *each[8:]] for each in horizons]
    StoredOutlook.objects.filter(pk=row.pk).update(
        figures=json.loads(json.dumps([*counts, figures]))
    )


def lead(role: str, place: Organisation) -> User:
    user: User = UserFactory()
    RoleGrantFactory(user=user, role=role, organisation=place)
    return user


def test_every_door_tells_the_flag_of_what_is_stored(places: Places) -> None:
    halve_what_retirement_takes(places["country"])
    share = england_share(yardstick(JUNE), JUNE)
    (of_hub,) = network_flags(places["hub"], JUNE)
    (month,) = digest_facts(lead("network_lead", places["network"]))
    page = place_figures(actor("network_lead", places["network"]), places["network"])
    assert of_hub.flag
    # England is the one network here: what is stored of it was halved, and of the network not.
    assert of_hub.flag.ratio == pytest.approx(2)
    assert of_hub.flag.england == share
    assert of_hub.raised
    assert month.now
    assert of_hub.flag == month.now.flag == page.flag


def test_the_stored_share_is_the_one_that_is_added_up(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(england, "COVERED_FROM", 1)
    stored = england_share(yardstick(JUNE), JUNE)
    StoredOutlook.objects.all().delete()
    assert england_share(yardstick(JUNE), JUNE) == pytest.approx(stored, rel=1e-9)
