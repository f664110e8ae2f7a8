"""The national age series: the same from the record as from the file."""

from dataclasses import replace
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.actor import Actor
from retention.actions.import_files import import_file
from retention.imports.recognise import read_file
from retention.queries.bulletin import (
    AgeSeries,
    age_series,
    age_series_of,
    edges_of,
    qualified_permanent_gps,
)
from tests.retention.imports.bulletins import bulletin_bytes

SEPTEMBER, MARCH = date(2015, 9, 1), date(2016, 3, 1)
GPS = AgeSeries(
    group="GPs",
    months=(SEPTEMBER, MARCH),
    bands=("Under 30", "65 and over"),
    people=((0.0, 9.0), (2.0, 8.0)),
    unknown=(1.0, 2.0),
    total=(10.0, 12.0),
)


def test_a_group_is_its_bands_in_each_month() -> None:
    (result,) = read_file(bulletin_bytes())
    assert age_series_of(result.rows)["GPs"] == GPS


def test_a_group_without_every_part_has_no_month() -> None:
    (result,) = read_file(bulletin_bytes())
    nurses = age_series_of(result.rows)["Nurses"]
    assert nurses.months == ()


@pytest.mark.django_db
def test_the_record_gives_the_same_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    import_file(by=Actor.command("test"), source=bulletin_bytes(), name="bulletin.xlsx")
    with django_assert_num_queries(1):
        found = age_series()
    assert found["GPs"] == GPS


@pytest.mark.django_db
def test_an_empty_record_has_no_series() -> None:
    assert age_series() == {}


def test_bands_are_read_as_ages() -> None:
    assert edges_of(["Under 30", "30-34", "35-39", "65 and over"]) == (25, 30, 35, 65, 75)
    assert edges_of(["Under 25", "25-29"]) == (20, 25, 75)


def test_partners_are_moved_on_apart_from_all_others() -> None:
    bands = ("Under 30", "65 and over")
    whole = AgeSeries("whole", (MARCH,), bands, ((10.0, 30.0),), (0.0,), (40.0,))
    partners = AgeSeries("partners", (MARCH,), bands, ((2.0, 6.0),), (2.0,), (10.0,))
    with pytest.raises(ValueError, match="not negative"):
        qualified_permanent_gps({"Qualified Permanent GPs": whole, "GP Partners": partners})
    whole = replace(whole, unknown=(4.0,))
    series = qualified_permanent_gps({"Qualified Permanent GPs": whole, "GP Partners": partners})
    assert series.people[0, 0] == pytest.approx([2.5, 7.5])
    assert series.people[1, 0] == pytest.approx([8.5, 25.5])
    assert series.whole[0] == pytest.approx([11.0, 33.0])


def test_a_bulletin_without_them_says_which_is_missing() -> None:
    with pytest.raises(KeyError, match="Qualified Permanent GPs"):
        qualified_permanent_gps({})
