"""Rules and money in words."""

from decimal import Decimal

import pytest

from hubs.models import Scheme
from hubs.presenters.schemes import budget_words, pounds, rules, scheme_rows, schemes_by_state
from tests.factories.hubs import SchemeFactory
from tests.factories.organisations import IcbFactory

pytestmark = pytest.mark.django_db


def scheme(**terms: object) -> Scheme:
    made: Scheme = SchemeFactory(**terms)
    return made


@pytest.mark.parametrize(
    ("amount", "words"), [("28900", "£28,900"), ("76.92", "£76.92"), ("0", "£0")]
)
def test_pounds(amount: str, words: str) -> None:
    assert pounds(Decimal(amount)) == words


def test_the_budget_is_arithmetic_and_says_so() -> None:
    words = budget_words(scheme())
    assert words == (
        "£28,900 at £289 a session pays for 100 sessions (416 hours): 10 for each of 10 places."
        " This is arithmetic, not a forecast."
    )


def test_a_part_of_a_session_is_not_paid_for() -> None:
    one = scheme(budget=Decimal(300), places=1, session_minutes=60)
    assert "pays for 1 session (1 hour): 1 for each of 1 place." in budget_words(one)


def test_without_a_rate_there_is_nothing_to_divide() -> None:
    assert "No payment" in budget_words(scheme(rate=Decimal(0)))


def test_a_budget_that_pays_not_one_session_for_each_says_so() -> None:
    assert "pays for 1 session (1 hour): not one for each of 10 places." in budget_words(
        scheme(budget=Decimal(300), places=10, session_minutes=60)
    )


def test_a_session_without_a_rate_is_not_said_to_be_paid_nothing() -> None:
    facts = dict(scheme_rows(scheme(rate=Decimal(0))))
    assert facts["Session"] == "250 minutes, no payment set"


def test_one_year_is_a_year() -> None:
    words = rules(scheme(min_years_qualified=1, years_justification="So."))
    assert words == ["At least 1 year since qualification, because: So."]


def test_each_switch_is_a_sentence() -> None:
    assert rules(scheme()) == ["No rules: every mentor whom the hub recognises can take part."]
    words = rules(
        scheme(
            min_clinical_sessions=Decimal("2.5"),
            licence_required=True,
            performers_list_required=True,
            min_years_qualified=5,
            years_justification="The college asks for it.",
        )
    )
    assert words == [
        "At least 2.5 clinical sessions a week.",
        "A licence to practise.",
        "A place on the performers list.",
        "At least 5 years since qualification, because: The college asks for it.",
    ]


def test_the_area_is_named_where_it_is_not_the_whole_hub() -> None:
    icb = IcbFactory(name="Larkshire ICB")
    assert dict(scheme_rows(scheme()))["Who it is for"] == "The whole hub"
    assert dict(scheme_rows(scheme(area=icb)))["Who it is for"] == "Mentees in Larkshire ICB"


def test_open_schemes_come_first() -> None:
    made = [scheme(state=state) for state in ("closed", "draft", "open")]
    assert [state for state, _ in schemes_by_state(made)] == ["open", "draft", "closed"]
