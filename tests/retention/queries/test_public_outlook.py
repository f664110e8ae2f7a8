import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models.bands import NURSE_BANDS
from models.forecast import forecast
from models.standard_table import standard_table
from organisations.models import Organisation
from organisations.models.organisation import Kind
from retention.models import PublishedProfile
from retention.queries import outlook_inputs
from retention.queries.age_profile import known_ages
from retention.queries.public_outlook import (
    PublicOutlook,
    chance_levels,
    flag_of,
    public_outlook,
    public_outlooks,
)
from retention.reference.england import england_reference
from tests.factories.organisations import PracticeFactory, add_practice, area_of_one_practice
from tests.factories.published import (
    FTE_EACH,
    JUNE,
    OLD,
    SEVEN,
    add_up,
    all_bands,
    profile_of,
    staff_of,
)

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    """A network of two practices: seven GPs, and eight older ones."""
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    profile_of(add_practice(found), OLD)
    add_up()
    return found


def outlook_of(place: Organisation) -> PublicOutlook:
    found = public_outlook(place)
    assert found is not None
    return found


def test_outlook_is_the_forecast_of_each_practices_people(places: Places) -> None:
    people = [known_ages(all_bands(heads)) for heads in (SEVEN, OLD)]
    expected = forecast(people, [FTE_EACH * 9] * 2)
    found = outlook_of(places["network"])
    assert found.sessions_now == pytest.approx(15 * FTE_EACH * 9)
    assert (found.people, found.practices, found.practices_not_known) == (15, 2, 0)
    assert found.table_version == standard_table().version
    for years, horizon in found.horizons.items():
        wanted = expected[years]
        assert horizon.expected == pytest.approx(wanted.expected)
        assert (horizon.low80, horizon.high80) == (wanted.low80, wanted.high80)
        assert horizon.headcount_expected == pytest.approx(wanted.headcount_expected)
        assert horizon.retirement_expected == pytest.approx(wanted.retirement_expected)
        assert horizon.retirement_high80 == wanted.retirement_high80
        for level, chance in horizon.chances:
            assert chance == pytest.approx(wanted.chance_of_losing_at_least(level))


def test_as_at_is_the_last_day_of_the_month(places: Places) -> None:
    assert outlook_of(places["network"]).as_at == dt.date(2025, 6, 30)


def test_each_practice_keeps_its_own_sessions_a_head(places: Places) -> None:
    older = PublishedProfile.objects.get(organisation__kind=Kind.PRACTICE, headcount=all_bands(OLD))
    before = outlook_of(places["network"]).retirement_share()
    older.fte = 8.0
    older.save()
    add_up()
    after = outlook_of(places["network"]).retirement_share()
    assert before
    assert after
    # The older practice now works more of the sessions, so more of them are at risk.
    assert after.expected > before.expected


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_practice_has_an_outlook_from_five_gps(people: int, shown: bool) -> None:
    practice = area_of_one_practice()["practice"]
    profile_of(practice, {"60to64": people})
    add_up()
    assert (public_outlook(practice) is not None) is shown


def test_people_of_unknown_age_count_for_the_limit_of_a_practice() -> None:
    practice = area_of_one_practice()["practice"]
    profile_of(practice, {"60to64": 4, "unknown": 1})
    assert outlook_of(practice).age_not_known == 1


def test_network_of_fewer_than_five_has_an_outlook() -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], {"60to64": 2})
    add_up()
    assert outlook_of(places["network"]).people == 2


def test_practices_whose_figures_are_not_known_are_left_out_and_counted(places: Places) -> None:
    before = outlook_of(places["network"])
    profile_of(add_practice(places), None)
    add_up()
    after = outlook_of(places["network"])
    assert after.practices_not_known == 1
    assert after.practices == before.practices
    assert after.horizons == before.horizons


