import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from django.core.cache import cache

from models.standard_table import StandardTable, standard_table
from organisations.models import Organisation
from retention.actions.stored_outlooks import make_outlooks
from retention.models import OutlookEdition, PublishedProfile
from retention.queries import outlook_change as queries
from retention.queries.outlook_change import OutlookChange, outlook_change
from retention.queries.public_outlook import public_outlook
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import FTE_EACH, JUNE, OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
MAY, A_YEAR_BEFORE = dt.date(2025, 5, 1), dt.date(2024, 6, 1)
EIGHT_AGED_60_TO_64 = {"60to64": 8}


@pytest.fixture
def places() -> Places:
    """Five people of 60 to 64 in May, eight in June, each with 6.3 sessions."""
    found = area_of_one_practice()
    profile_of(found["practice"], {"60to64": 5}, month=MAY)
    profile_of(found["practice"], EIGHT_AGED_60_TO_64)
    add_up(MAY)
    add_up()
    return found


def change_of(place: Organisation, **given: Any) -> OutlookChange | None:
    cache.clear()
    outlook = public_outlook(place, JUNE)
    assert outlook
    return outlook_change(place, outlook, **given)


def changed(place: Organisation) -> OutlookChange:
    found = change_of(place)
    assert found
    parts = found.by_sessions + found.by_ages + found.by_table + found.by_model
    assert parts == pytest.approx(found.after - found.before, abs=1e-8)
    return found


def each(table: StandardTable | None = None) -> float:
    """Sessions that one of them is expected to take along within three years."""
    chances = (table or standard_table()).band_incidence([3])[7, 0]
    return float(chances.sum()) * FTE_EACH * 9


def use(monkeypatch: pytest.MonkeyPatch, table: StandardTable) -> None:
    for module in ("models.forecast", "retention.queries.public_outlook", queries.__name__):
        monkeypatch.setattr(f"{module}.standard_table", lambda group="gp": table)
    monkeypatch.setattr("retention.actions.stored_outlooks.standard_table", lambda group: table)


def another_table() -> StandardTable:
    """Everyone retires half as often."""
    known = standard_table()
    return replace(known, version="Half", retire=known.retire / 2)


@pytest.mark.parametrize("stored", [False, True])
def test_three_more_of_the_same_age_are_more_sessions_and_nothing_else(
    places: Places, stored: bool
) -> None:
    if stored:
        make_outlooks(month=MAY)
        make_outlooks(month=JUNE)
    found = changed(places["practice"])
    assert (found.then.month, found.now.month) == (MAY, JUNE)
    assert found.before == pytest.approx(5 * each())
    assert found.after == pytest.approx(8 * each())
    assert found.by_sessions == pytest.approx(3 * each())
    assert found.by_ages == pytest.approx(0, abs=1e-8)
    assert found.by_model == 0
    assert found.by_table == pytest.approx(0, abs=1e-8)


def test_older_people_with_as_many_sessions_are_ages_alone(places: Places) -> None:
    young = PublishedProfile.objects.get(organisation=places["practice"], month=MAY)
    young.headcount = dict.fromkeys(young.headcount, 0) | {"35to39": 8}
    young.fte = 8 * FTE_EACH
    young.save()
    add_up(MAY)
    found = changed(places["network"])
    assert found.by_sessions == pytest.approx(0, abs=1e-8)
    assert found.by_ages == pytest.approx(found.after - found.before)
    assert found.by_ages > 0


def test_another_table_has_its_own_part(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Worked out by hand: May by the old table, May by the new one, June by the new one."""
    make_outlooks(month=MAY)
    table = another_table()
    old = each()
    use(monkeypatch, table)
    make_outlooks(month=JUNE)
    found = changed(places["practice"])
    assert (found.then.table_version, found.now.table_version) == (standard_table().version, "Half")
    assert found.before == pytest.approx(5 * old)
    assert found.by_table == pytest.approx(5 * (each(table) - old))
    assert found.by_sessions == pytest.approx(3 * each(table))
    assert found.by_model == 0


def test_a_new_table_on_the_same_month_is_told_first(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_outlooks(month=MAY)
    make_outlooks(month=JUNE)
    old, table = each(), another_table()
    use(monkeypatch, table)
    make_outlooks(month=JUNE)
    found = changed(places["practice"])
    assert found.then.month == JUNE
    assert found.by_table == pytest.approx(8 * (each(table) - old))
    assert found.by_data == pytest.approx(0, abs=1e-8)


def test_another_model_has_what_is_left(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    make_outlooks(month=MAY)
    # As if an earlier model had said a tenth more of May.
    edition = OutlookEdition.objects.get(month=MAY)
    edition.model_version = "Outlook-before"
    edition.save()
    for row in edition.outlooks.exclude(figures=None):
        row.figures[5][1][1] *= 1.1
        row.save()
    found = changed(places["practice"])
    assert found.then.model_version == "Outlook-before"
    assert found.by_model == pytest.approx(-0.1 * 5 * each())
    assert found.by_sessions == pytest.approx(3 * each())


def test_a_correction_of_the_earlier_month_is_data(places: Places) -> None:
    make_outlooks(month=MAY)
    PublishedProfile.objects.filter(month=MAY).update(fte=5 * 0.5)
    add_up(MAY)
    found = changed(places["practice"])
    # What stood then was made of 0.7 each; the file now says 0.5.
    assert found.before == pytest.approx(5 * each())
    assert found.by_data == pytest.approx(found.after - found.before)
    assert found.by_table == pytest.approx(0, abs=1e-8)
    assert found.by_model == 0


def test_since_a_year_before(places: Places) -> None:
    assert change_of(places["practice"], a_year=True) is None
    profile_of(places["practice"], SEVEN, month=A_YEAR_BEFORE)
    add_up(A_YEAR_BEFORE)
    found = change_of(places["practice"], a_year=True)
    assert found
    assert found.then.month == A_YEAR_BEFORE


def test_the_first_month_has_nothing_to_compare_with() -> None:
    practice = area_of_one_practice()["practice"]
    profile_of(practice, OLD)
    assert change_of(practice) is None


def test_a_practice_that_was_under_the_limit_has_no_change(places: Places) -> None:
    small = PublishedProfile.objects.get(organisation=places["practice"], month=MAY)
    small.headcount = dict.fromkeys(small.headcount, 0) | {"60to64": 4}
    small.save()
    assert change_of(places["practice"]) is None


def test_rates_are_kept_without_the_table(places: Places) -> None:
    make_outlooks(month=JUNE)
    rates = np.array(OutlookEdition.objects.get(month=JUNE).rates)
    assert rates.shape == (10, 4, 2)
