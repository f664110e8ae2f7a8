"""The standard table and the evaluations through the API, as the pages have them."""

import pytest

from models.evaluation.stored import stored_evaluations
from models.standard_table import standard_table
from tests.factories.api import caller

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("group", ["gp", "nurses"])
def test_the_table_of_a_staff_group(group: str) -> None:
    found = caller().get(f"/api/v1/method?staff_group={group}").json()
    table = standard_table(group)
    assert (found["table_version"], found["constructed"]) == (table.version, True)
    assert (found["ages"][0]["age"], found["ages"][-1]["age"]) == (25, 75)
    assert [row["retire"] for row in found["ages"]] == pytest.approx(list(table.retire))
    assert any("judge" in line for line in found["not_for"])


def test_evaluations_are_the_stored_ones() -> None:
    found = {one["name"]: one for one in caller().get("/api/v1/method/evaluations").json()}
    stored = stored_evaluations()
    assert found.keys() == stored.keys()
    assert found["backtest"]["figures"]["one_year"] == stored["backtest"]["one_year"]
    assert found["backtest"]["method"] == stored["backtest"]["method"]
