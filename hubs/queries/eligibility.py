"""Which of a scheme's rules a mentor meets, each with its reason. Age is not among the facts."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from hubs.models import MentorOffer, Scheme
from organisations.clock import today


class Met(StrEnum):
    """Whether a rule is met; not known is not met until it is known."""

    YES = "met"
    NO = "not met"
    # Apart from "not met", since the mentor can do something about it.
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class RuleResult:
    """One rule that a scheme has switched on, and how a mentor stands to it."""

    rule: str
    met: Met
    reason: str


@dataclass(frozen=True)
class MentorFacts:
    """All that a rule may look at."""

    clinical_sessions: Decimal
    has_licence: bool
    on_performers_list: bool
    # Not a year of birth: a rule that could see one could be a rule on age.
    qualified_year: int | None

    @classmethod
    def of(cls, offer: MentorOffer) -> Self:
        """Return the facts of an offer and its person."""
        return cls(
            clinical_sessions=offer.clinical_sessions,
            has_licence=offer.has_licence,
            on_performers_list=offer.on_performers_list,
            qualified_year=offer.person.qualified_year,
        )


def eligibility(
    facts: MentorFacts, scheme: Scheme, *, as_at: dt.date | None = None
) -> list[RuleResult]:
    """Return one result for each rule that is switched on; an empty list lets everyone in.

    `as_at` (today) is the day up to which years since qualification are counted.
    """
    results = []
    if scheme.min_clinical_sessions is not None:
        results.append(_clinical_sessions(facts, scheme.min_clinical_sessions))
    if scheme.licence_required:
        results.append(_declared("Licence to practise", facts.has_licence, "a licence to practise"))
    if scheme.performers_list_required:
        results.append(
            _declared("Performers list", facts.on_performers_list, "a place on the performers list")
        )
    if scheme.min_years_qualified is not None:
        results.append(_years_qualified(facts, scheme.min_years_qualified, as_at or today()))
    return results


def is_eligible(facts: MentorFacts, scheme: Scheme, *, as_at: dt.date | None = None) -> bool:
    """Whether every rule is known to be met on a day (today)."""
    return all(result.met is Met.YES for result in eligibility(facts, scheme, as_at=as_at))


def _clinical_sessions(facts: MentorFacts, fewest: Decimal) -> RuleResult:
    met = facts.clinical_sessions >= fewest
    return RuleResult(
        "Clinical sessions",
        Met.YES if met else Met.NO,
        f"Clinical sessions a week in your offer: {facts.clinical_sessions.normalize():f}."
        f" This scheme asks for {fewest.normalize():f} or more.",
    )


def _declared(rule: str, has: bool, what: str) -> RuleResult:
    reason = (
        f"Your offer says that you have {what}."
        if has
        else (f"This scheme asks for {what}; your offer does not say that you have one.")
    )
    return RuleResult(rule, Met.YES if has else Met.NO, reason)


def _years_qualified(facts: MentorFacts, fewest: int, date: dt.date) -> RuleResult:
    rule = "Years since qualification"
    if facts.qualified_year is None:
        return RuleResult(
            rule,
            Met.NOT_KNOWN,
            f"This scheme asks for {fewest} years since qualification. Add your year of"
            " qualification on your page.",
        )
    # Only the year is recorded: whoever reaches the number in this year has it, to their good.
    years = date.year - facts.qualified_year
    return RuleResult(
        rule,
        Met.YES if years >= fewest else Met.NO,
        f"You qualified in {facts.qualified_year}; this scheme asks for {fewest} years"
        " since qualification.",
    )
