import pytest

from organisations.models import Organisation
from retention.presenters import age_profile as presenter
from retention.queries.age_profile import BandRow
from retention.queries.place_figures import place_figures
from tests.factories.accounts import actor
from tests.factories.organisations import PracticeFactory, area_of_one_practice
from tests.factories.published import SEVEN, PublishedProfileFactory, add_up, profile_of

pytestmark = pytest.mark.django_db
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def practice() -> Organisation:
    return PracticeFactory()


def test_table_has_every_band_and_a_total(practice: Organisation) -> None:
    table = presenter.profile_table(profile_of(practice, SEVEN))
    assert table.headers[-1] == "Estimated sessions"
    assert table.rows[2] == [f"35{SPACE}to{SPACE}39", "2", "0", "2", "13"]
    assert table.rows[-1] == [f"All{SPACE}ages", "7", "0", "7", "44"]
    assert len(table.rows) == 11


def test_sessions_of_the_bands_add_up_to_those_of_all_ages(practice: Organisation) -> None:
    # 6.3 sessions in each of six bands: each rounded alone they are 36, and 38 together.
    bands = ("30to34", "35to39", "40to44", "45to49", "50to54", "55to59")
    table = presenter.profile_table(profile_of(practice, dict.fromkeys(bands, 1)))
    *rows, everyone = [int(row[4]) for row in table.rows]
    assert sum(rows) == everyone == 38


def test_sessions_of_a_band_that_is_not_known_stay_not_known() -> None:
    rows = [BandRow("30 to 34", 1, 0, 1, None), BandRow("35 to 39", 1, 0, 1, 6.3)]
    assert [row.sessions for row in presenter.printed_sessions(rows)] == [None, 6]


def test_unknown_ages_have_a_row_of_their_own(practice: Organisation) -> None:
    table = presenter.profile_table(profile_of(practice, {"unknown": 3}))
    assert table.rows[-2][0] == f"Not{SPACE}known"
    assert table.rows[-2][3] == "3"


def test_sex_that_was_not_printed_is_not_known(practice: Organisation) -> None:
    profile = PublishedProfileFactory(organisation=practice, by_sex={})
    assert presenter.profile_table(profile).rows[-1][1:3] == ["Not known", "Not known"]


def test_chart_holds_everyone_once(practice: Organisation) -> None:
    profile = profile_of(practice, SEVEN)
    profile.by_sex = {"female": {"30to34": 1}, "male": {"35to39": 1}}
    chart = presenter.profile_chart(profile)
    assert sum(people for _, _, people in chart.rows) == 7
    assert ("35 to 39", "Sex not known", 1) in chart.rows
    assert chart.y_title == "Qualified permanent GPs"


def test_description_says_every_band(practice: Organisation) -> None:
    said = presenter.profile_description(profile_of(practice, SEVEN))
    assert said.startswith("Qualified permanent GPs by age: under 30 0, 30 to 34 1,")


def test_nurses_are_called_nurses(practice: Organisation) -> None:
    nurses = PublishedProfileFactory(organisation=practice, staff_group="nurses")
    assert presenter.profile_chart(nurses).y_title == "Nurses"


@pytest.mark.parametrize(
    ("value", "said"), [(1234.56, "1,234.6"), (0.0, "0.0"), (None, "Not known")]
)
def test_fte_has_one_decimal(value: float | None, said: str) -> None:
    assert presenter.fte(value) == said


def test_comparison_says_what_each_share_rests_on() -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    add_up()
    table = presenter.comparison_table(place_figures(actor(), places["network"]))
    assert table.rows == [
        [places["network"].name, "29%", "1", "June 2025"],
        [places["icb"].name, "29%", "1", "June 2025"],
        ["England", "21%", "As published", "October 2025"],
    ]


def test_a_few_practices_do_not_stand_under_the_name_of_england() -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    add_up()
    table = presenter.comparison_table(place_figures(actor(), places["country"]))
    assert [row[0] for row in table.rows] == ["The part of England that is loaded here"]


def test_comparison_without_figures_is_empty() -> None:
    figures = place_figures(actor(), area_of_one_practice()["network"])
    assert presenter.comparison_table(figures).rows == []
