import datetime as dt
from unittest import mock

import numpy as np
import pytest
from django.core.cache import cache

from accounts.actor import Actor
from models.forecast import forecast
from models.joiners import joiners
from models.scenarios import FewerSessions, LessLeaving, Place, RetireLater, compare
from organisations.clock import today
from organisations.models import Link, Organisation
from retention.queries.age_profile import known_ages
from retention.queries.ahead import YEARS, Ahead, Assumptions, ahead, closable
from retention.queries.places_within import practices_within
from tests.factories.accounts import actor
from tests.factories.organisations import (
    LinkFactory,
    SharingFactory,
    add_practice,
    area_of_one_practice,
)
from tests.factories.published import FTE_EACH, JUNE, OLD, SEVEN, add_up, all_bands, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
PEOPLE = np.array([known_ages(all_bands(heads)) for heads in (SEVEN, OLD)])
HEADS = np.full(2, FTE_EACH * 9)
MAY = dt.date(2025, 5, 1)


@pytest.fixture
def places() -> Places:
    """A network of two practices: seven GPs, and eight older ones."""
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    found["older"] = add_practice(found)
    profile_of(found["older"], OLD)
    add_up()
    return found


def ahead_of(place: Organisation, **given: object) -> Ahead:
    found = ahead(place, JUNE, Assumptions(**given))  # type: ignore[arg-type]  # any of them
    assert found
    return found


