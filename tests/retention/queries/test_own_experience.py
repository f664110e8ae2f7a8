"""Who reads a hub's own leavers, and that ranges are those of the bands."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from models.credibility import STATED_K
from models.disclosure import WITHHELD, Band
from models.own_experience import Span
from retention.models import ExperienceRelease
from retention.models.published_count import StaffGroup
from retention.queries.own_experience import GroupExperience, OwnExperience, own_experience
from tests.factories.accounts import actor
from tests.factories.private_outlooks import Places, hub_area
from tests.factories.published import SEVEN, profile_of

pytestmark = pytest.mark.django_db
YEARS = {"Under 45": 80, "45 to 54": 0, "55 and over": 40}
RATES = {"Under 45": [0.0, 0.05], "45 to 54": [0.01, 0.03], "55 and over": [0.1, 0.02]}


@pytest.fixture
def area() -> Places:
    return hub_area()


def let_out(area: Places, year: int, retired: int | None = 8) -> None:
    figures = {"leavers": 16, "retired": retired, "unexplained": None}
    ExperienceRelease.objects.create(
        hub=area["hub"],
        staff_group="gp",
        quarter=dt.date(year, 1, 1),
        since=dt.date(year - 1, 1, 1),
        figures={**figures, "years": YEARS, "rates": RATES},
        table_version="Table-1",
    )


def read(area: Places, place: str = "hub", as_at: dt.date | None = None) -> OwnExperience:
    found = own_experience(actor("board_viewer", area["hub"]), area[place], as_at)
    assert found is not None
    return found


def gps(found: OwnExperience) -> GroupExperience:
    assert [group.staff_group for group in found.groups] == list(StaffGroup)
    return found.groups[0]


def test_stretches_add_up_to_ranges(area: Places) -> None:
    let_out(area, 2025)
    let_out(area, 2026)
    found = gps(read(area))
    first = found.stretches[0]
    assert (first.leavers, first.retired, first.unexplained) == (
        Band(16, 23),
        Band(8, 15),
        WITHHELD,
    )
    assert first.person_years == Span(120, 144)
    together, retired = found.together, found.retired
    assert together is not None
    assert retired is not None
    assert (together.actual, retired.actual) == (Span(32, 46), Span(16, 30))
    # Twice 80 x 0.05 + 40 x 0.12, and 88 x 0.05 + 8 x 0.04 + 48 x 0.12.
    assert (together.expected.low, together.expected.high) == pytest.approx((17.6, 20.96))
    assert together.z.low == pytest.approx(17.6 / (17.6 + STATED_K))


def test_what_one_stretch_withholds_has_no_sum(area: Places) -> None:
    let_out(area, 2025)
    let_out(area, 2026, retired=None)
    assert gps(read(area)).retired is None
    assert gps(read(area)).together is not None


def test_a_day_in_the_past_has_what_was_let_out_by_then(area: Places) -> None:
    let_out(area, 2025)
    let_out(area, 2026)
    assert len(gps(read(area, as_at=dt.date(2025, 12, 31))).stretches) == 1
    assert gps(read(area, as_at=dt.date(2024, 12, 31))).together is None


def test_a_quarter_that_let_nothing_out_says_nothing(area: Places) -> None:
    ExperienceRelease.objects.create(hub=area["hub"], staff_group="gp", quarter=dt.date(2026, 1, 1))
    assert gps(read(area)) == GroupExperience(StaffGroup.GP)


@pytest.mark.parametrize("place", ["hub", "network"])
def test_weights_are_of_published_figures(area: Places, place: str) -> None:
    profile_of(area[place], SEVEN)
    found = gps(read(area, place))
    assert found.yearly_expected is not None
    assert 0.2 < found.yearly_expected < 2
    assert [weight.years for weight in found.weights] == [1, 3, 5, 10]
    due = 3 * found.yearly_expected
    assert found.weights[1].z == pytest.approx(due / (due + STATED_K))
    assert read(area, place).is_counted is (place == "hub")


@pytest.mark.parametrize("role", ["clinician", "practice_manager", "network_lead"])
def test_the_hubs_are_for_the_hub_alone(area: Places, role: str) -> None:
    held = area["network"] if role == "network_lead" else area["practice"]
    by = actor(role, held)
    assert own_experience(by, area["hub"]) is None
    assert own_experience(by, area["network"]) is not None


def test_reading_takes_three_queries(
    area: Places, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for year in (2024, 2025, 2026):
        let_out(area, year)
    profile_of(area["hub"], SEVEN)
    by = actor("hub_retention_lead", area["hub"])
    own_experience(by, area["hub"])
    with django_assert_num_queries(3):
        own_experience(by, area["hub"])
