"""Stored outlooks: whole or not at all, once, and the very figures that are made on request."""

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models import outlook as mathematics
from models.forecast import HORIZONS
from models.standard_table import standard_table
from organisations.models import Organisation
from organisations.models.organisation import Kind
from retention.actions import stored_outlooks as actions
from retention.actions.bulk_write import upsert
from retention.actions.published_profiles import rebuild_places
from retention.actions.stored_outlooks import FiguresMovedError, make_outlooks
from retention.models import OutlookEdition, PublishedProfile, StoredOutlook
from retention.models.published_count import StaffGroup
from retention.queries import public_outlook as queries
from retention.queries.public_outlook import made_outlooks, public_outlook, public_outlooks
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of, staff_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
MAY, JULY = dt.date(2025, 5, 1), dt.date(2025, 7, 1)


@pytest.fixture
def places() -> Places:
    """A network of two practices with GPs and nurses, one of too few GPs for an outlook."""
    found = area_of_one_practice()
    found["small"] = add_practice(found)
    profile_of(found["practice"], SEVEN)
    profile_of(found["small"], {"60to64": 3})
    staff_of(found["practice"], "nurses", {"40to44": 2, "55to59": 4, "unknown": 1})
    add_up()
    return found


def rows() -> list[tuple[Any, ...]]:
    """Every byte that is stored, but for when it was made."""
    editions = OutlookEdition.objects.order_by("pk").values_list()
    return [*editions, *StoredOutlook.objects.order_by("pk").values_list()]


def worked_out(places: Places, group: str) -> dict[int, queries.PublicOutlook]:
    return made_outlooks(list(places.values()), JUNE, staff_group=group)


@pytest.mark.parametrize("group", ["gp", "nurses"])
def test_what_is_stored_is_what_is_worked_out_to_the_last_digit(places: Places, group: str) -> None:
    wanted = worked_out(places, group)
    assert make_outlooks(month=JUNE) == 2
    with CaptureQueriesContext(connection) as captured:
        stored = [p for p in places.values() if p.kind != Kind.REGION]
        found = public_outlooks(stored, JUNE, staff_group=group)
    assert len(captured) == 1
    assert found == {pk: wanted[pk] for pk in found}
    assert places["network"].pk in found
    assert (places["small"].pk in found) is False


def test_a_row_names_its_data_table_and_model(places: Places) -> None:
    make_outlooks(month=JUNE)
    edition = OutlookEdition.objects.get(staff_group="nurses")
    assert (edition.month, edition.holds) == (JUNE, True)
    assert edition.table_version == standard_table("nurses").version
    assert edition.model_version == mathematics.MODEL_VERSION
    found = public_outlook(places["practice"], JUNE, "nurses")
    assert found
    assert (found.as_at, found.age_not_known) == (dt.date(2025, 6, 30), 1)
    assert found.table_version == edition.table_version


def test_rates_of_the_table_are_kept(places: Places) -> None:
    make_outlooks(month=JUNE)
    edition = OutlookEdition.objects.get(staff_group="gp")
    assert edition.rates == standard_table().band_incidence(HORIZONS).tolist()


def test_a_place_without_an_outlook_is_known_to_have_none(places: Places) -> None:
    make_outlooks(month=JUNE)
    row = StoredOutlook.objects.get(organisation=places["small"], edition__staff_group="gp")
    assert row.figures is None
    with CaptureQueriesContext(connection) as captured:
        assert public_outlooks([places["small"]], JUNE) == {}
    assert len(captured) == 1


def test_nobody_stores_a_region(places: Places) -> None:
    make_outlooks(month=JUNE)
    assert not StoredOutlook.objects.filter(organisation=places["region"]).exists()
    assert public_outlook(places["region"], JUNE) is not None


def test_making_them_again_changes_no_byte(places: Places) -> None:
    make_outlooks(month=JUNE)
    before = rows()
    assert make_outlooks(month=JUNE) == 0
    add_up()
    assert make_outlooks(month=JUNE) == 2  # The same figures: looked at, and left as they are.
    assert rows() == before


