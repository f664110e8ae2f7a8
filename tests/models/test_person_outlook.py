from typing import Any

import pytest

from models.person_outlook import person_outlook
from models.standard_table import standard_table


def test_one_year_is_the_tables_row() -> None:
    now = person_outlook(60, 6.0).horizons[1]
    assert (now.retire, now.leave_otherwise) == pytest.approx((0.20, 0.038))
    assert now.sessions_expected == pytest.approx(6 * 0.762)


def test_later_years_use_the_age_then_reached() -> None:
    later = person_outlook(59, 6.0, years=[2]).horizons[2]
    assert later.stay == pytest.approx((1 - 0.143) * (1 - 0.238))
    assert later.retire == pytest.approx(0.105 + (1 - 0.143) * 0.20)


@pytest.mark.parametrize("plan_years", [None, 2])
def test_chances_make_a_whole(plan_years: int | None) -> None:
    for part in person_outlook(57, 5.0, plan_years=plan_years).horizons.values():
        assert part.retire + part.leave_otherwise + part.stay == pytest.approx(1)


def test_it_says_what_it_was_made_from() -> None:
    outlook = person_outlook(57, 5.0)
    assert (outlook.age, outlook.sessions, outlook.plan_years) == (57, 5.0, None)
    assert outlook.table_version == standard_table().version


def test_a_plan_moves_all_retirement_to_its_year() -> None:
    outlook = person_outlook(63, 6.0, years=[1, 2, 3, 5], plan_years=3)
    assert outlook.plan_years == 3
    assert [outlook.horizons[y].retire for y in (1, 2)] == [0, 0]
    assert outlook.horizons[3].retire == pytest.approx((1 - 0.038) ** 3)
    assert outlook.horizons[3].stay == pytest.approx(0)
    assert outlook.horizons[5].retire == outlook.horizons[3].retire


def test_a_plan_beyond_the_horizon_leaves_only_the_other_reasons() -> None:
    part = person_outlook(63, 6.0, years=[5], plan_years=9).horizons[5]
    assert part.retire == 0
    assert part.stay == pytest.approx((1 - 0.038) ** 5)


def test_a_plan_changes_the_table_for_nobody_else() -> None:
    before = person_outlook(63, 6.0)
    person_outlook(63, 6.0, plan_years=1)
    assert person_outlook(63, 6.0) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sessions": 6.0, "plan_years": 0}, "coming year"),
        ({"sessions": -1.0}, "Sessions"),
        ({"sessions": 6.0, "years": []}, "Years"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        person_outlook(60, **arguments)
