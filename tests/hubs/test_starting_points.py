"""What a draft may start from: terms that a draft has, and a source for each."""

import pytest

from hubs.actions.schemes import SCHEME_TERMS
from hubs.models import Scheme
from hubs.starting_points import STARTING_POINTS, StartingPoint, starting_point


@pytest.mark.parametrize("point", STARTING_POINTS, ids=lambda point: point.key)
def test_each_fills_in_what_a_draft_can_hold(point: StartingPoint) -> None:
    assert set(point.terms) <= set(SCHEME_TERMS)
    scheme = Scheme(**point.terms)
    scheme.clean_fields(exclude={f.name for f in Scheme._meta.fields} - set(point.terms))
    # A reason for years since qualification is the hub's own to write.
    assert "years_justification" not in point.terms
    assert point.source
    assert point.url.startswith("https://")


def test_one_is_found_by_its_key() -> None:
    assert len({point.key for point in STARTING_POINTS}) == len(STARTING_POINTS)
    assert [starting_point(point.key) for point in STARTING_POINTS] == list(STARTING_POINTS)
    assert starting_point("no such scheme") is None
