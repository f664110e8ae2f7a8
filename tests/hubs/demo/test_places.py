from itertools import combinations

import pytest

from hubs.demo.load import Demo
from hubs.demo.mentoring import km_between
from hubs.demo.places import GPS, GPS_BY_PRACTICE
from organisations.models.organisation import Kind
from organisations.models.sharing import SharedThing
from retention.imports import checks
from retention.imports.practice_map import PracticeMapRow

SHAPES = {
    Kind.REGION: checks.REGION,
    Kind.ICB: checks.ICB,
    Kind.SUB_ICB: checks.SUB_ICB,
    Kind.NETWORK: checks.NETWORK,
    Kind.PRACTICE: checks.PRACTICE,
}


def test_codes_have_the_shape_of_real_ones(made: Demo) -> None:
    for place in made.places.made:
        if place.kind in SHAPES:
            assert SHAPES[Kind(place.kind)].problem(place.code) == ""
    assert {checks.POSTCODE.problem(one.postcode) for one in made.places.practices} == {""}


@pytest.mark.real_data
def test_no_real_place_has_such_a_code(made: Demo, real_map: list[PracticeMapRow]) -> None:
    real = {
        code
        for row in real_map
        for code in (
            row.practice_code,
            row.pcn_code,
            row.sub_icb_code,
            row.icb_code,
            row.region_code,
        )
    }
    assert real.isdisjoint(place.code for place in made.places.made)


def test_no_post_goes_to_zz(made: Demo) -> None:
    assert all(practice.postcode.startswith("ZZ") for practice in made.places.practices)


def test_sizes_are_as_in_england(made: Demo) -> None:
    """England has 38,462 qualified permanent GPs in 6,139 practices."""
    assert GPS / len(made.places.practices) == pytest.approx(38_462 / 6_139, rel=0.1)
    assert sum(size < 5 for size in made.places.gps) >= 8
    assert all(5 <= len(sizes) <= 8 for sizes in GPS_BY_PRACTICE)


def test_networks_are_a_drive_apart_and_practices_a_walk(made: Demo) -> None:
    places = made.places
    near: list[float] = []
    far: list[float] = []
    for one, other in combinations(range(len(places.practices)), 2):
        km = km_between(places.districts[one], places.districts[other])
        (near if places.network_of[one] == places.network_of[other] else far).append(km)
    assert max(near + far) < 80
    assert sum(near) / len(near) < 10 < sum(far) / len(far)


def test_some_practices_share_and_some_do_not(made: Demo) -> None:
    outlook = {s.practice.code for s in made.places.sharing if s.thing == SharedThing.OUTLOOK}
    patterns = {s.practice.code for s in made.places.sharing if s.thing == SharedThing.PATTERNS}
    with_network = {
        s.practice.code
        for s in made.places.sharing
        if s.thing == SharedThing.PATTERNS and s.recipient.kind == Kind.NETWORK
    }
    codes = {practice.code for practice in made.places.practices}
    for network in range(8):
        of_network = {
            practice.code
            for practice, number in zip(made.places.practices, made.places.network_of, strict=True)
            if number == network
        }
        assert of_network & outlook
        assert len(of_network & patterns) >= 3
        assert of_network - patterns
        # Too few in the last network for a private outlook of its own.
        assert (len(of_network & with_network) >= 3) == (network < 7)
    assert codes - outlook


def test_the_hub_says_why_it_may_hold_what_it_holds(made: Demo) -> None:
    for agreement in made.places.agreements:
        assert agreement.notice_given_on is not None
        assert agreement.notice_given_on < agreement.starts_on
