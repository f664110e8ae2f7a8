"""Each rule is a switch of its own; what is not known is not met."""

from decimal import Decimal

import pytest
import time_machine

from hubs.models import Scheme
from hubs.queries.eligibility import MentorFacts, Met, eligibility, is_eligible
from tests.factories.hubs import MentorOfferFactory, SchemeFactory

FULL = MentorFacts(Decimal(3), has_licence=True, on_performers_list=True, qualified_year=2000)
NOTHING = MentorFacts(Decimal(0), has_licence=False, on_performers_list=False, qualified_year=None)
SWITCHES = {
    "min_clinical_sessions": Decimal(3),
    "licence_required": True,
    "performers_list_required": True,
    "min_years_qualified": 5,
}


def scheme(**rules: object) -> Scheme:
    built: Scheme = SchemeFactory.build(hub=None, area=None, **rules)
    return built


def test_without_rules_everyone_fits() -> None:
    assert eligibility(NOTHING, scheme()) == []
    assert is_eligible(NOTHING, scheme())


@pytest.mark.parametrize("switch", SWITCHES)
def test_a_switch_brings_one_rule(switch: str) -> None:
    one = scheme(**{switch: SWITCHES[switch]})
    assert [result.met for result in eligibility(FULL, one)] == [Met.YES]
    assert not is_eligible(NOTHING, one)


def test_every_failing_rule_has_its_own_reason() -> None:
    results = eligibility(NOTHING, scheme(**SWITCHES))
    assert [(r.rule, r.met) for r in results] == [
        ("Clinical sessions", Met.NO),
        ("Licence to practise", Met.NO),
        ("Performers list", Met.NO),
        ("Years since qualification", Met.NOT_KNOWN),
    ]
    assert "in your offer: 0. This scheme asks for 3 or more." in results[0].reason
    assert "Add your year of qualification" in results[3].reason


@pytest.mark.parametrize(("sessions", "met"), [("2.9", Met.NO), ("3.0", Met.YES), ("3.1", Met.YES)])
def test_clinical_sessions_at_the_limit(sessions: str, met: Met) -> None:
    facts = MentorFacts(Decimal(sessions), True, True, 2000)
    (result,) = eligibility(facts, scheme(min_clinical_sessions=Decimal(3)))
    assert result.met is met


@time_machine.travel("2026-06-01")
@pytest.mark.parametrize(("year", "met"), [(2021, Met.YES), (2022, Met.NO)])
def test_years_since_qualification_at_the_limit(year: int, met: Met) -> None:
    facts = MentorFacts(Decimal(3), True, True, year)
    (result,) = eligibility(facts, scheme(min_years_qualified=5))
    assert result.met is met
    assert str(year) in result.reason


@pytest.mark.django_db
def test_facts_of_an_offer_hold_nothing_else() -> None:
    offer = MentorOfferFactory()
    offer.person.qualified_year = 1996
    facts = MentorFacts.of(offer)
    assert facts == MentorFacts(Decimal(3), True, True, 1996)
    assert set(MentorFacts.__dataclass_fields__) == {
        "clinical_sessions",
        "has_licence",
        "on_performers_list",
        "qualified_year",
    }
