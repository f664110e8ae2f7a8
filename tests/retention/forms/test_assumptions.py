import pytest
from django.http import QueryDict

from retention.forms.assumptions import AssumptionsForm
from retention.queries.ahead import Assumptions

PRACTICES = [("Y00001", "The Surgery")]


def test_nothing_asked_is_nothing_assumed() -> None:
    form = AssumptionsForm(QueryDict(""), practices=PRACTICES)
    assert form.is_valid()
    assert form.assumptions() == Assumptions()
    assert not form.assumptions().are_any


def test_what_is_asked_is_assumed() -> None:
    asked = QueryDict("retire=-2&fewer=10&scheme=30&closes=Y00001&staying=50")
    form = AssumptionsForm(asked, practices=PRACTICES)
    assert form.is_valid()
    assert form.assumptions() == Assumptions(-2, 10, 30, "Y00001", 50)


@pytest.mark.parametrize(
    "asked", ["retire=1", "fewer=99", "scheme=x", "closes=Y00002", "staying=-50"]
)
def test_what_is_no_choice_is_refused(asked: str) -> None:
    assert not AssumptionsForm(QueryDict(asked), practices=PRACTICES).is_valid()


def test_without_practices_nothing_can_close() -> None:
    form = AssumptionsForm(QueryDict("closes=Y00001"), practices=[])
    assert form.is_valid()
    assert form.assumptions().closes == ""
