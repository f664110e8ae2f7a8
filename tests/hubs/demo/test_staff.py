import datetime as dt
from collections import Counter

import pytest

from hubs.demo.load import Demo
from hubs.demo.names import Names
from hubs.demo.places import GPS, Places, make_places
from hubs.demo.seed import stream
from hubs.demo.staff import LOCUMS, NURSES, Colleague, make_staff
from hubs.demo.turnover import history_months
from models.standard_table import standard_table
from organisations.models import Organisation
from retention.models.person import Profession
from retention.models.post import PostRole
from retention.reference.england import england_reference

FROM_55 = ("55to59", "60to64", "65to69", "70plus")


@pytest.fixture(scope="module")
def places() -> Places:
    return make_places(Organisation(code="ENG", kind="country", name="England"))


@pytest.fixture(scope="module")
def staff(places: Places, made_on: dt.date) -> list[Colleague]:
    return make_staff(places, Names(stream("names")), made_on, history_months(made_on)[0])


@pytest.fixture(scope="module")
def permanent(staff: list[Colleague]) -> list[Colleague]:
    gps = [one for one in staff if one.profession == Profession.GP]
    return [one for one in gps if one.role != PostRole.LOCUM]


def test_350_gps_and_150_nurses(staff: list[Colleague], permanent: list[Colleague]) -> None:
    assert len(permanent) == GPS == 340
    assert Counter(one.profession for one in staff) == {
        Profession.GP: GPS + LOCUMS,
        Profession.NURSE: NURSES,
    }


@pytest.mark.parametrize("group", ["gp", "nurses"])
def test_ages_are_those_of_england(
    staff: list[Colleague], permanent: list[Colleague], made_on: dt.date, group: str
) -> None:
    nurses = [one for one in staff if one.profession == Profession.NURSE]
    here = permanent if group == "gp" else nurses
    bands = Counter(one.band_on(made_on) for one in here)
    england = england_reference().groups[group].headcount_by_band
    everyone = sum(england.values())
    for band, people in england.items():
        assert bands[band] == pytest.approx(people / everyone * len(here), abs=1.01)
    older = sum(bands[band] for band in FROM_55) / len(here)
    assert older == pytest.approx(sum(england[band] for band in FROM_55) / everyone, abs=0.01)


def test_sexes_and_roles_are_those_of_england(permanent: list[Colleague]) -> None:
    women = sum(one.sex == "female" for one in permanent)
    partners = sum(one.role == PostRole.PARTNER for one in permanent)
    assert women / len(permanent) == pytest.approx(22_511 / 38_234, abs=0.06)
    assert partners / len(permanent) == pytest.approx(18_009 / 38_462, abs=0.06)


def test_every_practice_has_a_partner_and_its_gps(
    places: Places, permanent: list[Colleague]
) -> None:
    sizes = Counter(one.practice for one in permanent)
    assert [sizes[practice] for practice in range(50)] == places.gps
    with_partner = {one.practice for one in permanent if one.role == PostRole.PARTNER}
    assert with_partner == set(range(50))


def test_the_first_network_is_the_one_to_worry_about(
    places: Places, permanent: list[Colleague], made_on: dt.date
) -> None:
    """At least 1.25 times the share expected to retire within three years, and not everywhere."""
    table = standard_table()
    retiring = [float(table.incidence(one.age_on(made_on), [3])[0, 0]) for one in permanent]
    everywhere = sum(retiring) / len(retiring)
    ratios = []
    for network in range(8):
        here = [
            chance
            for one, chance in zip(permanent, retiring, strict=True)
            if places.network_of[one.practice] == network
        ]
        ratios.append(sum(here) / len(here) / everywhere)
    assert ratios[0] > 1.4
    assert sum(ratio >= 1.25 for ratio in ratios) <= 2


def test_nobody_works_before_they_could(staff: list[Colleague], made_on: dt.date) -> None:
    for one in staff:
        assert one.age_on(one.starts_on) >= (28 if one.profession == Profession.GP else 21)
        assert one.starts_on < made_on
        assert one.qualified_year is not None
        assert one.qualified_year <= one.starts_on.year


def test_an_age_that_is_not_known_is_in_no_record(made: Demo) -> None:
    without = [person for person in made.records.people.values() if person.year_of_birth is None]
    assert 5 <= len(without) <= 12


def test_a_band_moves_on_with_the_years(staff: list[Colleague], made_on: dt.date) -> None:
    one = next(one for one in staff if one.band_on(made_on) == "50to54")
    assert one.band_on(made_on + dt.timedelta(days=5 * 366)) == "55to59"
