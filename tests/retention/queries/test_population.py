import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions.place_changes import close_place
from accounts.actor import Actor
from organisations.clock import today
from organisations.models import Organisation
from retention.queries.population import (
    AGE_GROUPS,
    Population,
    england_published,
    grouped,
    population,
)
from retention.queries.rurality import ListRurality
from retention.reference.england_population import PATIENTS_ON
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import (
    JUNE,
    SEVEN,
    DeprivationFactory,
    PracticeRuralityFactory,
    PublishedReleaseFactory,
    RegisteredPatientsFactory,
    add_up,
    profile_of,
)

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
KINDS = ["practice", "network", "sub_icb", "icb", "region", "country", "hub"]


@pytest.fixture
def places() -> Places:
    """Two practices: 400 patients with a score of 10, 1,200 with a score of 50."""
    found = area_of_one_practice()
    found["second"] = add_practice(found)
    RegisteredPatientsFactory(practice=found["practice"], each=10)
    RegisteredPatientsFactory(practice=found["second"], each=30)
    DeprivationFactory(practice=found["practice"], score=10)
    DeprivationFactory(practice=found["second"], score=50)
    profile_of(found["practice"], SEVEN)
    profile_of(found["second"], SEVEN)
    add_up()
    return found


def of(place: Organisation, as_at: dt.date | None = None) -> Population:
    return population(place, JUNE, as_at or today())


def test_groups_hold_each_of_the_files_ages_once() -> None:
    ages = list(range(20))
    parts = [ages[group] for group in AGE_GROUPS.values()]
    assert [age for part in parts for age in part] == ages
    assert grouped([[1] * 20, [10] * 20]) == (33, 66, 44, 22, 22, 33)
    assert grouped([range(20)]) == (3, 33, 42, 27, 31, 54)


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_adds_up_its_practices(places: Places, kind: str) -> None:
    found = of(places[kind])
    practices = 1 if kind == "practice" else 2
    each = 10 if kind == "practice" else 40
    assert found.patients
    assert found.patients.total == each * 40
    assert (
        found.patients.women
        == found.patients.men
        == (3 * each, 6 * each, 4 * each, 2 * each, 2 * each, 3 * each)
    )
    assert (found.patients.practices, found.patients.not_known) == (practices, 0)
    assert found.patients.month == JUNE
    assert found.behind
    assert found.behind.patients == 9_000 * practices
    assert found.behind.sessions == pytest.approx(44.1 * practices)
    assert found.deprivation
    # 400 patients at 10 and 1,200 at 50.
    assert found.deprivation.score == pytest.approx(10 if kind == "practice" else 40)


def test_practices_without_figures_are_counted_and_not_taken_for_zero(places: Places) -> None:
    profile_of(add_practice(places), None)
    bare = profile_of(add_practice(places), SEVEN)
    bare.patients = None
    bare.save()
    cache.clear()
    found = of(places["network"])
    assert found.patients
    assert found.deprivation
    assert found.behind
    assert (found.patients.practices, found.patients.not_known) == (2, 2)
    assert (found.deprivation.practices, found.deprivation.not_known) == (2, 2)
    assert (found.behind.practices, found.behind.not_known) == (2, 2)
    assert found.behind.patients == 18_000


def test_how_rural_a_place_is_goes_by_the_same_lists(places: Places) -> None:
    PracticeRuralityFactory(practice=places["practice"], rural=True)
    PracticeRuralityFactory(practice=places["second"], rural=False)
    found = of(places["network"]).rurality
    # 400 patients of 1,600.
    assert found == ListRurality(year=2025, share=0.25, practices=2, not_known=0)
    assert of(places["practice"]).rurality == ListRurality(2025, 1.0, 1, 0)


def test_a_practice_that_closes_today_is_not_counted_from_today(places: Places) -> None:
    """What was kept of the place this morning says nothing of this afternoon."""
    before = of(places["network"]).patients
    close_place(by=Actor.command("test"), place=places["second"], on=today())
    after = of(places["network"]).patients
    assert before
    assert after
    assert (before.practices, after.practices) == (2, 1)


def test_nothing_loaded_is_none() -> None:
    places = area_of_one_practice()
    assert of(places["network"]) == Population(None, None, None, None)
    assert population(places["network"], None, today()) == Population(None, None, None, None)


