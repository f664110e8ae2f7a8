import datetime as dt

import pytest

from organisations.models import Organisation
from retention.presenters.ahead import AheadSection, ahead_chart, ahead_section
from retention.queries.ahead import Ahead, Assumptions, ahead
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Organisation:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    profile_of(add_practice(places), OLD)
    add_up()
    return places["network"]


def made(network: Organisation, given: Assumptions | None = None) -> tuple[Ahead, AheadSection]:
    given = given or Assumptions()
    found = ahead(network, JUNE, given)
    assert found
    return found, ahead_section(network, found, given)


def test_table_begins_today_and_has_every_year(network: Organisation) -> None:
    found, section = made(network)
    assert [row[0] for row in section.table.rows][:2] == ["Today", "1\N{NO-BREAK SPACE}year"]
    assert len(section.table.rows) == 11
    assert {len(row) for row in section.table.rows} == {len(section.table.headers)} == {5}
    # 94.5 sessions for 18,000 patients.
    assert found.now == pytest.approx(94.5)
    assert section.table.rows[0][1:4] == ["95", "", "5.2"]
    assert "Joiners may bring" in section.table.headers
    assert section.says.startswith("Of 95 estimated sessions a week today, about ")
    assert "assumptions" not in section.says


def test_assumptions_stand_beside_and_their_difference_is_of_what_is_printed(
    network: Organisation,
) -> None:
    _, section = made(network, Assumptions(fewer=10, scheme=30))
    assert {len(row) for row in section.table.rows} == {len(section.table.headers)} == {8}
    for row in section.table.rows[1:]:
        difference = int(row[7].replace("\N{MINUS SIGN}", "-"))
        assert difference == int(row[5]) - int(row[1])
    assert section.table.rows[0][7] == "\N{MINUS SIGN}9"
    last = section.table.rows[-1]
    more = int(last[5]) - int(last[1])
    assert f"{abs(more)} {'more' if more > 0 else 'fewer'}." in section.says
    assert "With half the scheme's effect" in section.says
    assert any("your assumption" in note for note in section.notes)


def test_chart_tells_what_the_table_tells(network: Organisation) -> None:
    found, section = made(network, Assumptions(retire=2))
    chart = ahead_chart(found)
    assert len(chart.rows) == 22
    assert {row[1] for row in chart.rows} == {"As it is", "With your assumptions"}
    lines = [row for row in chart.rows if row[1] == "As it is"]
    for row, line in zip(section.table.rows, lines, strict=True):
        assert row[1] == f"{line[2]:,.0f}"
    assert "With your assumptions: after 1" in section.description


def test_drivers_add_up_on_the_page(network: Organisation) -> None:
    _, section = made(network)
    assert section.drivers
    *parts, last = section.drivers.rows
    assert last[0] == "All"
    assert sum(float(row[3]) for row in parts) == pytest.approx(float(last[3]), abs=0.3)
    assert "aged 60 to 64" in section.driver


def test_a_place_that_does_not_know_its_patients_says_so(network: Organisation) -> None:
    network.published_profiles.update(patients=None, trainees=None)
    _, section = made(network)
    assert section.table.rows[0][3] == "Not known"
    assert section.table.rows[1][4] == "Not known"
    assert not any("1,000 patients" in note for note in section.notes)


def test_a_past_day_says_so_instead_of_today(network: Organisation) -> None:
    given = Assumptions(retire=-2)
    found = ahead(network, JUNE, given)
    assert found
    section = ahead_section(network, found, given, dt.date(2025, 7, 31))
    assert section.table.rows[0][0] == "On 31 July 2025"
    assert section.says.startswith("Of 95 estimated sessions a week on 31 July 2025, about ")
    assert any("from 31 July 2025 on" in note for note in section.notes)
    assert "today" not in " ".join([section.says, section.description, *section.notes])


def test_a_practice_without_groups_says_why_nothing_is_split() -> None:
    practice = area_of_one_practice()["practice"]
    profile_of(practice, SEVEN)
    found = ahead(practice, JUNE)
    assert found
    section = ahead_section(practice, found, Assumptions())
    assert section.drivers is None
    assert section.driver == ("It is not split by age here: a part would be of fewer than 5 GPs.")