def test_fte_without_people_is_not_known_rather_than_lost(places: Places) -> None:
    odd = profile_of(add_practice(places), {})
    odd.fte = 3.0
    odd.save()
    add_up()
    found = outlook_of(places["network"])
    assert found.practices_not_known == 1
    assert found.sessions_now == pytest.approx(15 * FTE_EACH * 9)


def test_practice_without_gps_counts_as_known_and_changes_nothing(places: Places) -> None:
    before = outlook_of(places["network"])
    profile_of(add_practice(places), {})
    add_up()
    after = outlook_of(places["network"])
    assert (after.practices, after.practices_not_known) == (before.practices + 1, 0)
    assert after.horizons == before.horizons


def test_place_without_figures_has_none() -> None:
    places = area_of_one_practice()
    assert public_outlook(places["network"]) is None
    profile_of(places["practice"], None)
    add_up()
    assert public_outlook(places["network"]) is None
    assert public_outlook(places["practice"]) is None


def test_network_without_practices_has_none(places: Places) -> None:
    empty = Organisation.objects.create(kind=Kind.NETWORK, code="U99999", name="Empty PCN")
    assert public_outlooks([empty], JUNE) == {}


def test_unknown_ages_are_spread_as_the_practices_known_ones() -> None:
    known, mixed = PracticeFactory(), PracticeFactory()
    profile_of(known, {"40to44": 6, "60to64": 3})
    profile_of(mixed, {"40to44": 4, "60to64": 2, "unknown": 3})
    expected = outlook_of(known).horizons[3].retirement_expected
    assert outlook_of(mixed).horizons[3].retirement_expected == pytest.approx(expected)


def test_practice_that_knows_no_age_is_taken_to_be_as_its_network() -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], OLD)
    profile_of(add_practice(places), {"unknown": 8})
    add_up()
    alone = outlook_of(places["practice"]).horizons[3].retirement_expected
    both = outlook_of(places["network"]).horizons[3].retirement_expected
    assert both == pytest.approx(2 * alone)


def test_place_that_knows_no_age_at_all_is_taken_to_be_as_england() -> None:
    practice = area_of_one_practice()["practice"]
    profile_of(practice, {"unknown": 10})
    share = outlook_of(practice).retirement_share()
    assert share
    assert share.expected == pytest.approx(0.087, abs=0.005)


def test_month_may_be_chosen_and_the_newest_is_taken(places: Places) -> None:
    july = dt.date(2025, 7, 1)
    profile_of(places["practice"], OLD, month=july)
    add_up(july)
    assert outlook_of(places["practice"]).as_at == dt.date(2025, 7, 31)
    earlier = public_outlook(places["practice"], JUNE)
    assert earlier
    assert earlier.people == 7


def test_other_staff_have_an_outlook_by_their_own_table(places: Places) -> None:
    staff_of(places["practice"], "nurses", {"55to59": 6})
    found = public_outlook(places["practice"], staff_group="nurses")
    assert found
    table = standard_table("nurses")
    (chances,) = table.band_incidence([5], NURSE_BANDS[7:8])
    assert NURSE_BANDS[7].code == "55TO59"
    assert (found.staff_group, found.table_version) == ("nurses", table.version)
    assert found.sessions_now == pytest.approx(6 * FTE_EACH * 9)
    # Six people alike: each leaves with the table's chance, and takes 0.7 FTE along.
    leaves = float(chances[0].sum())
    assert found.horizons[5].headcount_expected == pytest.approx(6 * leaves)
    assert found.horizons[5].expected == pytest.approx(6 * leaves * FTE_EACH * 9)
    # Chances are told of whole full-time equivalents.
    assert [level for level, _ in found.horizons[5].chances] == [9, 18, 27, 36]


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_the_limit_holds_for_each_staff_group(places: Places, people: int, shown: bool) -> None:
    staff_of(places["practice"], "admin", {"55to59": people})
    assert (public_outlook(places["practice"], staff_group="admin") is not None) is shown
    assert public_outlook(places["practice"]) is not None


