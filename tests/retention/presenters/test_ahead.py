import datetime as dt
import re
from dataclasses import replace

import pytest

from models.bands import AgeBand
from models.contributions import Contribution
from organisations.models import Organisation
from retention.presenters.ahead import (
    AheadSection,
    ahead_chart,
    ahead_section,
    ahead_table,
    change_sentence,
    drivers_table,
)
from retention.queries.ahead import Ahead, Assumptions, DataChange, ahead
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
    for row in section.table.rows:
        difference = int(row[7].replace("\N{MINUS SIGN}", "-"))
        assert difference == int(row[5]) - int(row[1])
    # 94.5 and 85.05: 9 apart, and 10 as they are printed.
    assert section.table.rows[0][7] == "\N{MINUS SIGN}10"
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
    for column in (1, 2, 3, 4):
        printed = [float(row[column].rstrip("%")) for row in parts]
        assert sum(printed) == pytest.approx(float(last[column].rstrip("%")))
    assert "aged 60 to 64" in section.driver


def band(first: int, share: float | None, expected: float) -> Contribution:
    label = AgeBand(str(first), f"{first} to {first + 4}", first, first + 4)
    return Contribution(label, 5.0, 30.4, expected, expected, share, 1.0)


def test_parts_that_each_round_down_still_add_up() -> None:
    # Each rounded alone: 33 + 33 + 33 per cent, and 10.3 three times of 31.0.
    third = [band(age, 1 / 3, 31 / 3) for age in (50, 55, 60)]
    *rows, last = drivers_table(third).rows
    assert [row[4] for row in rows] == ["34%", "33%", "33%"]
    assert [row[3] for row in rows] == ["10.4", "10.3", "10.3"]
    assert [row[2] for row in rows] == ["31", "30", "30"]
    assert last[2:5] == ["91", "31.0", "100%"]


def test_without_a_loss_no_part_and_no_whole_is_printed() -> None:
    *rows, last = drivers_table([band(50, None, 0.0), band(55, None, 0.0)]).rows
    assert [row[4] for row in [*rows, last]] == ["", "", ""]


def test_changes_since_the_month_before_add_up() -> None:
    # Each rounded alone: +0.1 would be +0.1 and +0.1.
    said = change_sentence(DataChange(JUNE, 0.0, 0.1, 0.05001, 0.05001))
    assert "by +0.1: " in said
    assert sorted(re.findall(r"[+]?0\.\d(?= as )", said)) == ["+0.1", "0.0"]


def test_what_assumptions_take_at_once_is_the_difference_of_what_is_printed(
    network: Organisation,
) -> None:
    found, _ = made(network, Assumptions(fewer=10))
    # 94.5 are 95 on the page, and 94.2 are 94.
    row = ahead_table(replace(found, at_once=0.3), "today").rows[0]
    assert (row[1], row[5], row[7]) == ("95", "94", "\N{MINUS SIGN}1")


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
