"""Profiles of places: as printed, beside others, and never more than is known."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from organisations.models import Link, Organisation
from retention.models import PublishedProfile
from retention.models.published_count import StaffGroup
from retention.queries.place_profile import place_profile
from retention.reference.england import AS_AT, england_reference
from tests.factories.organisations import PracticeFactory, add_practice, area_of_one_practice
from tests.factories.published import (
    JUNE,
    OLD,
    SEVEN,
    PublishedProfileFactory,
    add_up,
    profile_of,
)

pytestmark = pytest.mark.django_db
MAY = dt.date(2025, 5, 1)
ROLES = {
    "ptnr_prov": [3, 2.4],
    "sen_ptnr": [1, 1.0],
    "ret": [1, 0.4],
    "trn_gr_st3": [2, 1.6],
    "reg_st3_4": [1, 1.0],
    "locum_abs": [1, 0.2],
    "sal_by_prac": [2, 1.1],
    "brand_new": [1, 0.5],
}


@pytest.fixture
def places() -> dict[str, Organisation]:
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    profile_of(found["practice"], OLD, MAY)
    PublishedProfile.objects.filter(month=JUNE).update(by_role=ROLES)
    profile_of(add_practice(found), OLD)
    add_up()
    add_up(MAY)
    return found


def test_a_practice_is_shown_as_printed(places: dict[str, Organisation]) -> None:
    profile = place_profile(places["practice"])
    figures = profile.figures
    assert figures
    assert (profile.month, profile.months) == (JUNE, [JUNE, MAY])
    assert (figures.people, figures.age_unknown, figures.trainees) == (7, 0, 2)
    assert figures.fte == pytest.approx(4.9)
    assert figures.sessions == pytest.approx(44.1)
    assert figures.share_older == pytest.approx(2 / 7)
    assert figures.share_oldest == pytest.approx(1 / 7)
    assert figures.patients_per_fte == pytest.approx(9_000 / 4.9)
    assert sum(share or 0 for share in figures.band_shares) == pytest.approx(1)
    assert [band.people for band in figures.bands] == [0, 1, 2, 2, 0, 0, 1, 1, 0, 0]


def test_roles_add_up_to_contracts(places: dict[str, Organisation]) -> None:
    figures = place_profile(places["practice"]).figures
    assert figures
    assert {row.name: row.people for row in figures.contracts} == {
        "Partners": 4,
        "Salaried": 2,
        "Retainers": 1,
        "Locums": 1,
        "In training": 3,
    }
    assert [row.fte for row in figures.contracts] == pytest.approx([3.4, 1.1, 0.4, 0.2, 2.6])
    # In the order of the file, a role of an earlier edition after those of today, a new one last.
    assert [row.name for row in figures.roles][-2:] == ["Registrar, ST3 or ST4", "brand_new"]
    assert figures.roles[0].name == "Senior partner"


def test_an_earlier_month_is_given_when_asked_for(places: dict[str, Organisation]) -> None:
    figures = place_profile(places["practice"], month=MAY).figures
    assert figures
    assert (figures.as_at, figures.people) == (dt.date(2025, 5, 31), 8)
    # A month that is not loaded gives the newest.
    assert place_profile(places["practice"], month=dt.date(2019, 3, 1)).month == JUNE


def test_places_beside_it_come_in_the_order_asked_for_and_england_last(
    places: dict[str, Organisation],
) -> None:
    lost = PracticeFactory(name="No figures")
    profile = place_profile(
        places["practice"],
        compare=[places["icb"], places["network"], lost, places["country"]],
    )
    names = [one.code for one in profile.compared]
    assert names == [places["icb"].code, places["network"].code, "ENG"]
    assert profile.missing == (lost,)
    assert profile.compared[0].people == 15
    england = profile.compared[-1]
    # Two loaded practices are no England: the printed one stands.
    assert (england.as_at, england.people) == (AS_AT, england_reference().groups["gp"].headcount)
    assert (england.practices, england.patients, england.contracts) == (None, None, ())


def test_england_is_the_loaded_one_where_it_is_whole(
    places: dict[str, Organisation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retention.queries.place_profile.COVERED_FROM", 2)
    assert place_profile(places["practice"]).compared[-1].people == 15
    # It is not compared with itself.
    assert place_profile(places["country"]).compared == ()


def test_patients_of_unknown_practices_are_left_out(places: dict[str, Organisation]) -> None:
    network = places["network"]
    before = place_profile(network).figures
    profile_of(add_practice(places), None)
    add_up()
    after = place_profile(network).figures
    assert before
    assert after
    assert (after.practices, after.practices_known) == (3, 2)
    assert (before.patients, after.patients) == (18_000, 27_000)
    assert after.patients_per_fte == before.patients_per_fte == pytest.approx(18_000 / 10.5)


def test_they_are_left_out_of_months_before_the_hub_and_any_map(
    places: dict[str, Organisation],
) -> None:
    profile_of(add_practice(places), None)
    Link.objects.update(starts_on=dt.date(2026, 1, 1))
    add_up()
    for name in ("hub", "icb", "network"):
        figures = place_profile(places[name]).figures
        assert figures
        assert figures.patients_per_fte == pytest.approx(18_000 / 10.5), name


def test_patients_for_each_fte_are_not_known_where_the_unknown_cannot_be_found(
    places: dict[str, Organisation],
) -> None:
    PublishedProfile.objects.filter(organisation=places["network"]).update(practices_not_known=3)
    figures = place_profile(places["network"]).figures
    assert figures
    assert figures.patients_per_fte is None


def test_a_practice_without_valid_figures_is_not_known() -> None:
    practice = PracticeFactory()
    profile_of(practice, None)
    figures = place_profile(practice).figures
    assert figures
    assert not figures.is_known
    assert (figures.people, figures.share_older, figures.age_unknown) == (None, None, None)
    assert figures.patients_per_fte is None
    assert set(figures.band_shares) == {None}


def test_nothing_loaded_is_said_and_not_invented() -> None:
    profile = place_profile(PracticeFactory(), staff_group=StaffGroup.NURSES)
    assert (profile.month, profile.figures, profile.compared, profile.trend) == (None, None, (), ())


def test_other_staff_have_no_printed_england() -> None:
    practice = PracticeFactory()
    bands = {"under25": 1, "25to29": 1, "60to64": 2}
    PublishedProfileFactory(
        organisation=practice, staff_group="admin", headcount=bands, by_role={"recept": [4, 2.0]}
    )
    profile = place_profile(practice, staff_group=StaffGroup.ADMIN)
    assert profile.figures
    assert profile.compared == ()
    assert (profile.figures.contracts, profile.figures.roles[0].name) == ((), "Receptionist")
    assert profile.figures.share_oldest == 0.5


def test_queries_do_not_grow_with_practices_or_months(
    places: dict[str, Organisation], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        profile_of(add_practice(places), SEVEN)
    add_up()
    with django_assert_num_queries(2):
        place_profile(places["network"], compare=[places["icb"]])
