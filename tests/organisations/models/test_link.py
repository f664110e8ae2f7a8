"""Links between places: how many of a kind at a time."""

import pytest
from django.db import IntegrityError

from organisations.models.link import LinkKind
from tests.factories.organisations import (
    LONG_AGO,
    HubFactory,
    IcbFactory,
    LinkFactory,
    NetworkFactory,
    PracticeFactory,
)

pytestmark = pytest.mark.django_db


def test_a_practice_is_in_one_network_at_a_time_and_may_have_been_in_others() -> None:
    practice = PracticeFactory()
    LinkFactory(child=practice, parent=NetworkFactory(), ends_on=LONG_AGO)
    LinkFactory(child=practice, parent=NetworkFactory())
    with pytest.raises(IntegrityError):
        LinkFactory(child=practice, parent=NetworkFactory())


def test_two_hubs_may_share_an_icb() -> None:
    icb = IcbFactory()
    for _ in range(2):
        LinkFactory(kind=LinkKind.ICB_HUB, child=icb, parent=HubFactory())
    assert icb.parent_links.count() == 2


def test_a_link_of_no_known_kind_is_refused() -> None:
    with pytest.raises(IntegrityError):
        LinkFactory(kind="neighbour")
