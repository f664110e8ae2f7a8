"""Kilometres between districts, by a sphere's formula."""

import numpy as np
import pytest

from hubs.queries.distances import distance_table
from tests.factories.retention import PostcodeDistrictFactory

pytestmark = pytest.mark.django_db


def test_a_known_distance() -> None:
    """Central London to central Manchester: about 262 km."""
    PostcodeDistrictFactory(code="EC1A", latitude=51.5203, longitude=-0.1000)
    PostcodeDistrictFactory(code="M1", latitude=53.4780, longitude=-2.2330)
    places, km = distance_table(["EC1A", "M1", "M1"])
    assert km[places["EC1A"], places["M1"]] == pytest.approx(261, abs=2)
    assert km[places["M1"], places["EC1A"]] == km[places["EC1A"], places["M1"]]
    assert km[places["M1"], places["M1"]] == 0


def test_what_is_not_known_is_far_from_everything() -> None:
    PostcodeDistrictFactory(code="ZZ1")
    places, km = distance_table(["", "ZZ1", "ZZ7"])
    for code in ("", "ZZ7"):
        assert np.isnan(km[places[code]]).all()


def test_nobody_gives_a_place() -> None:
    places, km = distance_table([])
    assert (places, km.shape) == ({}, (0, 0))