@pytest.mark.parametrize("kind", ["network", "icb", "sub_icb", "hub", "country"])
def test_years_ahead_are_the_forecast_turned_round(
    places: Places, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retention.queries.england.COVERED_FROM", 1)
    found = ahead_of(places[kind])
    wanted = forecast(PEOPLE, HEADS, years=YEARS)
    assert found.now == pytest.approx(15 * FTE_EACH * 9)
    assert found.under is None
    assert found.patients == 18_000
    assert [year.years for year in found.without] == list(range(1, 11))
    for year in found.without:
        assert year.expected == pytest.approx(found.now - wanted[year.years].expected)
        assert year.high80 == pytest.approx(found.now - wanted[year.years].low80)


def test_joiners_are_those_of_the_places_trainees(places: Places) -> None:
    found = ahead_of(places["network"])
    assert found.joiners == tuple(joiners(4, YEARS).values())


def test_assumptions_are_put_together(places: Places) -> None:
    found = ahead_of(places["network"], retire=-2, fewer=10, scheme=20)
    changes = compare(
        Place(PEOPLE, HEADS),
        RetireLater(-2),
        FewerSessions(0.1),
        LessLeaving(0.2, from_age=None),
        years=YEARS,
    )
    assert found.under
    assert found.at_once == pytest.approx(found.now / 10)
    for year in found.under:
        under = changes[year.years].under
        assert year.expected == pytest.approx(under.sessions_now - under.expected)
        # On a lattice of tenths: the record's hours differ from ours in their last bits.
        assert year.low80 == pytest.approx(under.sessions_now - under.high80, abs=0.1)
    # What drives the loss is told as it is, whatever is assumed.
    assert found.drivers == ahead_of(places["network"]).drivers


def test_a_scheme_is_a_range_around_its_own_figure(places: Places) -> None:
    found = ahead_of(places["network"], scheme=20)
    assert found.under
    assert found.scheme_range
    low, high = found.scheme_range
    assert found.without[-1].expected < low < found.under[-1].expected < high
    ten = ahead_of(places["network"], scheme=10).under
    assert ten
    assert low == pytest.approx(ten[-1].expected)
    assert ahead_of(places["network"], fewer=10).scheme_range is None


@pytest.mark.parametrize(("staying", "at_once"), [(0, 7), (50, 3.5), (100, 0)])
def test_a_practice_closes_and_a_part_stays(places: Places, staying: int, at_once: float) -> None:
    found = ahead_of(places["network"], closes=places["practice"].code, staying=staying)
    assert found.at_once == pytest.approx(at_once * FTE_EACH * 9)


def test_a_practice_of_another_network_cannot_close(places: Places) -> None:
    other = area_of_one_practice()["practice"]
    profile_of(other, OLD)
    with pytest.raises(ValueError, match="not among"):
        ahead(places["network"], JUNE, Assumptions(closes=other.code))


def test_a_practice_has_years_ahead_of_its_own(places: Places) -> None:
    found = ahead_of(places["older"])
    wanted = forecast(PEOPLE[1:], HEADS[1:], years=YEARS)
    for year in found.without:
        assert year.expected == pytest.approx(found.now - wanted[year.years].expected)


def test_a_practice_tells_no_part_of_fewer_than_five_people(places: Places) -> None:
    # Seven and eight GPs make one group of five, and nothing to set beside it.
    assert ahead_of(places["practice"]).drivers == ()
    large = add_practice(places)
    profile_of(large, {"35to39": 4, "40to44": 2, "50to54": 1, "60to64": 6})
    drivers = ahead_of(large).drivers
    assert [(group.band.label, group.people) for group in drivers] == [
        ("50 to 64", 7),
        ("35 to 44", 6),
    ]


def test_a_practice_under_the_limit_has_none(places: Places) -> None:
    small = add_practice(places)
    profile_of(small, {"60to64": 4})
    assert ahead(small, JUNE) is None


def test_regions_have_no_years_ahead(places: Places) -> None:
    with pytest.raises(ValueError, match="kind of place"):
        ahead(places["region"], JUNE)


def test_place_without_figures_has_none() -> None:
    assert ahead(area_of_one_practice()["network"], JUNE) is None


def test_drivers_add_up_to_the_expected_loss(places: Places) -> None:
    found = ahead_of(places["network"])
    lost = found.now - found.without[2].expected
    assert sum(group.expected for group in found.drivers) == pytest.approx(lost)
    assert sum(group.share or 0 for group in found.drivers) == pytest.approx(1)
    assert found.drivers[0].band.label == "60 to 64"


def test_change_is_split_into_sessions_and_ages(places: Places) -> None:
    profile_of(places["practice"], SEVEN, month=MAY)
    profile_of(places["older"], SEVEN, month=MAY)
    add_up(MAY)
    cache.clear()
    change = ahead_of(places["network"]).change
    assert change
    assert change.since == MAY
    assert change.sessions == pytest.approx(FTE_EACH * 9)
    assert change.by_sessions + change.by_ages == pytest.approx(change.expected)
    assert change.by_ages > change.by_sessions > 0
    then = forecast(PEOPLE[[0, 0]], HEADS, years=[3])[3].expected
    now = forecast(PEOPLE, HEADS, years=[3])[3].expected
    assert change.expected == pytest.approx(now - then)


def test_first_month_has_no_change(places: Places) -> None:
    assert ahead_of(places["network"]).change is None


def test_result_is_kept_until_figures_change(places: Places) -> None:
    before = ahead_of(places["network"])
    with mock.patch("retention.queries.ahead._made", side_effect=AssertionError):
        assert ahead_of(places["network"]) == before
    profile_of(add_practice(places), SEVEN)
    add_up()
    assert ahead_of(places["network"]).now > before.now


def test_only_practices_whose_outlook_is_readable_may_close(places: Places) -> None:
    """Else the network with and without a practice would tell a practice's outlook."""
    profile_of(add_practice(places), {"60to64": 4})
    add_up()

    def choices(by: Actor) -> list[str]:
        rows = practices_within(by, places["network"], JUNE, today())
        return [row.place.code for row in closable(places["network"], JUNE, rows)]

    lead = actor("network_lead", places["network"])
    assert choices(lead) == []
    SharingFactory(practice=places["older"], recipient=places["network"])
    assert choices(lead) == [places["older"].code]
    hub = choices(actor("hub_retention_lead", places["hub"]))
    assert sorted(hub) == sorted([places["practice"].code, places["older"].code])
    # A month before the first map counts whom the map shows, and so can do without them.
    Link.objects.filter(child=places["older"]).update(starts_on=dt.date(2025, 8, 1))
    assert choices(lead) == [places["older"].code]
    # Who came from elsewhere after the month is not in its figures.
    LinkFactory(child=places["older"], ends_on=dt.date(2025, 8, 1))
    assert choices(lead) == []
