import datetime as dt

import pytest

from hubs.demo.former import CHANGES, Change
from hubs.demo.load import Demo
from hubs.demo.patients import PracticeList, patient_cells
from models.fifths import fifth_of
from retention.reference.england_population import DEPRIVATION_EDGES, PATIENTS


def share_from_65(one: PracticeList) -> float:
    older = sum(weight for (_, age), weight in one.weights.items() if age >= 13)
    return older / sum(one.weights.values())


def test_printed_bands_are_the_five_year_ages_added_up(made: Demo, made_on: dt.date) -> None:
    one = made.lists[0]
    by_age = one.by_age_on(made_on, made_on)
    cells = patient_cells(by_age)
    assert cells["total_patients"] == sum(map(sum, by_age.values())) == one.patients
    bands = [n or 0 for name, n in cells.items() if "_patients_" in name]
    assert sum(bands) == one.patients
    assert cells["female_patients_85plus"] == sum(by_age["female"][17:])
    assert (cells["total_male"] or 0) + (cells["total_female"] or 0) == one.patients


def test_places_are_older_and_younger_than_england(made: Demo) -> None:
    older = sum(sum(counts[13:]) for counts in PATIENTS.values())
    england = older / sum(map(sum, PATIENTS.values()))
    shares = [share_from_65(one) for one in made.lists]
    assert min(shares) < 0.8 * england
    assert max(shares) > 1.3 * england


def test_every_fifth_of_england_is_there(made: Demo) -> None:
    edges = DEPRIVATION_EDGES[2025]
    assert {fifth_of(one.score, edges) for one in made.lists} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.code)
def test_patients_of_a_practice_that_is_gone_went_to_another(
    made: Demo, made_on: dt.date, change: Change
) -> None:
    gone = next(each for each in made.lists if each.code == change.code)
    into = made.lists[change.into]
    day = made.months[change.month]
    before = day - dt.timedelta(days=1)
    both = into.patients_on(before, made_on) + gone.patients_on(before, made_on)
    assert both == pytest.approx(into.patients_on(day, made_on), rel=0.001)


def test_lists_grow(made: Demo, made_on: dt.date) -> None:
    one = made.lists[0]
    assert one.patients_on(made.months[0], made_on) < one.patients_on(made_on, made_on)