def test_staff_whose_age_nobody_knows_are_as_old_as_nurses(places: Places) -> None:
    staff_of(places["practice"], "dpc", {"unknown": 10})
    found = public_outlook(places["practice"], staff_group="dpc")
    nurses = known_ages(england_reference().groups["nurses"].headcount_by_band, NURSE_BANDS)
    chances = standard_table("dpc").band_incidence([1], NURSE_BANDS)[:, 0].sum(axis=-1)
    assert found
    expected = 10 * float(nurses @ chances / nurses.sum())
    assert found.horizons[1].headcount_expected == pytest.approx(expected)


def test_outlook_is_made_once_and_again_when_figures_change(places: Places) -> None:
    first = outlook_of(places["network"])
    with CaptureQueriesContext(connection) as captured:
        assert public_outlook(places["network"], JUNE) == first
    assert len(captured) == 3  # What is stored, the newest figures' number, and the cache.
    profile_of(add_practice(places), OLD)
    add_up()
    assert outlook_of(places["network"]).people == 23


def test_outlook_does_not_depend_on_the_order_of_practices(places: Places) -> None:
    first = outlook_of(places["network"])
    cache.clear()
    reordered = public_outlooks([places["icb"], places["network"]], JUNE)
    assert reordered[places["network"].pk] == first


def test_queries_do_not_grow_with_practices(places: Places) -> None:
    def count() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            public_outlooks([places["network"], places["icb"]], JUNE)
        return len(captured)

    few = count()
    for _ in range(6):
        profile_of(add_practice(places), SEVEN)
    add_up()
    assert count() == few


def test_areas_add_their_practices_up(places: Places) -> None:
    found = public_outlooks([places[kind] for kind in ("icb", "region", "hub")], JUNE)
    assert {outlook.people for outlook in found.values()} == {15}
    assert len(found) == 3


def test_two_practices_are_not_england(places: Places) -> None:
    assert public_outlook(places["country"]) is None


@pytest.mark.parametrize(("kind", "flagged"), [("network", True), ("icb", True)])
def test_network_and_icb_are_compared_with_england(
    places: Places, kind: str, flagged: bool
) -> None:
    flag = flag_of(places[kind], outlook_of(places[kind]), england=0.08)
    assert flag is not None
    assert flag.raised is flagged
    assert flag.place.low80 <= flag.place.expected <= flag.place.high80


@pytest.mark.parametrize("kind", ["practice", "sub_icb", "region", "hub"])
def test_other_places_are_never_flagged(places: Places, kind: str) -> None:
    assert flag_of(places[kind], outlook_of(places[kind]), england=0.001) is None


def test_nothing_to_lose_is_no_flag(places: Places) -> None:
    PublishedProfile.objects.update(fte=0.0)
    cache.clear()
    outlook = outlook_of(places["network"])
    assert outlook.retirement_share() is None
    assert flag_of(places["network"], outlook, england=0.08) is None
    assert flag_of(places["network"], None, england=0.08) is None


@pytest.mark.parametrize(
    ("sessions", "levels"),
    [
        (0, (1, 2, 3, 4)),
        (38.5, (5, 10, 15, 20)),
        (198, (20, 40, 60, 80)),
        (226_000, (20_000, 40_000, 60_000, 80_000)),
    ],
)
def test_chances_are_told_of_round_numbers(sessions: float, levels: tuple[int, ...]) -> None:
    assert chance_levels(sessions) == levels


def test_large_places_are_read_in_another_way_to_the_same_end(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = outlook_of(places["network"])
    cache.clear()
    # Someone elsewhere must not slip in when every practice of the month is read.
    elsewhere = area_of_one_practice()["practice"]
    profile_of(elsewhere, OLD)
    monkeypatch.setattr(outlook_inputs, "_NAMED_UP_TO", 0)
    assert outlook_of(places["network"]) == named