def test_a_practice_needs_no_list_for_its_own_score(places: Places) -> None:
    alone = add_practice(places)
    DeprivationFactory(practice=alone, score=33.5)
    found = of(alone)
    assert found.deprivation
    assert (found.deprivation.score, found.deprivation.practices) == (33.5, 1)


def test_without_the_patients_file_the_workforce_files_lists_weigh(places: Places) -> None:
    practice = area_of_one_practice()
    second = add_practice(practice)
    for one, score, patients in ((practice["practice"], 10, 3_000), (second, 50, 1_000)):
        DeprivationFactory(practice=one, score=score)
        profile = profile_of(one, SEVEN)
        profile.patients = patients
        profile.save()
    found = of(practice["network"])
    assert found.patients is None
    assert found.deprivation
    assert found.deprivation.score == pytest.approx(20)


def test_scores_without_any_list_make_no_mean() -> None:
    places = area_of_one_practice()
    for practice in (places["practice"], add_practice(places)):
        DeprivationFactory(practice=practice)
    assert of(places["network"]).deprivation is None


def test_the_day_decides_which_figures_are_known(places: Places) -> None:
    RegisteredPatientsFactory(practice=places["practice"], each=20, month=dt.date(2025, 9, 1))
    DeprivationFactory(practice=places["practice"], score=11, year=2019)
    before, then = dt.date(2024, 12, 31), dt.date(2025, 8, 31)
    assert of(places["practice"], dt.date(2018, 1, 1)) == Population(
        None, None, None, of(places["practice"]).behind
    )
    old = of(places["practice"], before)
    assert old.patients is None
    assert old.deprivation
    assert old.deprivation.year == 2019
    found = of(places["practice"], then)
    assert found.patients
    assert found.patients.total == 400
    assert found.deprivation
    assert found.deprivation.year == 2025
    later = of(places["practice"])
    assert later.patients
    assert later.patients.total == 800


def test_a_network_of_a_mixed_month_counts_the_newest_alone(places: Places) -> None:
    """Two months are never added: who moved would be in both."""
    RegisteredPatientsFactory(practice=places["second"], each=20, month=dt.date(2025, 9, 1))
    found = of(places["network"]).patients
    assert found
    assert (found.total, found.practices, found.not_known) == (800, 1, 1)


def test_an_edition_without_published_fifths_has_none(places: Places) -> None:
    DeprivationFactory(practice=places["practice"], score=11, year=2019)
    found = of(places["practice"], dt.date(2024, 12, 31)).deprivation
    assert found
    assert (found.year, found.fifth, found.most_deprived) == (2019, None, None)


def test_published_shares_are_of_everyone() -> None:
    assert sum(england_published()) == pytest.approx(1)
    # 19% of England's patients are 65 and over.
    assert sum(england_published()[3:]) == pytest.approx(0.185, abs=0.01)


def test_england_is_as_published_until_it_is_loaded(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = of(places["network"])
    assert found.patients
    assert found.patients.england == england_published()
    assert found.patients.england_on == PATIENTS_ON
    # A mean of 40 is in the most deprived of the published fifths, which begins at 33.
    assert found.deprivation
    assert found.deprivation.fifth == 5
    monkeypatch.setattr("retention.queries.population.COVERED_FROM", 2)
    cache.clear()
    found = of(places["network"])
    assert found.patients
    assert found.patients.england == pytest.approx((0.15, 0.3, 0.2, 0.1, 0.1, 0.15))
    assert found.patients.england_on == JUNE
    # Fifths of scores 10 and 50 begin at 18, 26, 34 and 42: the mean 40 is in the fourth.
    assert found.deprivation
    assert found.deprivation.fifth == 4
    assert found.deprivation.most_deprived == pytest.approx(0.75)
    practice = of(places["practice"]).deprivation
    assert practice
    assert (practice.fifth, practice.most_deprived) == (1, 0)


def test_a_new_file_is_seen_at_once(places: Places) -> None:
    assert of(places["practice"]).deprivation
    release = PublishedReleaseFactory()
    RegisteredPatientsFactory(
        practice=places["practice"], month=dt.date(2025, 7, 1), each=11, release=release
    )
    found = of(places["practice"]).patients
    assert found
    assert found.total == 440


def test_queries_do_not_grow_with_practices(places: Places) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            of(places["network"])
        return len(captured)

    few = queries()
    for _ in range(4):
        practice = add_practice(places)
        RegisteredPatientsFactory(practice=practice)
        DeprivationFactory(practice=practice)
        profile_of(practice, SEVEN)
    assert queries() == few
