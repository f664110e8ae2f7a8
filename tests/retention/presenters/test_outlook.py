import datetime as dt
from dataclasses import replace

import pytest

from models.flags import RetirementFlag
from models.forecast import Share
from retention.presenters import outlook as words
from retention.queries.public_outlook import OutlookHorizon, PublicOutlook
from tests.factories.published import PublishedProfileFactory

SPACE = "\N{NO-BREAK SPACE}"


def horizon(years: int, expected: float = 54.6) -> OutlookHorizon:
    return OutlookHorizon(
        years=years,
        expected=expected,
        low80=33.5,
        high80=75.6,
        headcount_expected=8.2,
        headcount_low80=5.0,
        headcount_high80=11.0,
        retirement_expected=21.7,
        retirement_low80=8.0,
        retirement_high80=35.2,
        chances=((20, 0.996), (40, 0.81), (60, 0.3), (80, 0.004)),
    )


def outlook(**changes: object) -> PublicOutlook:
    values: dict[str, object] = {
        "place": "U00001",
        "as_at": dt.date(2025, 6, 30),
        "staff_group": "gp",
        "table_version": "GP-England-2026.2",
        "model_version": "Outlook-2026.1",
        "people": 32,
        "age_not_known": 0,
        "practices": 6,
        "practices_not_known": 0,
        "sessions_now": 198.0,
        "horizons": {years: horizon(years) for years in (1, 3, 5)},
    }
    return PublicOutlook(**(values | changes))  # type: ignore[arg-type]  # named above


@pytest.mark.parametrize(
    ("value", "said"), [(0.5, "1"), (0.49, "0"), (1234.4, "1,234"), (None, "Not known")]
)
def test_numbers_are_whole(value: float | None, said: str) -> None:
    assert words.number(value) == said


@pytest.mark.parametrize(("value", "said"), [(0.125, "13%"), (1.0, "100%"), (None, "Not known")])
def test_shares_are_whole(value: float | None, said: str) -> None:
    assert words.percent(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "less than 1%"),
        (0.009, "less than 1%"),
        (0.01, "1%"),
        (0.99, "99%"),
        (0.995, "more than 99%"),
        (1.0, "more than 99%"),
    ],
)
def test_no_chance_is_called_impossible_or_certain(value: float, said: str) -> None:
    assert words.chance(value) == said


@pytest.mark.parametrize(
    ("ratio", "said"), [(1.2499, "1.24 times"), (1.25, "1.25 times"), (2.0, "2.00 times")]
)
def test_a_ratio_under_the_limit_is_not_rounded_up_to_it(ratio: float, said: str) -> None:
    assert words.times(ratio) == said


def test_table_has_a_row_for_each_horizon_in_whole_numbers() -> None:
    table = words.outlook_table(outlook())
    assert len(table.headers) == len(table.rows[0])
    assert table.rows[1] == [f"3{SPACE}years", "55", "34 to 76", "8", "22", "8 to 35"]
    assert [row[0] for row in table.rows] == [f"1{SPACE}year", f"3{SPACE}years", f"5{SPACE}years"]


def test_chances_have_a_row_for_each_loss_and_a_column_for_each_horizon() -> None:
    table = words.chances_table(outlook())
    assert len(table.headers) == 4
    assert table.rows[0] == ["20 sessions", *["more than 99%"] * 3]
    assert table.rows[3] == ["80 sessions", *["less than 1%"] * 3]


@pytest.mark.parametrize(
    ("chances", "said"),
    [
        (
            ((20, 0.996), (40, 0.81), (60, 0.3), (80, 0.004)),
            "of losing at least 40 sessions is 81%, and of losing at least 60 sessions is 30%.",
        ),
        (((1, 0.5), (2, 0.1)), "of losing at least 1 session is 50%, and of losing at least 2"),
        (((20, 0.999),), "of losing at least 20 sessions is more than 99%."),
        (((20, 0.3), (40, 0.004)), "of losing at least 20 sessions is 30%."),
    ],
)
def test_the_chances_on_either_side_of_one_in_two_are_a_sentence(
    chances: tuple[tuple[int, float], ...], said: str
) -> None:
    horizons = {3: replace(horizon(3), chances=chances)}
    sentence = words.chance_sentence(outlook(horizons=horizons))
    assert sentence.startswith(f"Within 3{SPACE}years the chance {said}")


def test_without_chances_nothing_is_said_of_them() -> None:
    assert words.chance_sentence(outlook(horizons={3: replace(horizon(3), chances=())})) == ""


def test_chart_says_no_more_than_the_table() -> None:
    chart = words.outlook_chart(outlook())
    assert chart.rows[2] == (f"3{SPACE}years", "All leaving", 55.0, 34.0, 76.0, "55 (34 to 76)")
    assert all(float(value).is_integer() for row in chart.rows for value in row[2:5])
    assert {row[1] for row in chart.rows} == {"All leaving", "Retirement alone"}


def test_description_says_every_horizon() -> None:
    said = words.outlook_description(outlook())
    assert said.count("55 (34 to 76), of them 22 to retirement") == 3


def test_sentence_speaks_of_three_years() -> None:
    said = words.outlook_sentence(outlook())
    assert f"about 55 of these sessions could be lost within 3{SPACE}years" in said
    assert "80% interval 34 to 76" in said


def test_flag_says_why_with_its_interval() -> None:
    flag = RetirementFlag(True, Share(0.131, 0.044, 0.221), 0.089, 1.4719)
    assert words.flag_sentence(flag) == (
        f"Flagged: 13% of its sessions are expected to be lost to retirement within 3{SPACE}years "
        "(80% interval 4% to 22%), 1.47 times England's 9%."
    )


def test_no_flag_says_how_far_from_one() -> None:
    flag = RetirementFlag(False, Share(0.109, 0.04, 0.18), 0.089, 1.2247)
    said = words.no_flag_sentence(flag)
    assert said.startswith("Not flagged: 11%")
    assert said.endswith("1.22 times England's 9%. A place is flagged from 1.25 times.")


def test_one_leaver_needs_no_age() -> None:
    profile = PublishedProfileFactory.build(headcount={"unknown": 4}, organisation=None)
    said = words.one_leaver_sentence(profile)
    assert said.startswith("If any one GP left, the practice would lose about 6 of its 25")


def test_one_leaver_without_hours_is_not_known() -> None:
    profile = PublishedProfileFactory.build(
        headcount={"unknown": 4}, sessions={"unknown": None}, organisation=None
    )
    assert words.one_leaver_sentence(profile) == "How many sessions its GPs work is not known."


def test_what_is_left_out_is_said() -> None:
    assert len(words.made_from(outlook())) == 1
    said = words.made_from(outlook(practices_not_known=1, age_not_known=2, practices=1))
    assert "32 GPs in 1 practice," in said[0]
    assert said[1].startswith("Left out: 1 practice whose")
    assert said[2].startswith("The age of 2 GPs is not known.")