def test_corrected_figures_replace_their_own_edition(places: Places) -> None:
    make_outlooks(month=JUNE)
    before = public_outlook(places["practice"], JUNE)
    profile = PublishedProfile.objects.get(organisation=places["practice"], staff_group="gp")
    profile.fte = 6.0
    profile.save()
    add_up()
    assert not OutlookEdition.objects.filter(holds=True).exists()
    cache.clear()
    on_request = public_outlook(places["practice"], JUNE)
    assert on_request != before
    make_outlooks(month=JUNE)
    assert public_outlook(places["practice"], JUNE) == on_request
    assert OutlookEdition.objects.filter(staff_group="gp").count() == 1


@pytest.mark.parametrize("what", ["table", "model"])
def test_another_version_makes_new_rows_and_keeps_the_old(
    places: Places, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    make_outlooks(month=JUNE)
    before = rows()
    if what == "table":
        monkeypatch.setattr(queries, "standard_table", another_table)
    else:
        monkeypatch.setattr(queries, "MODEL_VERSION", "Outlook-next")
    found = public_outlook(places["practice"], JUNE)
    assert found
    assert "next" in found.table_version + found.model_version
    assert make_outlooks(month=JUNE) == 2
    assert [row for row in before if row not in rows()] == []
    assert len(rows()) == 2 * len(before)
    assert public_outlook(places["practice"], JUNE) == found


def another_table(staff_group: str = "gp") -> Any:
    return replace(standard_table(staff_group), version=f"{staff_group}-next")


def test_the_second_of_two_workers_changes_nothing(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: list[list[tuple[Any, ...]]] = []

    def another_is_first(*args: Any, **given: Any) -> Any:
        monkeypatch.setattr(actions, "made_outlooks", made_outlooks)
        assert make_outlooks(month=JUNE) == 2
        stored.append(rows())
        return made_outlooks(*args, **given)

    monkeypatch.setattr(actions, "made_outlooks", another_is_first)
    assert make_outlooks(month=JUNE) == 0
    assert stored == [rows()]


def test_a_worker_that_dies_while_storing_leaves_nothing(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(model: Any, fields: Any, given: Any, **how: Any) -> None:
        upsert(model, fields, list(given)[:2], **how)
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "upsert", dies)
    with pytest.raises(KeyboardInterrupt):
        make_outlooks(month=JUNE)
    assert rows() == []
    assert public_outlook(places["practice"], JUNE) is not None
    monkeypatch.setattr(actions, "upsert", upsert)
    assert make_outlooks(month=JUNE) == 2


def moving(places: Places, times: int) -> Callable[..., Any]:
    """Work outlooks out while a file is loaded, so many times."""
    left = [times]

    def found(*args: Any, **given: Any) -> Any:
        made = made_outlooks(*args, **given)
        if left[0]:
            left[0] -= 1
            PublishedProfile.objects.filter(
                organisation=places["practice"], staff_group="gp"
            ).update(fte=5.0 + left[0])
            rebuild_places(JUNE)
        return made

    return found


def test_figures_loaded_meanwhile_are_the_ones_that_count(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "made_outlooks", moving(places, 1))
    make_outlooks(month=JUNE)
    stored = public_outlook(places["practice"], JUNE)
    assert stored
    assert stored == worked_out(places, "gp")[places["practice"].pk]
    assert stored.sessions_now == pytest.approx(45)


def test_figures_that_do_not_stand_still_store_nothing(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "made_outlooks", moving(places, 99))
    with pytest.raises(FiguresMovedError):
        make_outlooks(month=JUNE)
    assert rows() == []


def test_a_year_and_a_month_back_is_stored_and_no_more(places: Places) -> None:
    months = [dt.date(2024 + i // 12, i % 12 + 1, 1) for i in range(2, 18)]
    for month in months:
        if month != JUNE:
            profile_of(places["practice"], OLD, month=month)
            add_up(month)
    assert actions.months_to_store() == months[::-1][:13]
    assert make_outlooks(month=months[0]) == 0
    assert make_outlooks(month=months[-13]) == 1


def test_without_linux_all_processors_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert actions._processors() == 7


def test_each_group_of_the_file_has_its_edition(places: Places) -> None:
    for group in ("dpc", "admin"):
        staff_of(places["practice"], group, {"45to49": 5})
    add_up()
    assert make_outlooks(month=JUNE) == 4
    groups = OutlookEdition.objects.values_list("staff_group", flat=True)
    assert set(groups) == set(StaffGroup.values)
