import datetime as dt

import pytest

from retention.queries.age_profile import (
    age_profile,
    age_profiles,
    band_rows,
    is_known,
    latest_month,
    month_end,
    practices_known,
    sessions_now,
    share_older,
)
from tests.factories.organisations import PracticeFactory
from tests.factories.published import (
    JUNE,
    OLD,
    SEVEN,
    PublishedProfileFactory,
    profile_of,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("month", "end"),
    [
        (dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        (dt.date(2025, 12, 1), dt.date(2025, 12, 31)),
    ],
)
def test_figures_are_of_the_last_day_of_their_month(month: dt.date, end: dt.date) -> None:
    assert month_end(month) == end


def test_newest_month_is_taken_unless_one_is_asked_for() -> None:
    practice = PracticeFactory()
    profile_of(practice, SEVEN)
    newer = profile_of(practice, OLD, month=dt.date(2025, 9, 1))
    assert latest_month(practice) == dt.date(2025, 9, 1)
    assert age_profile(practice) == newer
    earlier = age_profile(practice, JUNE)
    assert earlier
    assert earlier.people == 7
    assert age_profile(practice, dt.date(2020, 1, 1)) is None
    assert age_profile(practice, staff_group="nurses") is None


def test_place_without_figures_has_no_month() -> None:
    assert latest_month(PracticeFactory()) is None


def test_profiles_of_several_places_are_found_by_place_and_staff_group() -> None:
    one, two = PracticeFactory(), PracticeFactory()
    gps = profile_of(one, SEVEN)
    nurses = PublishedProfileFactory(organisation=one, staff_group="nurses")
    profile_of(two, OLD, month=dt.date(2025, 9, 1))
    assert age_profiles([one, two], JUNE) == {(one.pk, "gp"): gps, (one.pk, "nurses"): nurses}


def test_share_older_leaves_unknown_ages_out() -> None:
    profile = profile_of(PracticeFactory(), {"50to54": 3, "55to59": 1, "unknown": 4})
    assert share_older(profile) == 0.25


def test_not_known_is_never_zero() -> None:
    profile = profile_of(PracticeFactory(), None)
    assert not is_known(profile)
    assert share_older(profile) is None
    assert share_older(None) is None
    assert sessions_now(profile) is None
    assert practices_known(profile) == 0
    assert {row.people for row in band_rows(profile)} == {None}


def test_all_ages_unknown_gives_no_share_but_people() -> None:
    profile = profile_of(PracticeFactory(), {"unknown": 6})
    assert is_known(profile)
    assert share_older(profile) is None
    assert band_rows(profile)[-1].label == "Not known"
    assert band_rows(profile)[-1].people == 6


def test_bands_come_youngest_first_and_unknown_only_where_there_are_any() -> None:
    rows = band_rows(profile_of(PracticeFactory(), SEVEN))
    assert [row.label for row in rows][:2] == ["Under 30", "30 to 34"]
    assert rows[-1].label == "70 and over"
    assert (rows[1].women, rows[1].men, rows[1].people) == (1, 0, 1)
    assert rows[1].sessions == pytest.approx(6.3)


def test_nurses_have_bands_of_their_own() -> None:
    nurses = PublishedProfileFactory(staff_group="nurses", organisation=PracticeFactory())
    assert band_rows(nurses)[0].label == "Under 25"
